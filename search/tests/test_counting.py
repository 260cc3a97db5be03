"""Searches are counted, without a trace of the person."""

import threading
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.signals import request_finished
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.contrib.search_promotions.models import Query, QueryDailyHits

from iom.publishing.models import Job
from search import counting

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_counted():
    counting._counts.clear()
    yield
    counting._counts.clear()


@pytest.fixture
def a_minute_later(monkeypatch):
    """Ends a request after the interval. The counts are written in the connection of the test, not in a thread."""

    class Now(threading.Thread):
        def start(self):
            self.run()

    monkeypatch.setattr(counting, "threading", SimpleNamespace(Thread=Now))
    monkeypatch.setattr(counting.connection, "close", lambda: None)

    def finish():
        monkeypatch.setattr(counting, "INTERVAL", -1)
        counting.write_every_minute()
        monkeypatch.setattr(counting, "INTERVAL", 1e9)

    return finish


def counted():
    return {day.query.query_string: day.hits for day in QueryDailyHits.objects.select_related("query")}


def test_searches_are_counted_by_their_words(client, a_minute_later):
    for address in ("/fr/recherche/", "/en/search/", "/fr/actualites/"):
        client.get(address, {"q": "  Visa  D’ÉTUDES"})
        client.get(address, {"q": "Visa d’études", "page": 2})
    client.get("/fr/recherche/", {"q": "visa", "section": "news"})
    client.get("/fr/actualites/", {"q": "visa", "kind": "press-release"})
    assert counted() == {}  # in memory until then

    a_minute_later()
    assert counted() == {"visa d’études": 3}
    client.get("/fr/recherche/", {"q": "visa d’études"})
    a_minute_later()
    assert counted() == {"visa d’études": 4}


def test_counts_are_written_after_a_response():
    assert counting.write_every_minute in [entry[1]() for entry in request_finished.receivers]


def test_a_locked_database_delays_no_request(client, monkeypatch):
    """While the counts are being written, requests are answered, and no second thread waits for the database."""
    locked, tried = threading.Event(), []
    monkeypatch.setattr(counting, "write", lambda counts: (tried.append(counts), locked.wait(20)))
    monkeypatch.setattr(counting, "INTERVAL", -1)
    before = threading.active_count()
    try:
        for word in ("visa", "asile"):
            assert client.get("/fr/recherche/", {"q": word}).status_code == 200
            assert not locked.is_set()
            counting.write_every_minute()
        assert threading.active_count() <= before + 1
    finally:
        locked.set()
    counting._thread.join(5)
    assert tried == [{"visa": 1}]
    assert counting._counts == {"asile": 1}


def test_nothing_is_written_before_the_minute_is_over(client, monkeypatch):
    monkeypatch.setattr(counting, "INTERVAL", 60)
    monkeypatch.setattr(counting, "_written_at", counting.time.monotonic())
    for _time in range(3):
        client.get("/fr/recherche/", {"q": "visa"})
    assert counted() == {}


@pytest.mark.parametrize(
    "text",
    ["camille@example.org", "appeler le 06 12 34 56 78", "passeport 12AB34567", "+41 22 717 91 11", "x" * 81, ""],
)
def test_searches_with_personal_data_are_not_counted(text):
    counting.count(text)
    assert not counting._counts


def test_invented_words_fill_neither_memory_nor_table(a_minute_later):
    for number in range(counting.MAX_SEARCHES * 2):
        counting.count(f"mot{number // 10} {'abcdefghij'[number % 10]}")
    counting.count("mot0 a")
    assert len(counting._counts) == counting.MAX_SEARCHES

    with CaptureQueriesContext(connection) as captured:
        a_minute_later()
    assert len(counted()) == counting.MAX_WRITTEN
    assert counted()["mot0 a"] == 2
    assert len(captured) <= 8


def test_a_database_that_fails_stops_no_request(monkeypatch, a_minute_later, caplog):
    counting.count("visa")
    monkeypatch.setattr(counting, "write", lambda counts: (_ for _ in ()).throw(DatabaseError("gone")))
    a_minute_later()
    assert "1 searches were not counted" in caplog.text


def test_counts_are_deleted_after_their_time(settings):
    counting.write({"visa": 1, "asile": 1})
    old = timezone.localdate() - timedelta(days=settings.WAGTAILSEARCH_HITS_MAX_AGE + 2)  # UTC may be a day behind
    QueryDailyHits.objects.filter(query__query_string="visa").update(date=old)
    counting.delete_old_counts("all")
    assert counted() == {"asile": 1}
    assert not Query.objects.filter(query_string="visa").exists()
    assert Job.objects.get(kind=counting.JOB).at > timezone.now() + timedelta(hours=23)
