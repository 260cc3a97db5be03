"""What is known of the reads of texts. The number of queries does not depend on the number of texts or of reads."""

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

DAYS = 30  # of a plot, with today
WEEK = 7  # days, with today, in which texts are compared
COMPARED = 100  # of each of these days, so many pages: those that were read most


def is_counted() -> bool:
    return settings.COUNT_READS != "off"


@dataclass
class Reads:
    """Of a text, in all languages together and in each. `days`: by day, those without a read left out."""

    total: int = 0
    by_language: dict[str, int] = field(default_factory=dict)
    days: dict[date, int] = field(default_factory=lambda: defaultdict(int))
    days_by_language: dict[str, dict[date, int]] = field(default_factory=lambda: defaultdict(dict))


def period(days: int = DAYS) -> list[date]:
    """The last days, with today."""
    today = timezone.localdate()
    return [today - timedelta(days=ago) for ago in reversed(range(days))]


def of_texts(keys: Collection[UUID], days: int = DAYS) -> dict[UUID, Reads]:
    """The reads of the texts with these translation keys, those that were never read too. Two queries."""
    found = {key: Reads() for key in keys}
    if not found:
        return found
    rows = PageReads.objects.filter(page__translation_key__in=keys).order_by()
    columns = ("page__translation_key", "page__locale__language_code")
    for key, language, number in rows.values_list(*columns).annotate(Sum("number")):
        found[key].total += number
        found[key].by_language[language] = number
    for key, language, day, number in rows.filter(day__gte=period(days)[0]).values_list(*columns, "day", "number"):
        found[key].days[day] += number
        found[key].days_by_language[language][day] = number
    return found


def _among_the_first(day: date) -> Q:
    """By the number of the last of them, which the index of the day's numbers has."""
    numbers = PageReads.objects.filter(day=day).order_by("-number").values("number")
    return Q(day=day, number__gte=Coalesce(Subquery(numbers[COMPARED - 1 : COMPARED]), 0))


def most_read() -> dict[UUID, int]:
    """Of the texts that were read most in the last week, how often they were, by translation key; the most first.

    The days of many pages are not summed: those are compared that were among the first on one of the days.
    """
    days = period(WEEK)
    pages = PageReads.objects.filter(reduce(or_, map(_among_the_first, days)))
    week = PageReads.objects.filter(day__gte=days[0], page__in=pages.order_by().values("page"))
    sums = week.values_list("page__translation_key").annotate(reads=Sum("number"))
    return dict(sums.order_by("-reads", "page__translation_key")[:COMPARED])
