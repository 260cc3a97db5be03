"""Queries the reads of texts. The number of queries does not depend on the number of texts or reads."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import reduce
from operator import or_
from uuid import UUID

from django.conf import settings
from django.db.models import Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from iom.reads.models import PageReads

DAYS = 30  # of a plot, including today
WEEK = 7  # days of the ranking, including today
MAX_PAGES = 100  # the most read pages of each day that the ranking compares


def is_counted() -> bool:
    return settings.COUNT_READS != "off"


@dataclass
class Reads:
    """The reads of a text, in all languages and in each. `days`: by day, without days that have no reads."""

    total: int = 0
    by_language: dict[str, int] = field(default_factory=dict)
    days: dict[date, int] = field(default_factory=lambda: defaultdict(int))
    days_by_language: dict[str, dict[date, int]] = field(default_factory=lambda: defaultdict(dict))


def last_days(days: int = DAYS) -> list[date]:
    """Returns the last days, including today, the earliest first."""
    today = timezone.localdate()
    return [today - timedelta(days=ago) for ago in reversed(range(days))]


def reads_by_text(keys: Collection[UUID], days: int = DAYS) -> dict[UUID, Reads]:
    """Returns the reads of the texts with these translation keys, including texts without reads. Two queries."""
    found = {key: Reads() for key in keys}
    if not found:
        return found
    rows = PageReads.objects.filter(page__translation_key__in=keys).order_by()
    columns = ("page__translation_key", "page__locale__language_code")
    for key, language, number in rows.values_list(*columns).annotate(Sum("number")):
        found[key].total += number
        found[key].by_language[language] = number
    for key, language, day, number in rows.filter(day__gte=last_days(days)[0]).values_list(*columns, "day", "number"):
        found[key].days[day] += number
        found[key].days_by_language[language][day] = number
    return found


def _most_read_on(day: date) -> Q:
    """Returns the condition for the most read pages of a day: at least the number of the last of them, by an index."""
    numbers = PageReads.objects.filter(day=day).order_by("-number").values("number")
    return Q(day=day, number__gte=Coalesce(Subquery(numbers[MAX_PAGES - 1 : MAX_PAGES]), 0))


def most_read() -> dict[UUID, int]:
    """Returns the most read texts of the last week: reads by translation key, the most read first.

    To bound the cost, only pages that were among the most read on one of the days are summed.
    """
    days = last_days(WEEK)
    pages = PageReads.objects.filter(reduce(or_, map(_most_read_on, days)))
    week = PageReads.objects.filter(day__gte=days[0], page__in=pages.order_by().values("page"))
    sums = week.values_list("page__translation_key").annotate(reads=Sum("number"))
    return dict(sums.order_by("-reads", "page__translation_key")[:MAX_PAGES])
