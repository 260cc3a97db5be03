"""Brings the files of an archive into the newsroom, batch by batch."""

import logging
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from itertools import batched
from pathlib import Path
from typing import cast

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from iom.publishing import gate, locking
from iom.translation.notifications import outbox
from iom.users.models import User
from newsroom.dates import day_of
from newsroom.importing import fingerprint, pairs, writer
from newsroom.importing.manifest import Manifest
from newsroom.importing.metadata import Metadata
from newsroom.importing.people import People
from newsroom.importing.readers import Refused
from newsroom.importing.remarks import is_under_embargo
from newsroom.importing.report import Line, Outcome
from newsroom.importing.sources import Archive, Source
from newsroom.models import ImportedText, NewsArticle, NewsIndex
from newsroom.release import PressRelease, Remark

logger = logging.getLogger(__name__)

BATCH = 50  # files in a transaction


class _Skipped(Exception):
    """Why a file is left as it is; `said`: what was read of it."""

    def __init__(self, why: str, said: Line | None = None) -> None:
        super().__init__(why)
        self.said = said


class Importer:
    """One run. Each batch is one transaction; a file that fails takes no other with it."""

    def __init__(
        self, paths: list[Path], manifest: Manifest, *, locale: str, publish: bool, dry_run: bool, user: User | None
    ) -> None:
        self._archive = Archive(paths, manifest.metadata, locale)
        self._paths = frozenset(paths)
        self._publishes = publish
        self._is_dry = dry_run
        self._user = user
        self._people = People(user)
        self._indexes = {code: writer.index_of(code) for code in dict(settings.LANGUAGES)}

    def outcomes(self) -> Iterator[Outcome]:
        """The outcome of each file, once it is in the database; originals before translations."""
        originals: list[int] = []
        translations: list[int] = []
        for place, path in enumerate(self._archive.paths):
            (translations if self._archive.metadata(path).translation_of else originals).append(place)
        for places in (*batched(originals, BATCH), *batched(translations, BATCH)):
            yield from self._batch(places)

    def _batch(self, places: tuple[int, ...]) -> list[Outcome]:
        if self._is_dry:
            return self._outcomes_of(places)
        with outbox.silence(), transaction.atomic():
            locking.lock_tree()  # one import after the other: the second finds what the first has written
            return self._outcomes_of(places)

    def _outcomes_of(self, places: tuple[int, ...]) -> list[Outcome]:
        paths = [str(self._archive.paths[place]) for place in places]
        found = ImportedText.objects.filter(file__in=paths).select_related("page")
        records = {str(record.file): record for record in found}
        return [self._outcome(place, path, records.get(path)) for place, path in zip(places, paths, strict=True)]

    def _outcome(self, place: int, file: str, record: ImportedText | None) -> Outcome:
        page = record.page_id if record else None
        try:
            with transaction.atomic():
                return self._import(place, self._archive.source(place), record)
        except _Skipped as reason:
            said = reason.said or (record.report if record else {})
            return Outcome(file, Outcome.SKIPPED, page, str(reason), said)
        except Refused as reason:
            return Outcome(file, Outcome.FAILED, page, str(reason))
        except OSError as error:
            return Outcome(file, Outcome.FAILED, page, error.strerror or str(error))
        except ValidationError as error:
            return Outcome(file, Outcome.FAILED, page, " ".join(error.messages))
        except Exception as error:  # the other files are imported all the same
            logger.exception("%s could not be imported", file)
            return Outcome(file, Outcome.FAILED, page, f"{type(error).__name__}: {error}")

    def _import(self, place: int, source: Source, record: ImportedText | None) -> Outcome:
        metadata = replace(source.metadata, digest=source.digest)
        record = record or self._same_text(metadata)
        original = self._original(metadata) if metadata.translation_of else None
        metadata = replace(metadata, original=original.digest) if original else metadata
        if record and record.page is None:
            raise _Skipped(_("The article has been deleted."))
        if record and record.digest == metadata.digest and record.metadata == metadata.as_json():
            return self._unchanged(metadata, record)
        if record and not self._is_untouched(record):
            raise _Skipped(_("The article has been edited since it was imported."))
        release = self._archive.release(place, source)
        if not release.blocks:
            raise Refused(
                _("No text was found below the title.") if release.title else _("The file contains no text.")
            )
        index = self._index(metadata.locale or release.locale)
        if record and _page(record).locale_id != index.locale_id:
            raise Refused(_("The text is not in the language of the article that was made from it."))
        if self._publishes:
            day = metadata.date or release.date
            if why := _kept_back(day, release.notes, is_translation=original is not None):
                raise _Skipped(why, self._rehearsed(release, index, metadata))
        outcome = Outcome(str(source.path), Outcome.UPDATED if record else Outcome.CREATED)
        if self._is_dry:
            outcome.page = record.page_id if record else None
            outcome.said = self._rehearsed(release, index, metadata)
            return outcome
        if original is None:
            article = writer.draft(release, index, self._user, metadata=metadata, people=self._people, record=record)
            record = article.imported_text
        else:
            record = pairs.translate(
                release,
                _page(original).specific,
                index,
                self._user,
                metadata=metadata,
                people=self._people,
                record=record,
            )
        outcome.page, outcome.said = record.page_id, record.report
        if self._publishes:
            outcome.notes += self._published(record)
        return outcome

    def _rehearsed(self, release: PressRelease, index: NewsIndex, metadata: Metadata) -> Line:
        """The line of the report if it were written."""
        writing = writer.Writing(release, index, metadata, self._people, rehearses=True)
        with transaction.atomic():
            article = NewsArticle(locale=index.locale)
            (writing.fill_words if metadata.translation_of else writing.fill)(article)
            transaction.set_rollback(True)
        return writing.line()

    def _unchanged(self, metadata: Metadata, record: ImportedText) -> Outcome:
        """The file is the same as before; its draft may still have to be published."""
        outcome = Outcome(str(metadata.file), Outcome.UNCHANGED, record.page_id, said=record.report)
        if record.file != metadata.file and not self._is_dry:  # it has been moved
            record.file = metadata.file
            record.save(update_fields=["file"])
        if not self._publishes or _page(record).live:
            return outcome
        moment = _page(record).specific.get_latest_revision_as_object().date
        if why := _kept_back(moment and day_of(moment), record.notes, is_translation=bool(metadata.translation_of)):
            raise _Skipped(why)
        if not self._is_untouched(record):
            raise _Skipped(_("The article has been edited since it was imported."))
        outcome.status = Outcome.UPDATED
        if not self._is_dry:
            outcome.notes += self._published(record)
        return outcome

    def _same_text(self, metadata: Metadata) -> ImportedText | None:
        """The record of the same bytes, of a file that had another name or that an editor chose."""
        record = ImportedText.objects.filter(digest=metadata.digest).select_related("page").first()
        if record is not None and record.file and Path(record.file).exists():
            raise _Skipped(_("The file contains the same text as %(file)s.") % {"file": record.file})
        return record

    def _original(self, metadata: Metadata) -> ImportedText:
        """The record of the text that this one translates."""
        record = ImportedText.objects.filter(file=metadata.translation_of).select_related("page").first()
        if record is not None and record.page is not None:
            return record
        reason = _("The original of this translation has not been imported.")
        if Path(metadata.translation_of) not in self._paths:
            raise Refused(reason)
        if not self._is_dry:
            raise _Skipped(reason)  # the line of the original says why
        return ImportedText()

    def _published(self, record: ImportedText) -> list[str]:
        """Publishes the page of the record; the reason where it could not be published."""
        try:
            with transaction.atomic():
                if "translation_of" in record.metadata:
                    reason = pairs.publish(record, self._user)
                else:
                    revision = _page(record).specific.latest_revision
                    revision.publish(user=self._user, skip_permission_checks=True)
                    reason = ""
        except (ValidationError, PermissionDenied) as refusal:
            reason = gate.words_of(refusal)
        return [_("Not published: %(reason)s") % {"reason": reason}] if reason else []

    def _is_untouched(self, record: ImportedText) -> bool:
        if "translation_of" in record.metadata:
            return pairs.is_untouched(record)
        return fingerprint.is_untouched(record, _page(record))

    def _index(self, language: str) -> NewsIndex:
        if not language:
            raise Refused(
                _("The language of the text could not be detected. Give it in the manifest or with --locale.")
            )
        index = self._indexes.get(language)
        if index is None:
            raise Refused(_("There is no newsroom in the language “%(code)s”.") % {"code": language})
        return index


def _kept_back(day: date | None, notes: Iterable[Remark], *, is_translation: bool) -> str:
    """Why the text is not to be published now; empty where it may be. A translation has its original's date."""
    if day is None and not is_translation:
        return _("Not published: neither the file nor the manifest gives a date.")
    if is_under_embargo(notes):
        return _("Not published: the text is under embargo.")
    return _("Not published: its date is in the future.") if day and day > day_of(timezone.now()) else ""


def _page(record: ImportedText) -> Page:
    """The page of a record; the caller has seen that it has one."""
    return cast(Page, record.page)
