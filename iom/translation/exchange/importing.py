"""Imports parsed files of all formats: identifies the translation, and decides which passages are imported."""

import html
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import parse_qs
from uuid import UUID

from django.core.exceptions import FieldDoesNotExist
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext
from wagtail_localize.models import Translation, TranslationContext

from iom.core.files import UnusableFile
from iom.core.inline_markup import to_editor
from iom.publishing.locking import atomic
from iom.translation.content import earlier_translations, markup, segments
from iom.translation.content.places import Places
from iom.translation.content.segments import Segment, fingerprint
from iom.translation.content.text import normalized_words
from iom.translation.exchange import inline_codes
from iom.translation.exchange.report import Outcome
from iom.translation.models import TranslationState
from iom.translation.workflow import writing

MAX_FILE_SIZE = 2 * 1024 * 1024  # bytes; the file of the longest page of the site has about 60 KB
URN = "urn:uuid:"


@dataclass(frozen=True)
class Entry:
    """A passage of a file. `name`: its `unit_id`, or path and original as PO files contain them.

    `source`: the words of the original; `original` and `target`: the original and its translation, as a translator
    would type them, or as words and inline codes; `path`: the path of the segment.
    """

    name: str | tuple[str, str]
    source: str
    target: str | Sequence[inline_codes.Piece]
    is_finished: bool
    path: str
    original: str | Sequence[inline_codes.Piece]


@dataclass(frozen=True)
class ParsedTranslation:
    """The content of a file of any format: the translation that it belongs to, and its translated passages."""

    identity: UUID
    language: str  # empty if the file does not contain it
    exported_at: datetime | None
    entries: tuple[Entry, ...]


def unit_id(segment: Segment) -> str:
    """Returns the name of a passage in files. It is the same in copies of the database, and changes with the text."""
    return fingerprint(segment.path, segment.source)


def parse_identity(urn: str) -> tuple[UUID, datetime | None]:
    """Parses `Document.identity` into the translation's UUID and the time of the export. Raises UnusableFile."""
    name, _mark, rest = urn.strip().removeprefix(URN).partition("?")
    try:
        return UUID(name), parse_export_time(parse_qs(rest).get("exported", [""])[0])
    except ValueError as error:
        message = gettext("The file does not name its translation. Use a file downloaded from this site.")
        raise UnusableFile(message) from error


def parse_export_time(text: str) -> datetime | None:
    """Returns the time of an export; None if it is missing, impossible or without a time zone."""
    try:
        moment = parse_datetime(text)
    except ValueError:  # such as 30 February
        return None
    return moment if moment and moment.tzinfo else None


def check_language(parsed: ParsedTranslation, translation: Translation) -> None:
    """Raises UnusableFile if the file is in another language."""
    found, expected = parsed.language.replace("_", "-").lower(), translation.target_locale.language_code.lower()
    if found and found.partition("-")[0] != expected.partition("-")[0]:
        text = gettext("The file is in another language (%(found)s instead of %(expected)s). Choose another file.")
        raise UnusableFile(text % {"found": found, "expected": expected})


@atomic
def import_translation(state: TranslationState, parsed: ParsedTranslation, user: object) -> Outcome:
    """Writes the valid translations of a file, as if the user had typed them into the editor."""
    outcome = Outcome()
    state.lock()
    by_name = dict(_segments_by_name(segments.load_text(state.translation)))
    written: dict[Segment, str] = {}
    for entry in _unique_entries(parsed.entries, outcome):
        segment = by_name.get(entry.name)
        if segment is None:
            is_former = entry.is_finished and _store_former(state, by_name, entry, user)
            outcome.former += is_former
            outcome.unknown += not is_former
            continue
        if not entry.is_finished:
            outcome.unfinished += 1
            continue
        if _has_other_original(entry, segment):
            problem = gettext(
                "The file has another original here: its program has joined or split passages. Translate this passage "
                "in the editor."
            )
            outcome.refused.append((entry.source, problem))
            continue
        place = segment.place
        try:
            typed = inline_codes.from_pieces(
                entry.target, markup.to_text(segment.source, place), is_rich=place.is_rich
            )
        except inline_codes.UnknownCode as error:
            outcome.refused.append((entry.source, str(error)))
            continue
        text = markup.normalize(typed, place)
        if problem := markup.find_problem(segment.source, text, place):
            outcome.refused.append((entry.source, problem))
        elif not segment.is_missing and markup.to_data(text, place) == segment.target:
            outcome.unchanged += 1
        elif _is_newer(segment, parsed.exported_at, user):
            outcome.newer += 1
        else:
            written[segment] = text
    outcome.imported = len(written)
    writing.write_all(state, written, user)
    return outcome


def _unique_entries(entries: Iterable[Entry], outcome: Outcome) -> Iterator[Entry]:
    """Yields each passage once. A passage with different translations in the file is refused as ambiguous."""
    by_name: dict[str | tuple[str, str], list[Entry]] = {}
    for entry in entries:
        by_name.setdefault(entry.name, []).append(entry)
    for same in by_name.values():
        if all((entry.target, entry.is_finished) == (same[0].target, same[0].is_finished) for entry in same):
            yield same[0]
        else:
            problem = gettext("The file has several translations of this passage. Keep one of them.")
            outcome.refused.append((same[0].source, problem))


def _has_other_original(entry: Entry, segment: Segment) -> bool:
    """Returns whether an XLIFF file has other words as the original of a passage; spaces and codes may differ."""
    if not isinstance(entry.name, str):
        return False  # a PO file names a passage by its original
    theirs, ours = normalized_words(html.escape(entry.source)), normalized_words(to_editor(segment.source))
    return bool(theirs.strip()) and theirs.replace(" ", "") != ours.replace(" ", "")


def _store_former(state: TranslationState, present: Container[object], entry: Entry, user: object) -> bool:
    """Stores the translation of a text that the original no longer has: the editor offers it at a similar passage.

    `present` has the names of the segments that the original has. Returns whether the translation is stored now.
    """
    context = TranslationContext.objects.filter(object=state.original.translation_key, path=entry.path).first()
    if context is None:
        return False
    try:
        place = Places(state.page.specific_class).at(context.field_path)
        original = inline_codes.original_text(entry.original, is_rich=place.is_rich)
        typed = inline_codes.from_pieces(entry.target, original, is_rich=place.is_rich)
    except (inline_codes.UnknownCode, LookupError, FieldDoesNotExist):  # pages may have lost the block or field
        return False
    source, text = markup.to_data(original, place), markup.normalize(typed, place)
    if (entry.path, source) in present or markup.find_problem(source, text, place):
        return False
    return earlier_translations.store(state.translation, context, source, markup.to_data(text, place), user)


def _is_newer(segment: Segment, exported: datetime | None, user: object) -> bool:
    by_another = bool(segment.written) and segment.by != getattr(user, "pk", None)
    return bool(by_another and exported and segment.at and segment.at > exported)


def _segments_by_name(rows: Iterable[Segment]) -> Iterator[tuple[str | tuple[str, str], Segment]]:
    """Yields each segment with every name that an entry may have, with the original as `po` or localize writes it."""
    for segment in rows:
        yield unit_id(segment), segment
        yield (segment.path, segment.source), segment
        yield (segment.path, markup.to_text(segment.source, segment.place)), segment
