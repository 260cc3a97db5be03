"""What all formats share on the way in: whose file it is, and which of its passages may stand."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import parse_qs
from uuid import UUID

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext
from wagtail_localize.models import Translation

from iom.core.files import Unusable
from iom.publishing.locking import atomic
from iom.translation.content import markup, segments
from iom.translation.content.segments import Segment, fingerprint
from iom.translation.exchange import codes
from iom.translation.exchange.report import Outcome
from iom.translation.models import TranslationState
from iom.translation.workflow import writing

LARGEST = 2 * 1024 * 1024  # bytes; the longest page of the site makes a file of some 60 KB
URN = "urn:uuid:"


@dataclass(frozen=True)
class Entry:
    """A passage of a file. `name` is a fingerprint of place and original, or both of them as an editor of PO files
    shows them. `target` is what a translator would type, or words and inline codes."""

    name: str | tuple[str, str]
    source: str
    target: str | Sequence[codes.Piece]
    is_finished: bool


@dataclass(frozen=True)
class Sheet:
    """A file of any format, read: which translation it belongs to, and its passages that have a translation."""

    identity: UUID
    language: str  # empty where the file does not say
    exported_at: datetime | None
    entries: tuple[Entry, ...]


def name_of(segment: Segment) -> str:
    """What names a passage in a file: the same in each copy of the database, another one when the original changes."""
    return fingerprint(segment.path, segment.source)


def identity(said: str) -> tuple[UUID, datetime | None]:
    """What `Document.identity` has said. Raises Unusable where a file was not made here."""
    name, _mark, rest = said.strip().removeprefix(URN).partition("?")
    try:
        moment = parse_datetime(parse_qs(rest).get("exported", [""])[0])
        return UUID(name), moment if moment and moment.tzinfo else None
    except ValueError as error:
        message = gettext("The file does not name its translation. Use a file downloaded from this site.")
        raise Unusable(message) from error


def check_language(sheet: Sheet, translation: Translation) -> None:
    """Raises Unusable where the file is in another language."""
    found, expected = sheet.language.replace("_", "-").lower(), translation.target_locale.language_code.lower()
    if found and found.partition("-")[0] != expected.partition("-")[0]:
        text = gettext("The file is in another language (%(found)s instead of %(expected)s). Choose another file.")
        raise Unusable(text % {"found": found, "expected": expected})


@atomic
def import_sheet(state: TranslationState, sheet: Sheet, user: object) -> Outcome:
    """Writes the translations of the file that may stand as they are, as if they had been typed into the editor."""
    outcome = Outcome()
    state.lock()
    known = dict(_by_name(segments.of_translation(state.translation)))
    written: dict[Segment, str] = {}
    for entry in _once(sheet.entries, outcome):
        segment = known.get(entry.name)
        if segment is None:
            outcome.unknown += 1
            continue
        if not entry.is_finished:
            outcome.unfinished += 1
            continue
        place = segment.place
        try:
            typed = codes.typed(entry.target, markup.to_text(segment.source, place), is_rich=place.is_rich)
        except codes.Unknown as error:
            outcome.refused.append((entry.source, str(error)))
            continue
        text = markup.tidied(typed, place)
        if problem := markup.problem(segment.source, text, place):
            outcome.refused.append((entry.source, problem))
        elif not segment.is_missing and markup.to_data(text, place) == segment.target:
            outcome.unchanged += 1
        elif _is_newer(segment, sheet.exported_at, user):
            outcome.newer += 1
        else:
            written[segment] = text
    outcome.imported = len(written)
    writing.write_all(state, written, user)
    return outcome


def _once(entries: Iterable[Entry], outcome: Outcome) -> Iterator[Entry]:
    """Each passage once. One that the file translates in two ways is refused: nobody knows which is meant."""
    met: dict[str | tuple[str, str], list[Entry]] = {}
    for entry in entries:
        met.setdefault(entry.name, []).append(entry)
    for same in met.values():
        if all((entry.target, entry.is_finished) == (same[0].target, same[0].is_finished) for entry in same):
            yield same[0]
        else:
            problem = gettext("The file has several translations of this passage. Keep one of them.")
            outcome.refused.append((same[0].source, problem))


def _is_newer(segment: Segment, exported: datetime | None, user: object) -> bool:
    by_another = bool(segment.written) and segment.by != getattr(user, "pk", None)
    return bool(by_another and exported and segment.at and segment.at > exported)


def _by_name(rows: Iterable[Segment]) -> Iterator[tuple[str | tuple[str, str], Segment]]:
    """Each passage by what an entry may name it with; the original's words as `po` or localize writes them."""
    for segment in rows:
        yield name_of(segment), segment
        yield (segment.path, segment.source), segment
        yield (segment.path, markup.to_text(segment.source, segment.place)), segment
