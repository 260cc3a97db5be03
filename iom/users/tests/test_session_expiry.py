"""Expiry of sessions, and the data that browsers keep."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from iom.publishing import jobs
from iom.publishing.models import Job
from iom.users.sign_in import session_expiry
from iom.users.tests.people import confirm, sign_in


def pass_time(client: Client, **period: float) -> None:
    """Makes the session of `client` as old as if so much time had passed."""
    session, passed = client.session, timedelta(**period)
    session[session_expiry.SIGNED_IN_AT] -= passed.total_seconds()
    session.set_expiry(session.get_expiry_date() - passed)
    session.save()


def is_open(client: Client) -> bool:
    return client.get("/admin/").status_code == 200


def test_a_session_that_is_not_used_ends(db, settings):
    client, _leads = sign_in("officer")
    pass_time(client, hours=settings.SESSION_IDLE_HOURS, seconds=-60)
    assert is_open(client)
    pass_time(client, hours=settings.SESSION_IDLE_HOURS, seconds=1)
    assert not is_open(client)


def test_a_session_that_is_used_ends_as_well(db, settings):
    """Whatever is changed in it meanwhile, a confirmation included."""
    client, _leads = sign_in("officer")
    hours = settings.SESSION_COOKIE_AGE // 3600
    for _hour in range(hours - 1):
        pass_time(client, hours=1)
        assert is_open(client)
    confirm(client)
    assert is_open(client)
    pass_time(client, hours=1)
    assert not is_open(client)


def test_use_is_written_now_and_then(db):
    client, _leads = sign_in("officer")
    is_open(client)
    before = client.session.get_expiry_date()
    assert is_open(client)
    assert client.session.get_expiry_date() == before
    pass_time(client, minutes=6)
    assert is_open(client)
    assert client.session.get_expiry_date() > before


def test_a_confirmation_gives_the_session_another_key(db):
    client, _leads = sign_in("officer")
    stolen, old = Client(), client.cookies["sessionid"].value
    stolen.cookies["sessionid"] = old
    assert is_open(stolen)
    confirm(client)
    assert client.cookies["sessionid"].value != old
    assert is_open(client)
    assert not is_open(stolen)


@pytest.mark.parametrize("name", ["account_logout", "wagtailadmin_logout"])
def test_at_sign_out_the_browser_forgets_what_it_has_stored(db, name):
    client, _leads = sign_in("officer")
    assert "Clear-Site-Data" not in client.get("/admin/")
    answer = client.post(reverse(name))
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert not is_open(client)


def test_expired_sessions_are_deleted_each_day(db):
    ended, lasting = (sign_in(name)[0].session.session_key for name in ("officer", "editor"))
    Session.objects.filter(pk=ended).update(expire_date=timezone.now() - timedelta(minutes=1))
    jobs.enqueue_missing(["sessions"])
    jobs.run(kinds=["sessions"])

    assert set(Session.objects.filter(pk__in=(ended, lasting)).values_list("pk", flat=True)) == {lasting}
    assert not UserSession.objects.filter(session_key=ended).exists()
    assert Job.objects.get(kind="sessions").at > timezone.now() + timedelta(hours=23)
