from datetime import timedelta

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from iom.caching import version, watch
from iom.caching.version import VersionMiddleware, cached_per_version
from iom.contacts.models import Office
from iom.listing.writing import refresh
from iom.tests.factories import ArticleFactory

pytestmark = pytest.mark.django_db


def during(request: WSGIRequest, *calls):
    """Returns the results of the calls during the request."""
    answers = []
    VersionMiddleware(lambda _request: answers.extend(call() for call in calls))(request)
    return answers


@pytest.fixture
def phones():
    """A cached function that records its runs."""
    runs = []

    @cached_per_version
    def phones(code: str) -> list[str]:
        runs.append(code)
        return list(Office.objects.filter(country=code).values_list("phone", flat=True))

    phones.runs = runs
    return phones


def test_a_result_is_kept_from_one_request_to_another(phones):
    get = RequestFactory().get("/")
    during(get, lambda: phones("CH"))
    during(get, lambda: phones("CH"), lambda: phones("CH"))
    assert phones.runs == ["CH"]


def test_the_version_is_asked_for_once_in_a_request(phones):
    get = RequestFactory().get("/")
    during(get, lambda: phones("CH"), lambda: phones("HT"))
    with CaptureQueriesContext(connection) as captured:
        during(get, lambda: phones("CH"), lambda: phones("HT"))
    assert len(captured) == 1


def test_a_request_without_cached_functions_does_not_read_the_version():
    with CaptureQueriesContext(connection) as captured:
        during(RequestFactory().get("/"), lambda: None)
    assert len(captured) == 0


def test_after_a_change_the_result_is_made_again(phones):
    get = RequestFactory().get("/")
    during(get, lambda: phones("CH"))
    Office.objects.update(phone="+41 22 000 00 00")
    assert set(during(get, lambda: phones("CH"))[0]) == {"+41 22 000 00 00"}


def test_a_result_belongs_to_its_arguments_and_language(phones):
    get = RequestFactory().get("/")
    during(get, lambda: phones("CH"), lambda: phones("HT"))
    with translation.override("en"):
        during(get, lambda: phones("CH"))
    assert phones.runs == ["CH", "HT", "CH"]


def test_a_request_that_writes_and_a_command_keep_nothing(phones):
    during(RequestFactory().post("/"), lambda: phones("CH"), lambda: phones("CH"))
    phones("CH")
    assert phones.runs == ["CH", "CH", "CH"]


def test_a_function_keeps_a_bounded_number_of_results(phones, monkeypatch):
    monkeypatch.setattr(version, "MAX_RESULTS", 2)
    get = RequestFactory().get("/")
    during(get, *(lambda code=code: phones(code) for code in ("CH", "HT", "TD", "CH")))
    assert phones.runs == ["CH", "HT", "TD", "CH"]


def test_the_version_changes_when_an_article_expires():
    midnight = version.midnight(timezone.now()).timestamp()
    # Or the hour at which clocks change before that
    assert version.version_for(version.read_number()).until <= midnight
    soon = timezone.now() + timedelta(seconds=30)
    refresh([ArticleFactory(expire_at=soon).pk])
    now = version.version_for(version.read_number())
    assert now.until == pytest.approx(soon.timestamp())
    assert version.next_change(soon + timedelta(seconds=1)) > soon


def test_a_version_is_settled_a_minute_after_the_last_change():
    memory = watch.Watch()
    before, after = (version.Version(version.Number(number, 0), 0.0) for number in (1, 2))

    def is_settled(seen, at):
        memory.record(seen, at)
        return memory.is_settled(seen)

    assert [is_settled(before, at) for at in (100, 159, 160)] == [False, False, True]
    assert [is_settled(after, at) for at in (161, 220, 221)] == [False, False, True]
    assert not memory.is_settled(before)
    memory.record_outage()
    assert not memory.is_settled(after)


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "America/New_York"])
def test_midnight_is_that_of_the_site_wherever_the_person_works_who_asks(zone):
    now = timezone.now()
    expected = version.midnight(now)
    with timezone.override(zone):
        assert version.midnight(now) == expected


def test_midnight_is_that_of_the_site_also_where_summer_time_ends():
    for day in ("2026-10-24T22:30:00+00:00", "2026-10-25T22:30:00+00:00", "2026-07-01T21:59:59+00:00"):
        now = timezone.datetime.fromisoformat(day)
        local = timezone.localtime(version.midnight(now))
        assert (local.hour, local.minute) == (0, 0)
        assert timedelta(0) < version.midnight(now) - now <= timedelta(hours=25)
