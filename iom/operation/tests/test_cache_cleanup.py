"""Expired digests of readers and staff are deleted from the disk."""

import time
from datetime import timedelta

import pytest
from django.core.cache import caches
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from iom.operation import cache_cleanup
from iom.publishing import jobs
from iom.publishing.models import Job
from iom.users.limits import PAUSE

DAY = timedelta(days=1)


@pytest.fixture
def files(settings, tmp_path, db):
    """The names of the files of the two caches."""
    folder = {"BACKEND": "iom.caching.backends.FolderCache", "OPTIONS": {"MAX_ENTRIES": 20_000}}
    settings.CACHES = settings.CACHES | {
        name: folder | {"LOCATION": str(tmp_path / name)} for name in ("default", "limits")
    }
    settings.SEARCHES_PER_MINUTE = 10
    return lambda: {path.name for path in tmp_path.rglob("*.djcache")}


def be_counted():
    wrong = {"login": "officer@example.org", "password": "wrong"}
    assert Client().post(reverse("account_login"), wrong).status_code == 200
    assert Client().get("/en/search/?q=migration").status_code == 200


def test_what_was_counted_is_deleted_once_it_has_expired(files, monkeypatch):
    be_counted()
    counted = files()
    assert len(counted) >= 4
    cache_cleanup.delete_expired()
    assert files() == counted
    caches["limits"].set("later", 1, 2 * PAUSE)
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + PAUSE + 1)
    cache_cleanup.delete_expired()
    assert len(files()) < len(counted)
    assert caches["limits"].get("later") == 1
    assert not counted & files()


def test_it_is_done_each_day(files):
    assert list(jobs.handlers[cache_cleanup.JOB].missing()) == ["all"]
    cache_cleanup.delete_expired()
    job = Job.objects.get(kind=cache_cleanup.JOB)
    assert timedelta(hours=23) < job.at - timezone.now() <= DAY


def test_no_address_is_found_by_trying_all(files, settings):
    """Without the key of the site."""
    be_counted()
    counted = files()
    settings.SECRET_KEY = "another"
    be_counted()
    assert len(files()) == 2 * len(counted)
