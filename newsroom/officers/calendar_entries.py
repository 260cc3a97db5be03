"""The entries of the calendar: drafts at their planned time, scheduled articles and published articles."""

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
from newsroom.officers.originals import State, Status
from newsroom.officers.periods import start_of_day

DAY = timedelta(days=1)
MAX_ARTICLES = 2000  # dated articles of one period that are read

STATE_ICONS = {
    State.DRAFT: "draft",
    State.IN_REVIEW: "glasses",
    State.SCHEDULED: "time",
    State.PUBLISHED: "check",
    State.CHANGED: "edit",
    State.WITHDRAWN: "circle-xmark",
    State.UNPUBLISHED: "no-view",
}


@dataclass(frozen=True)
class CalendarEntry:
    """An article at the time of its publication, past or planned."""

    at: datetime
    article: Any
    status: Status

    @property
    def icon(self) -> str:
        return STATE_ICONS[self.status.state]

    @property
    def has_hour(self) -> bool:
        return self.status.state == State.SCHEDULED or not dates.is_day_only(self.at)


Moment = tuple[datetime, int, bool]  # time, key of the article, whether its publication is scheduled for this time


def _moments(articles: QuerySet[NewsArticle], begin: datetime, end: datetime) -> Iterable[Moment]:
    """Yields the moments between `begin` and `end`. A published article with scheduled changes has two."""
    times = originals.scheduled_times()
    due = {key: at for key, at in times.items() if at and begin <= at < end}
    if due:
        known = articles.filter(pk__in=due).order_by().values_list("pk", flat=True)
        yield from ((due[key], key, True) for key in known)
    dated = articles.filter(sort_date__gte=begin, sort_date__lt=end).order_by("sort_date", "page_ptr")
    for key, at, is_live in dated.values_list("pk", "sort_date", "live")[:MAX_ARTICLES]:
        if at and (is_live or not times.get(key)):
            yield at, key, False


def entries_by_day(
    articles: QuerySet[NewsArticle], days: list[date], limit: int
) -> dict[date, tuple[list[CalendarEntry], int]]:
    """Returns, for each of the `days` that has entries, the first `limit` of them and the number of the others.

    `articles` are those that the user may see.
    """
    found: dict[date, list[Moment]] = defaultdict(list)
    for moment in sorted(_moments(articles, start_of_day(days[0]), start_of_day(days[-1] + DAY))):
        found[timezone.localdate(moment[0])].append(moment)
    keys = {key for moments in found.values() for _at, key, _is_due in moments[:limit]}
    shown = {one.pk: one for one in originals.prefetch_for_listing(NewsArticle.objects.filter(pk__in=keys))}
    return {
        day: (
            [_entry(at, shown[key], is_due) for at, key, is_due in moments[:limit] if key in shown],
            max(0, len(moments) - limit),
        )
        for day, moments in found.items()
    }


def _entry(at: datetime, article: Any, is_due: bool) -> CalendarEntry:
    return CalendarEntry(at, article, Status(State.SCHEDULED, at) if is_due else originals.get_status(article, {}))
