"""The daily job that updates the statistics of SQLite's query planner. PostgreSQL gathers its own."""

from django.db import connection
from django.utils.translation import gettext_lazy

from iom.publishing import jobs

JOB = "statistics"


def gather() -> None:
    """Analyses all tables together: if some statistics are older than others, SQLite joins in the wrong order.

    `PRAGMA optimize` leaves out tables that have grown less than tenfold, and after a migration knows only one. All
    rows are read: with `PRAGMA analysis_limit`, all indexes with few values look alike.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


gather_daily = jobs.daily(
    JOB,
    label=gettext_lazy("Update the statistics of the database"),
    missing=lambda: ["all"] if connection.vendor == "sqlite" else [],
)(gather)
