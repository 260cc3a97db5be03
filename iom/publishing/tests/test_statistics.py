"""The statistics of SQLite's query planner are updated."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from iom.publishing import jobs, statistics
from iom.publishing.models import Job

pytestmark = pytest.mark.django_db


def tables_with_statistics():
    with connection.cursor() as cursor:
        if "sqlite_stat1" not in connection.introspection.table_names(cursor):
            return set()
        cursor.execute("SELECT tbl FROM sqlite_stat1")
        return {table for (table,) in cursor.fetchall()}


def test_the_job_gathers_them_and_enqueues_itself_for_the_next_day():
    statistics.gather_daily("all")

    has = "wagtailcore_page" in tables_with_statistics()
    assert has is (connection.vendor == "sqlite")
    again = Job.objects.get(kind=statistics.JOB)
    assert timedelta(hours=23) < again.at - timezone.now() <= timedelta(days=1)


def test_a_server_that_gathers_its_own_has_no_such_job():
    missing = list(jobs.handlers[statistics.JOB].missing())
    assert missing == (["all"] if connection.vendor == "sqlite" else [])


@pytest.mark.sqlite
def test_indexes_of_few_values_are_told_apart():
    """Of a sample of 2,000 rows, an index of one value looks like an index of ten."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE sample (value integer)")
        cursor.execute("CREATE INDEX sample_value ON sample (value)")
        cursor.executemany("INSERT INTO sample VALUES (%s)", [[1]] * 2500)
        statistics.gather()
        cursor.execute("SELECT stat FROM sqlite_stat1 WHERE idx = 'sample_value'")
        assert cursor.fetchall() == [("2500 2500",)]
