"""Brings the files of an archive into the newsroom, batch by batch."""

import logging
from collections.abc import Iterator
from dataclasses import replace
from itertools import batched
from pathlib import Path
from typing import Any, cast

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page

from iom.publishing import locking
from iom.translation.notifications import outbox
from newsroom.importing import pairs, writer, written
from newsroom.importing.bulk import indexed_together
from newsroom.importing.facts import Facts
from newsroom.importing.manifest import Manifest
from newsroom.importing.outcome import Outcome
from newsroom.importing.people import People
from newsroom.importing.readers import Refused
from newsroom.importing.release import PressRelease
from newsroom.importing.texts import Archive, Text
from newsroom.models import ImportedText, NewsArticle, NewsIndex

logger = logging.getLogger("newsroom.importing")

BATCH = 50  # files in a transaction


class _Skipped(Exception):
    """Why a file is left as it is; `said`: what was read of it."""

    def __init__(self, why: str, said: dict[str, Any] | None = None) -> None:
        super().__init__(why)
        self.said = said


class Importer:
    """One run. Each batch is one transaction, and each file in it stands or falls by itself."""

    def __init__(
        self, paths: list[Path], manifest: Manifest, *, locale: str, publish: bool, dry_run: bool, user: Any = None
    ) -> None:
        self._archive = Archive(paths, manifest.facts, locale)
        self._paths = frozenset(paths)
        self._publishes = publish
        self._is_dry = dry_run
        self._user = user
        self._people = People()
        self._indexes: dict[str, NewsIndex | None] = {}

    def outcomes(self) -> Iterator[Outcome]:
        """Of each file, once it is in the database; originals before the translations of them."""
        originals: list[int] = []
        translations: list[int] = []
        for place, path in enumerate(self._archive.paths):
            (translations if self._archive.facts(path).translation_of else originals).append(place)
        for places in (*batched(originals, BATCH), *batched(translations, BATCH)):
            yield from self._batch(places)

    def _batch(self, places: tuple[int, ...]) -> list[Outcome]:
        if self._is_dry:
            return self._outcomes_of(places)
        with outbox.silence(), transaction.atomic(), indexed_together():
            locking.lock_tree()  # one import after the other: the second finds what the first has written
            return self._outcomes_of(places)

    def _outcomes_of(self, places: tuple[int, ...]) -> list[Outcome]:
        paths = [str(self._archive.paths[place]) for place in places]
        found = ImportedText.objects.filter(file__in=paths).select_related("page")
        records = {str(record.file): record for record in found}
        outcomes = []
        for place, path in zip(places, paths, strict=True):
            self._people.begin()
            outcomes.append(self._outcome(place, path, records.get(path)))
            if outcomes[-1].status in (Outcome.SKIPPED, Outcome.FAILED):
                self._people.take_back()
        return outcomes

    def _outcome(self, place: int, file: str, record: ImportedText | None) -> Outcome:
        page = record.page_id if record else None
        try:
            with transaction.atomic():
                return self._import(place, self._archive.text(place), record)
        except _Skipped as reason:
            said = reason.said or (record.report if record else {})
            return Outcome(file, Outcome.SKIPPED, page, str(reason), said)
        except (Refused, pairs.NotAPair) as reason:
            return Outcome(file, Outcome.FAILED, page, str(reason))
        except OSError as error:
            return Outcome(file, Outcome.FAILED, page, error.strerror or str(error))
        except ValidationError as error:
            return Outcome(file, Outcome.FAILED, page, " ".join(error.messages))
        except Exception as error:  # whatever is wrong with one file, the others go on
            logger.exception("%s could not be imported", file)
            return Outcome(file, Outcome.FAILED, page, f"{type(error).__name__}: {error}")

    def _import(self, place: int, text: Text, record: ImportedText | None) -> Outcome:
        facts = replace(text.facts, digest=text.digest)
        record = record or self._same_text(facts)
        original = self._original(facts) if facts.translation_of else None
        if record and record.page is None:
            raise _Skipped(_("The article has been deleted."))
        if record and record.digest == facts.digest and record.facts == _told(facts, original):
            return self._unchanged(facts, record)
        if record and not self._is_untouched(record):
            raise _Skipped(_("The article has been edited since it was imported."))
        release = self._archive.release(place, text)
        if not release.title and not release.blocks:
            raise Refused(_("The file holds no text."))
        index = self._index(facts.locale or release.locale)
        if record and _page(record).locale_id != index.locale_id:
            raise Refused(_("The text is in another language than the article that was made of it."))
        if self._publishes and original is None and not (facts.date or release.date):
            raise _Skipped(_undated(), self._rehearsed(release, index, facts))
        outcome = Outcome(str(text.path), Outcome.UPDATED if record else Outcome.CREATED)
        if self._is_dry:
            outcome.page = record.page_id if record else None
            outcome.said = self._rehearsed(release, index, facts)
            return outcome
        if original is None:
            article = writer.draft(release, index, self._user, facts=facts, people=self._people, record=record)
            record = article.imported_text
        else:
            record = self._translation(release, index, facts, original, record)
        outcome.page, outcome.said = record.page_id, record.report
        if self._publishes:
            outcome.notes += self._published(record)
        return outcome

    def _rehearsed(self, release: PressRelease, index: NewsIndex, facts: Facts) -> dict[str, Any]:
        """What would be said of it, were it written; the contacts that it would make are taken back."""
        writing = writer.Writing(release, index, facts, self._people, rehearses=True)
        with transaction.atomic():
            article = NewsArticle(locale=index.locale)
            (writing.fill_words if facts.translation_of else writing.fill)(article)
            transaction.set_rollback(True)
        self._people.take_back()
        return writing.line()

    def _unchanged(self, facts: Facts, record: ImportedText) -> Outcome:
        """The file says what it said before; a draft may still be to publish."""
        outcome = Outcome(str(facts.file), Outcome.UNCHANGED, record.page_id, said=record.report)
        if record.file != facts.file and not self._is_dry:  # it has been moved
            record.file = facts.file
            record.save(update_fields=["file"])
        if not self._publishes or _page(record).live:
            return outcome
        if not facts.translation_of and _page(record).specific.get_latest_revision_as_object().date is None:
            raise _Skipped(_undated())
        if not self._is_untouched(record):
            raise _Skipped(_("The article has been edited since it was imported."))
        outcome.status = Outcome.UPDATED
        if not self._is_dry:
            outcome.notes += self._published(record)
        return outcome

    def _same_text(self, facts: Facts) -> ImportedText | None:
        """The record of the same bytes under another name that the file had before, or that an editor had chosen."""
        record = ImportedText.objects.filter(digest=facts.digest).select_related("page").first()
        if record is not None and record.file and Path(record.file).exists():
            raise _Skipped(_("It holds the same text as %(file)s.") % {"file": record.file})
        return record

    def _original(self, facts: Facts) -> ImportedText:
        """The record of the text that this one translates."""
        record = ImportedText.objects.filter(file=facts.translation_of).select_related("page").first()
        if record is not None and record.page is not None:
            return record
        reason = _("The text that it translates has not been imported.")
        if Path(facts.translation_of) not in self._paths:
            raise pairs.NotAPair(reason)
        if not self._is_dry:
            raise _Skipped(reason)  # the original's own line says why
        return ImportedText()

    def _translation(
        self,
        release: PressRelease,
        index: NewsIndex,
        facts: Facts,
        original: ImportedText,
        record: ImportedText | None,
    ) -> ImportedText:
        page = _page(original).specific
        record = pairs.translate(release, page, index, self._user, facts=facts, people=self._people, record=record)
        record.facts = _told(facts, original)
        record.save(update_fields=["facts"])
        return record

    def _published(self, record: ImportedText) -> list[str]:
        """Publishes what the record speaks of; why it could not be, where it could not."""
        try:
            with transaction.atomic():
                if "translation_of" in record.facts:
                    reason = pairs.publish(record, self._user)
                else:
                    revision = _page(record).specific.latest_revision
                    revision.publish(user=self._user, skip_permission_checks=True)
                    reason = ""
        except (ValidationError, PermissionDenied) as refusal:
            reason = " ".join(getattr(refusal, "messages", [str(refusal)]))
        return [_("It is not published: %(reason)s") % {"reason": reason}] if reason else []

    def _is_untouched(self, record: ImportedText) -> bool:
        if "translation_of" in record.facts:
            return pairs.is_untouched(record)
        return written.is_untouched(record, _page(record))

    def _index(self, language: str) -> NewsIndex:
        if not language:
            raise Refused(_("The language cannot be told by so few words. Say it in the manifest, or by --locale."))
        if language not in self._indexes:
            self._indexes[language] = writer.index_of(language)
        index = self._indexes[language]
        if index is None:
            raise Refused(_("There is no newsroom in the language “%(code)s”.") % {"code": language})
        return index


def _told(facts: Facts, original: ImportedText | None) -> dict[str, Any]:
    """What, if it is the same again, makes the same page: a translation hangs on its original's text, too."""
    return facts.as_json() | ({"original": original.digest} if original else {})


def _page(record: ImportedText) -> Page:
    """The page of a record that the caller has seen to have one."""
    return cast(Page, record.page)


def _undated() -> str:
    return _("It is not published: neither the file nor the manifest gives its date.")
