"""The statistics by which SQLite chooses how to read its tables. PostgreSQL gathers its own."""

from django.db import connection
from django.utils.translation import gettext_lazy

from iom.publishing import jobs

JOB = "statistics"


def gather() -> None:
    """Of all tables together: where some have older ones than others, SQLite reads the wrong table first.

    `PRAGMA optimize` leaves out tables that have grown less than tenfold, and after a migration knows one alone. All
    rows are read: of the first thousands of an index, all indexes of few values look alike (`PRAGMA analysis_limit`).
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


gather_daily = jobs.daily(
    JOB,
    label=gettext_lazy("Update the statistics of the database"),
    missing=lambda: ["all"] if connection.vendor == "sqlite" else [],
)(gather)
