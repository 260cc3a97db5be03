"""Imports the files of an archive into the newsroom, in batches."""

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
from newsroom.importing import fingerprint, translations, writer
from newsroom.importing.contact_matching import ContactMatcher
from newsroom.importing.manifest import Manifest
from newsroom.importing.metadata import Metadata
from newsroom.importing.readers import Refused
from newsroom.importing.remarks import is_under_embargo
from newsroom.importing.report import Outcome, ReportLine
from newsroom.importing.sources import Archive, Source
from newsroom.models import ImportedText, NewsArticle, NewsIndex
from newsroom.release import PressRelease, Remark

logger = logging.getLogger(__name__)

BATCH_SIZE = 50  # files in a transaction


class _Skipped(Exception):
    """The file is skipped. The message gives the reason; `content` is the line of the parsed release."""

    def __init__(self, why: str, content: ReportLine | None = None) -> None:
        super().__init__(why)
        self.content = content


class Importer:
    """One run of the import. Each batch is a transaction, and each file in it a savepoint."""

    def __init__(
        self, paths: list[Path], manifest: Manifest, *, locale: str, publish: bool, dry_run: bool, user: User | None
    ) -> None:
        self._archive = Archive(paths, manifest.metadata, locale)
        self._paths = frozenset(paths)
        self._should_publish = publish
        self._is_dry_run = dry_run
        self._user = user
        self._matcher = ContactMatcher(user)
        self._indexes = {code: writer.get_news_index(code) for code in dict(settings.LANGUAGES)}

    def outcomes(self) -> Iterator[Outcome]:
        """Imports all files, originals before translations. Yields their outcomes after each batch is committed."""
        originals: list[int] = []
        translated: list[int] = []
        for position, path in enumerate(self._archive.paths):
            (translated if self._archive.metadata(path).translation_of else originals).append(position)
        for positions in (*batched(originals, BATCH_SIZE), *batched(translated, BATCH_SIZE)):
            yield from self._import_batch(positions)

    def _import_batch(self, positions: tuple[int, ...]) -> list[Outcome]:
        if self._is_dry_run:
            return self._import_files(positions)
        with outbox.silence(), transaction.atomic():
            locking.lock_tree()  # serializes imports, so that a second one sees what the first has written
            return self._import_files(positions)

    def _import_files(self, positions: tuple[int, ...]) -> list[Outcome]:
        paths = [str(self._archive.paths[position]) for position in positions]
        found = ImportedText.objects.filter(file__in=paths).select_related("page")
        records = {str(record.file): record for record in found}
        return [
            self._import_file(position, path, records.get(path))
            for position, path in zip(positions, paths, strict=True)
        ]

    def _import_file(self, position: int, file: str, record: ImportedText | None) -> Outcome:
        page = record.page_id if record else None
        try:
            with transaction.atomic():
                return self._import_source(position, self._archive.source(position), record)
        except _Skipped as reason:
            content = reason.content or (record.report if record else {})
            return Outcome(file, Outcome.SKIPPED, page, str(reason), content)
        except Refused as reason:
            return Outcome(file, Outcome.FAILED, page, str(reason))
        except OSError as error:
            return Outcome(file, Outcome.FAILED, page, error.strerror or str(error))
        except ValidationError as error:
            return Outcome(file, Outcome.FAILED, page, " ".join(error.messages))
        except Exception as error:  # the other files are still imported
            logger.exception("%s could not be imported", file)
            return Outcome(file, Outcome.FAILED, page, f"{type(error).__name__}: {error}")

    def _import_source(self, position: int, source: Source, record: ImportedText | None) -> Outcome:
        """Creates or updates the article of a file. Raises _Skipped, or Refused for an invalid file."""
        metadata = replace(source.metadata, digest=source.digest)
        record = record or self._find_same_text(metadata)
        original = self._get_original(metadata) if metadata.translation_of else None
        metadata = replace(metadata, original=original.digest) if original else metadata
        if record and record.page is None:
            raise _Skipped(_("The article has been deleted."))
        if record and record.digest == metadata.digest and record.metadata == metadata.as_json():
            return self._handle_unchanged(metadata, record)
        if record and not self._is_untouched(record):
            raise _Skipped(_("The article has been edited since it was imported."))
        release = self._archive.release(position, source)
        index = self._get_index_for(release, metadata, record)
        if self._should_publish:
            day = metadata.date or release.date
            if why := _why_not_published(day, release.notes, is_translation=original is not None):
                raise _Skipped(why, self._preview(release, index, metadata))
        outcome = Outcome(str(source.path), Outcome.UPDATED if record else Outcome.CREATED)
        if self._is_dry_run:
            outcome.page = record.page_id if record else None
            outcome.content = self._preview(release, index, metadata)
            return outcome
        writing = writer.ArticleWriter(release, index, metadata, self._matcher)
        if original is None:
            record = writer.write(writing, self._user, record).imported_text
        else:
            record = translations.import_translation(writing, _page(original).specific, self._user, record)
        outcome.page, outcome.content = record.page_id, record.report
        if self._should_publish:
            outcome.notes += self._publish_page(record)
        return outcome

    def _preview(self, release: PressRelease, index: NewsIndex, metadata: Metadata) -> ReportLine:
        """Returns the report's line of the release without writing an article."""
        writing = writer.ArticleWriter(release, index, metadata, self._matcher, is_dry_run=True)
        with transaction.atomic():
            article = NewsArticle(locale=index.locale)
            (writing.fill_translated_fields if metadata.translation_of else writing.fill_article)(article)
            transaction.set_rollback(True)
        return writing.report_line()

    def _handle_unchanged(self, metadata: Metadata, record: ImportedText) -> Outcome:
        """Returns the outcome of a file that has not changed. Publishes its draft if the run publishes."""
        outcome = Outcome(str(metadata.file), Outcome.UNCHANGED, record.page_id, content=record.report)
        if record.file != metadata.file and not self._is_dry_run:  # the file has been moved
            record.file = metadata.file
            record.save(update_fields=["file"])
        if not self._should_publish or _page(record).live:
            return outcome
        moment = _page(record).specific.get_latest_revision_as_object().date
        if why := _why_not_published(
            moment and day_of(moment), record.notes, is_translation=bool(metadata.translation_of)
        ):
            raise _Skipped(why)
        if not self._is_untouched(record):
            raise _Skipped(_("The article has been edited since it was imported."))
        outcome.status = Outcome.UPDATED
        if not self._is_dry_run:
            outcome.notes += self._publish_page(record)
        return outcome

    def _find_same_text(self, metadata: Metadata) -> ImportedText | None:
        """Returns the record with the same bytes, of a file that was moved or a text imported in the admin.

        Raises _Skipped where that other file still exists.
        """
        record = ImportedText.objects.filter(digest=metadata.digest).select_related("page").first()
        if record is not None and record.file and Path(record.file).exists():
            raise _Skipped(_("The file contains the same text as %(file)s.") % {"file": record.file})
        return record

    def _get_original(self, metadata: Metadata) -> ImportedText:
        """Returns the record of the original. Raises Refused or _Skipped where there is none.

        In a dry run, the record is empty if the original is among the files of the run.
        """
        record = ImportedText.objects.filter(file=metadata.translation_of).select_related("page").first()
        if record is not None and record.page is not None:
            return record
        reason = _("The original of this translation has not been imported.")
        if Path(metadata.translation_of) not in self._paths:
            raise Refused(reason)
        if not self._is_dry_run:
            raise _Skipped(reason)  # the original's line gives the cause
        return ImportedText()

    def _publish_page(self, record: ImportedText) -> list[str]:
        """Publishes the page of the record. Returns a note with the reason where publication is refused."""
        try:
            with transaction.atomic():
                if "translation_of" in record.metadata:
                    reason = translations.publish(record, self._user)
                else:
                    revision = _page(record).specific.latest_revision
                    revision.publish(user=self._user, skip_permission_checks=True)
                    reason = ""
        except (ValidationError, PermissionDenied) as refusal:
            reason = gate.refusal_text(refusal)
        return [_("Not published: %(reason)s") % {"reason": reason}] if reason else []

    def _is_untouched(self, record: ImportedText) -> bool:
        if "translation_of" in record.metadata:
            return translations.is_untouched(record)
        return fingerprint.is_untouched(record, _page(record))

    def _get_index_for(self, release: PressRelease, metadata: Metadata, record: ImportedText | None) -> NewsIndex:
        """Returns the newsroom in the language of the text. Raises Refused for a text that has no place in one."""
        if not release.blocks:
            raise Refused(
                _("No text was found below the title.") if release.title else _("The file contains no text.")
            )
        language = metadata.locale or release.locale
        if not language:
            raise Refused(
                _("The language of the text could not be detected. Give it in the manifest or with --locale.")
            )
        index = self._indexes.get(language)
        if index is None:
            raise Refused(_("There is no newsroom in the language “%(code)s”.") % {"code": language})
        if record and _page(record).locale_id != index.locale_id:
            raise Refused(_("The text is not in the language of the article that was made from it."))
        return index


def _why_not_published(day: date | None, notes: Iterable[Remark], *, is_translation: bool) -> str:
    """Returns why the text must not be published now, or an empty string. A translation has its original's date."""
    if day is None and not is_translation:
        return _("Not published: neither the file nor the manifest gives a date.")
    if is_under_embargo(notes):
        return _("Not published: the text is under embargo.")
    return _("Not published: its date is in the future.") if day and day > day_of(timezone.now()) else ""


def _page(record: ImportedText) -> Page:
    """Returns the page of a record. The caller has checked that there is one."""
    return cast(Page, record.page)
