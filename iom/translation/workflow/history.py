"""The published versions of a translation, passage by passage, compared with the present one."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from wagtail_localize.strings import StringValue

from iom.publishing.locking import atomic
from iom.translation.content import markup, segments
from iom.translation.content.comparison import Pieces, marked
from iom.translation.content.matching import closest
from iom.translation.content.places import Place, Places
from iom.translation.content.segments import Segment
from iom.translation.models import TranslationState, TranslationVersion
from iom.translation.workflow import log, writing


class NoLongerThere(Exception):
    """The original no longer has the passage, nor another in its place."""


@dataclass
class WouldReplace(Exception):
    """The segment has another translation today, which the user has not agreed to replace.

    `present` and `past` as they would be typed; `seen` is to be given with the answer.
    """

    present: str
    past: str
    seen: str


@dataclass(frozen=True)
class Passage:
    """A passage of a past version. `now` is the segment that has it, or its place, today; None where it is gone."""

    number: int
    place: Place | None
    source: str
    target: str
    by: str
    at: datetime | None
    now: Segment | None
    source_changes: Pieces
    target_changes: Pieces

    @property
    def can_be_used(self) -> bool:
        return self.now is not None and bool(self.target) and (not self.now.target or bool(self.target_changes))


def published(state: TranslationState) -> QuerySet[TranslationVersion]:
    """The published versions, the newest first."""
    return state.translation.versions.filter(published_at__isnull=False).select_related("published_by", "revised_by")


def passages(state: TranslationState, version: TranslationVersion) -> list[Passage]:
    """A version in the order of its text, each passage beside what is there today."""
    today = segments.of_translation(state.translation)
    places = Places(state.page.specific_class)
    people = log.names(row["by"] for row in version.segments)
    found = []
    for number, row in enumerate(version.segments):
        now = closest(row["path"], row["source"], today)
        place = places.at(now.field_path) if now else None
        target = row["target"] or ""
        found.append(
            Passage(
                number=number,
                place=place,
                source=_shown(row["source"], place),
                target=_shown(target, place),
                by=people.get(row["by"], ""),
                at=datetime.fromisoformat(row["at"]) if row["at"] else None,
                now=now,
                source_changes=_changes(row["source"], now.source if now else None),
                target_changes=_changes(target, now.target if now else None),
            )
        )
    return found


def _shown(data: str, place: Place | None) -> str:
    """Where the passage is gone, only its words are left."""
    return markup.to_html(data, place) if place else StringValue(data).render_text()


def _changes(before: str, after: str | None) -> Pieces:
    return marked(before, after) if after and after != before else []


@atomic
def use(
    state: TranslationState, version: TranslationVersion, number: int, user: Any, replacing: str = ""
) -> tuple[Segment, str]:
    """Writes the past translation of a passage into the segment that has its place today.

    That segment, and what is wrong with the words there (as `writing.write`). Raises NoLongerThere; and WouldReplace
    where other words stand there than those that `replacing` tells (`WouldReplace.seen`).
    """
    state.lock()
    found = version.segments
    row = found[number] if number < len(found) else None
    now = closest(row["path"], row["source"], segments.of_translation(state.translation)) if row else None
    if row is None or now is None or not row["target"]:
        raise NoLongerThere
    place = Places(state.page.specific_class).at(now.field_path)
    past, present = markup.to_text(row["target"], place), markup.stored_text(now, place)
    if present not in ("", past) and replacing != markup.seen(present):
        raise WouldReplace(present, past, markup.seen(present))
    return now, writing.write(state, now, past, user)
