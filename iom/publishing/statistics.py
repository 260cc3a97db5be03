"""The statistics by which SQLite chooses how to read its tables. PostgreSQL gathers its own."""

from datetime import timedelta

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext_lazy

from iom.publishing import jobs

JOB = "statistics"
EVERY = timedelta(days=1)


MOST_READ = 2000  # rows of an index


def gather() -> None:
    """Of all tables together: where some have older ones than others, SQLite reads the wrong table first.

    `PRAGMA optimize` leaves out tables that have grown less than tenfold, and after a migration knows one alone.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA analysis_limit = {MOST_READ}")
            cursor.execute("ANALYZE")


@jobs.handler(
    JOB,
    label=gettext_lazy("Update the statistics of the database"),
    missing=lambda: ["all"] if connection.vendor == "sqlite" else [],
)
def gather_daily(key: str) -> None:
    """Enqueues itself for the next day."""
    gather()
    jobs.enqueue(JOB, key, at=timezone.now() + EVERY)
