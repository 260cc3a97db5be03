"""Writes the counts of reads. Several processes may do so at the same time."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from itertools import batched

from django.db import connection, transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from iom.publishing import jobs
from iom.reads.models import PageReads

JOB = "reads.sum_up"
DAYS_KEPT = 400  # a year and some days to compare with; older days are summed by year
BATCH = 500

_TABLE = PageReads._meta.db_table
_ADD = (
    f"INSERT INTO {_TABLE} (page_id, day, number) VALUES (%s, %s, %s) "  # noqa: S608  (a name alone)
    f"ON CONFLICT (page_id, day) DO UPDATE SET number = {_TABLE}.number + excluded.number"
)


def add_reads(counts: Mapping[str, int]) -> None:
    """Adds reads to today's numbers. `counts`: by path in WSGI's encoding; paths of no page are ignored."""
    by_path = {path.encode("latin-1").decode(errors="replace"): number for path, number in counts.items()}
    today = timezone.localdate()
    for paths in batched(sorted(by_path), BATCH):
        # Only the slug has an index: it narrows the rows, and the address selects among them.
        slugs = {path.rstrip("/").rpartition("/")[2] for path in paths}
        pages = Page.objects.filter(slug__in=slugs, url_path__in=paths).order_by("pk").values_list("pk", "url_path")
        with transaction.atomic():
            _add((key, today, by_path[path]) for key, path in pages)


def _add(rows: Iterable[tuple[int, date, int]]) -> None:
    """Adds `rows`, which must be in the order of their pages to prevent deadlocks between processes."""
    adapted = [(page, connection.ops.adapt_datefield_value(day), number) for page, day, number in rows]
    if adapted:
        with connection.cursor() as cursor:
            cursor.executemany(_ADD, adapted)


@jobs.daily(JOB, label=_("Sum up the reads of past years"))
def sum_up() -> None:
    """Sums days that are older than DAYS_KEPT by year, in the row of 1 January."""
    old = PageReads.objects.filter(day__lt=timezone.localdate() - timedelta(days=DAYS_KEPT))
    days = old.exclude(day__month=1, day__day=1)
    with transaction.atomic():
        sums = days.values_list("page", "day__year").annotate(Sum("number")).order_by("page", "day__year")
        _add([(page, date(year, 1, 1), number) for page, year, number in sums])
        days.delete()
