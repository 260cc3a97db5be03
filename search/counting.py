"""Counts what is searched: the words and the day, and nothing of who searches.

A process counts in memory and writes once a minute, after it has answered a request. What it has not written when it
ends is lost.
"""

import logging
import threading
import time
from collections import Counter
from typing import Any

from django.core.signals import request_finished
from django.db import DatabaseError, transaction
from django.db.models import Case, F, Value, When
from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.search_promotions.models import Query, QueryDailyHits
from wagtail.search.utils import normalise_query_string

from iom.publishing import jobs

INTERVAL = 60.0  # seconds
LONGEST = 80  # letters of what is counted
MOST = 200  # different searches that are counted between two writings
MOST_DIGITS = 5  # a telephone or passport number has more
MOST_WRITTEN = 20  # of these, the most frequent: invented words fill no table
JOB = "search.forget"

logger = logging.getLogger(__name__)
_lock = threading.Lock()
_counts: Counter[str] = Counter()
_written_at = time.monotonic()


def count(text: str) -> None:
    """Counts one search, unless it may say something about a person or is no search of a few words."""
    text = normalise_query_string(text)
    is_personal = "@" in text or sum(sign.isdigit() for sign in text) > MOST_DIGITS
    if not text or len(text) > LONGEST or is_personal:
        return
    with _lock:
        if text in _counts or len(_counts) < MOST:
            _counts[text] += 1


@receiver(request_finished)
def write_once_a_minute(**kwargs: Any) -> None:
    global _written_at
    with _lock:
        if not _counts or time.monotonic() - _written_at < INTERVAL:
            return
        frequent = dict(_counts.most_common(MOST_WRITTEN))
        _counts.clear()
        _written_at = time.monotonic()
    try:
        write(frequent)
    except DatabaseError:
        logger.exception("%d searches were not counted.", sum(frequent.values()))


def write(counts: dict[str, int]) -> None:
    """Adds these numbers by what is searched to those of today."""
    today = timezone.localdate()
    with transaction.atomic():
        Query.objects.bulk_create([Query(query_string=text) for text in counts], ignore_conflicts=True)
        keys = dict(Query.objects.filter(query_string__in=counts).order_by("pk").values_list("pk", "query_string"))
        days = [QueryDailyHits(query_id=key, date=today) for key in keys]
        QueryDailyHits.objects.bulk_create(days, ignore_conflicts=True)
        more = Case(*(When(query=key, then=Value(counts[text])) for key, text in keys.items()))
        QueryDailyHits.objects.filter(query__in=keys, date=today).update(hits=F("hits") + more)


@jobs.daily(JOB, label=_("Delete old search counts"))
def forget() -> None:
    """Deletes the days before WAGTAILSEARCH_HITS_MAX_AGE, and what nobody searches any more."""
    QueryDailyHits.garbage_collect()
    Query.garbage_collect()
