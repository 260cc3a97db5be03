"""The statistics by which SQLite chooses how to read its tables. PostgreSQL gathers its own."""

from datetime import timedelta

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext_lazy

from iom.publishing import jobs

JOB = "statistics"
EVERY = timedelta(days=1)


def gather() -> None:
    """Of the tables that have none, or have grown: some thousand rows of each index are read."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA optimize=0x10002")  # https://sqlite.org/pragma.html#pragma_optimize


@jobs.handler(
    JOB,
    label=gettext_lazy("Update the statistics of the database"),
    missing=lambda: ["all"] if connection.vendor == "sqlite" else [],
)
def gather_daily(key: str) -> None:
    """Enqueues itself for the next day."""
    gather()
    jobs.enqueue(JOB, key, at=timezone.now() + EVERY)
