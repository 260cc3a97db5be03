"""Counts searches by text and day, and stores nothing about the person who searches.

A process counts in memory. Once a minute, after a response, it writes to the database in a thread of its own: a slow
or locked database must not delay the next request of the connection. Counts that are not yet written are lost when
the process ends.
"""

import logging
import threading
import time
from collections import Counter
from typing import Any

from django.core.signals import request_finished
from django.db import DatabaseError, InterfaceError, connection, transaction
from django.db.models import Case, F, Value, When
from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.search_promotions.models import Query, QueryDailyHits
from wagtail.search.utils import normalise_query_string

from iom.publishing import jobs

INTERVAL = 60.0  # seconds
MAX_LENGTH = 80  # letters of a search that is counted
MAX_SEARCHES = 200  # different searches that are counted between two writes
MAX_DIGITS = 5  # a telephone or passport number has more
MAX_WRITTEN = 20  # most frequent searches that are written, so that invented words cannot fill the table
JOB = "search.forget"

logger = logging.getLogger(__name__)
_lock = threading.Lock()
_counts: Counter[str] = Counter()
_written_at = time.monotonic()
_thread: threading.Thread | None = None


def count(text: str) -> None:
    """Counts one search, unless it is long or may contain personal data."""
    text = normalise_query_string(text)
    is_personal = "@" in text or sum(sign.isdigit() for sign in text) > MAX_DIGITS
    if not text or len(text) > MAX_LENGTH or is_personal:
        return
    with _lock:
        if text in _counts or len(_counts) < MAX_SEARCHES:
            _counts[text] += 1


@receiver(request_finished)
def write_every_minute(**kwargs: Any) -> None:
    global _written_at, _thread
    with _lock:
        is_writing = _thread is not None and _thread.is_alive()
        if not _counts or is_writing or time.monotonic() - _written_at < INTERVAL:
            return
        frequent = dict(_counts.most_common(MAX_WRITTEN))
        _counts.clear()
        _written_at = time.monotonic()
        _thread = threading.Thread(target=_write_in_thread, args=[frequent], name="searches", daemon=True)
        _thread.start()


def _write_in_thread(counts: dict[str, int]) -> None:
    try:
        write(counts)
    except (DatabaseError, InterfaceError):
        logger.exception("%d searches were not counted.", sum(counts.values()))
    finally:
        connection.close()


def write(counts: dict[str, int]) -> None:
    """Adds the counts, by search text, to those of today."""
    today = timezone.localdate()
    with transaction.atomic():
        Query.objects.bulk_create([Query(query_string=text) for text in counts], ignore_conflicts=True)
        keys = dict(Query.objects.filter(query_string__in=counts).order_by("pk").values_list("pk", "query_string"))
        days = [QueryDailyHits(query_id=key, date=today) for key in keys]
        QueryDailyHits.objects.bulk_create(days, ignore_conflicts=True)
        more = Case(*(When(query=key, then=Value(counts[text])) for key, text in keys.items()))
        QueryDailyHits.objects.filter(query__in=keys, date=today).update(hits=F("hits") + more)


@jobs.daily(JOB, label=_("Delete old search counts"))
def delete_old_counts() -> None:
    """Deletes counts older than WAGTAILSEARCH_HITS_MAX_AGE, and searches without counts."""
    QueryDailyHits.garbage_collect()
    Query.garbage_collect()
