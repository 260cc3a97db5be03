"""What stands in the calendar: drafts at the time that they were given, what is scheduled, and what is published."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from newsroom import dates
from newsroom.models import NewsArticle
from newsroom.officers import originals
from newsroom.officers.originals import Stand, State
from newsroom.officers.periods import beginning

DAY = timedelta(days=1)
MOST = 2000  # articles of a period that are counted by day

ICONS = {
    State.DRAFT: "draft",
    State.IN_REVIEW: "glasses",
    State.SCHEDULED: "time",
    State.PUBLISHED: "check",
    State.CHANGED: "edit",
    State.WITHDRAWN: "circle-xmark",
    State.UNPUBLISHED: "no-view",
}


@dataclass(frozen=True)
class Entry:
    """An article at its time."""

    at: datetime
    article: Any
    stand: Stand

    @property
    def icon(self) -> str:
        return ICONS[self.stand.state]

    @property
    def has_hour(self) -> bool:
        return self.stand.state == State.SCHEDULED or not dates.is_day_only(self.at)


Moment = tuple[datetime, int, bool]  # when, the article, whether it is to be published then


def _moments(articles: QuerySet[NewsArticle], begin: datetime, end: datetime) -> Iterable[Moment]:
    """A published article whose changes are scheduled stands at both times."""
    times = originals.scheduled()
    due = {key: at for key, at in times.items() if at and begin <= at < end}
    if due:
        known = articles.filter(pk__in=due).order_by().values_list("pk", flat=True)
        yield from ((due[key], key, True) for key in known)
    dated = articles.filter(sort_date__gte=begin, sort_date__lt=end).order_by("sort_date", "page_ptr")
    for key, at, is_live in dated.values_list("pk", "sort_date", "live")[:MOST]:
        if at and (is_live or not times.get(key)):
            yield at, key, False


def by_day(articles: QuerySet[NewsArticle], days: list[date], most: int) -> dict[date, tuple[list[Entry], int]]:
    """Of the `days`, those with something: each with `most` of its entries, and how many more there are.

    `articles`: those that the user knows.
    """
    found: dict[date, list[Moment]] = defaultdict(list)
    for moment in sorted(_moments(articles, beginning(days[0]), beginning(days[-1] + DAY))):
        found[timezone.localdate(moment[0])].append(moment)
    keys = {key for moments in found.values() for _at, key, _is_due in moments[:most]}
    shown = {one.pk: one for one in originals.for_rows(NewsArticle.objects.filter(pk__in=keys))}
    return {
        day: (
            [_entry(at, shown[key], is_due) for at, key, is_due in moments[:most] if key in shown],
            max(0, len(moments) - most),
        )
        for day, moments in found.items()
    }


def _entry(at: datetime, article: Any, is_due: bool) -> Entry:
    return Entry(at, article, Stand(State.SCHEDULED, at) if is_due else originals.stand(article, {}))
