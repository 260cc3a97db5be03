"""The liveness and readiness probes."""

import threading
from datetime import timedelta

import pytest
from django.core.cache import caches
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.utils import timezone

from iom.operation import health
from iom.publishing import database_version, jobs
from iom.publishing.models import SchedulerRound


@pytest.fixture
def round_ended(db):
    def at(ago: timedelta) -> None:
        SchedulerRound.objects.update_or_create(pk=1, defaults={"ended_at": timezone.now() - ago})

    return at


@pytest.fixture(autouse=True)
def nothing_known(monkeypatch):
    monkeypatch.setattr("iom.operation.health._storage_checked_at", float("-inf"))
    database_version._all_migrated.cache_clear()


@pytest.mark.parametrize("host", ["localhost", "192.0.2.7:8000"])
def test_the_liveness_probe_does_not_query_the_database(client, settings, host):
    """Varnish's probe, for one, names neither the site nor HTTPS, and no page is served while it is refused."""
    settings.SITE_URL, settings.ALLOWED_HOSTS = "https://www.example.org", ["www.example.org"]
    settings.SECURE_SSL_REDIRECT, settings.SECURE_PROXY_SSL_HEADER = True, ("HTTP_X_FORWARDED_PROTO", "https")
    answer = client.get("/-/live", headers={"host": host})  # pytest-django refuses any query here

    assert (answer.status_code, answer.content) == (200, b"ok")
    assert "no-store" in answer["Cache-Control"]


def test_a_process_says_what_works(visitor, round_ended):
    round_ended(timedelta(seconds=30))
    files = len(default_storage.listdir("health")[1]) if default_storage.exists("health") else 0
    answer = visitor.get("/-/ready")

    assert answer.status_code == 200
    assert answer.json() == dict.fromkeys(health.CHECKS, True)
    assert "no-store" in answer["Cache-Control"]
    assert len(default_storage.listdir("health")[1]) == files  # it leaves nothing behind


def test_the_scheduler_says_that_it_has_ended_a_round(visitor, db, monkeypatch):
    monkeypatch.setattr("iom.publishing.jobs.run", jobs.JobCounts)  # pictures of all pages
    SchedulerRound.objects.all().delete()
    assert visitor.get("/-/ready").json()["scheduler"] is False
    call_command("scheduler", once=True)
    assert visitor.get("/-/ready").json()["scheduler"] is True


def test_readers_are_served_without_scheduler_cache_and_storage(visitor, round_ended, monkeypatch):
    def fail(*args, **kwargs):
        raise ConnectionError("secret-host refused")

    round_ended(timedelta(minutes=6))
    monkeypatch.setattr(caches["limits"], "set", fail)
    monkeypatch.setattr(default_storage, "save", fail)
    answer = visitor.get("/-/ready")

    assert answer.status_code == 200
    assert [name for name, works in answer.json().items() if not works] == ["limits", "storage", "scheduler"]


def test_a_storage_that_does_not_answer_keeps_no_monitor_waiting(visitor, round_ended, monkeypatch):
    release = threading.Event()
    monkeypatch.setattr(health, "STORAGE_TIMEOUT", 0.05)
    monkeypatch.setattr(default_storage, "save", lambda *args: release.wait(30))
    try:
        assert visitor.get("/-/ready").json()["storage"] is False
    finally:
        release.set()


def test_a_working_storage_is_checked_once_a_minute(visitor, round_ended, monkeypatch):
    asked = []
    monkeypatch.setattr(health, "_write_and_read", lambda: asked.append(1))
    for _ in range(3):
        assert visitor.get("/-/ready").json()["storage"] is True
    assert len(asked) == 1


@pytest.mark.parametrize(
    ("part", "cache", "backend", "advice"),
    [
        ("cache", "default", "iom.caching.backends.AvailableRedisCache", "about CACHE_URL"),
        ("limits", "limits", "django.core.cache.backends.redis.RedisCache", "about LIMITS_CACHE_URL"),
    ],
)
def test_each_of_two_cache_servers_is_checked(sign_in, settings, round_ended, part, cache, backend, advice):
    round_ended(timedelta(seconds=30))
    client = sign_in("admin")
    away = {"BACKEND": backend, "LOCATION": "redis://127.0.0.1:1", "OPTIONS": {"socket_connect_timeout": 0.5}}
    settings.CACHES = settings.CACHES | {cache: away}
    answer = client.get("/-/ready")
    state = client.get("/admin/site-status/", headers={"accept-language": "en"}).content.decode()

    assert answer.status_code == 200
    assert answer.json() == dict.fromkeys(health.CHECKS, True) | {part: False}
    assert advice in state
    assert state.count("CACHE_URL") == (1 if part == "cache" else 2)


def test_not_without_the_database(client, monkeypatch):
    class Broken:
        def cursor(self):
            raise ConnectionError("secret-host refused")

    monkeypatch.setattr("iom.operation.health.connection", Broken())
    answer = client.get("/-/ready")

    assert answer.status_code == 503
    assert b"secret-host" not in answer.content


def test_nor_with_one_of_an_earlier_version(visitor, monkeypatch):
    class Behind:
        def __init__(self, connection):
            self.loader = self
            self.graph = self

        def leaf_nodes(self):
            return []

        def migration_plan(self, targets):
            return [(type("Migration", (), {"app_label": "home", "name": "0099_later"}), False)]

    monkeypatch.setattr("iom.publishing.database_version.MigrationExecutor", Behind)
    answer = visitor.get("/-/ready")

    assert (answer.status_code, answer.json()["migrations"]) == (503, False)
    assert database_version.pending_migrations() == ["home.0099_later"]
