"""The scheduler waits while the database does not have the version of the code, such as during an upgrade."""

from threading import Event

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder

from iom.publishing import database_version
from iom.publishing.management.commands import scheduler


class Stopped(Exception):
    """Ends the loop of a test."""


@pytest.fixture(autouse=True)
def _without_rounds(db, monkeypatch):
    def publish(self, every):
        raise Stopped

    monkeypatch.setattr(scheduler.Command, "work", lambda self, stop, every, kinds: stop.wait())
    monkeypatch.setattr(scheduler.Command, "publish", publish)
    database_version._all_migrated.cache_clear()
    yield
    database_version._all_migrated.cache_clear()


@pytest.fixture
def pauses(monkeypatch):
    """The pauses of the scheduler. `pauses.then` is called after the second."""

    class Pauses(list):
        def then(self):
            raise NotImplementedError

    pauses = Pauses()

    class PausingEvent(Event):
        def wait(self, timeout=None):
            if timeout is None:
                return super().wait()
            pauses.append(timeout)
            if len(pauses) == 2:
                pauses.then()
            return self.is_set()

    monkeypatch.setattr(scheduler, "Event", PausingEvent)
    return pauses


def test_it_waits_for_migrations_with_one_line_and_then_publishes(pauses, caplog):
    recorder = MigrationRecorder(connection)
    recorder.record_unapplied("reads", "0001_reads")
    pauses.then = lambda: recorder.record_applied("reads", "0001_reads")

    with pytest.raises(Stopped):
        call_command("scheduler")

    assert pauses == [scheduler.DATABASE_POLL] * 2
    assert [record.getMessage() for record in caplog.records] == [
        "The scheduler waits. Migrations are missing, the last is reads.0001_reads. Run: manage.py migrate",
        "The scheduler starts: the database answers and has all migrations.",
    ]
    assert not any(record.exc_info for record in caplog.records)


def test_it_waits_for_a_database_that_does_not_answer(pauses, caplog, monkeypatch):
    def refuse():
        raise OperationalError("connection refused")

    monkeypatch.setattr(scheduler, "pending_migrations", refuse)
    pauses.then = lambda: monkeypatch.setattr(scheduler, "pending_migrations", list)

    with pytest.raises(Stopped):
        call_command("scheduler")

    assert caplog.records[0].getMessage() == "The scheduler waits. The database does not answer: connection refused"
    assert len(caplog.records) == 2


def test_a_single_round_names_the_missing_migrations(db):
    MigrationRecorder(connection).record_unapplied("reads", "0001_reads")
    with pytest.raises(CommandError, match=r"reads\.0001_reads\. Run: manage\.py migrate"):
        call_command("scheduler", once=True)


def test_it_does_not_wait_when_all_migrations_are_there(pauses, caplog):
    with pytest.raises(Stopped):
        call_command("scheduler")
    assert not pauses
    assert not caplog.records
