"""The scheduler waits while the database does not answer, or lacks the version of the code, as during an upgrade."""

from contextlib import ExitStack
from threading import Event

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder

from iom.publishing import database_version, jobs, schedule
from iom.publishing.management.commands import scheduler

WORK, PUBLISH = scheduler.Command.work, scheduler.Command.publish
WAITS = "The scheduler waits. The database does not answer: connection refused"
GOES_ON = "The scheduler goes on: the database answers and has all migrations."


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
    """The pauses of the scheduler. `pauses.then` is called after the second; the third stops it."""

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
            elif len(pauses) > 2:
                self.set()
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
        GOES_ON,
    ]
    assert not any(record.exc_info for record in caplog.records)


def test_it_waits_for_a_database_that_does_not_answer(pauses, caplog, monkeypatch):
    def refuse():
        raise OperationalError("connection refused")

    monkeypatch.setattr(scheduler, "pending_migrations", refuse)
    pauses.then = lambda: monkeypatch.setattr(scheduler, "pending_migrations", list)

    with pytest.raises(Stopped):
        call_command("scheduler")

    assert [record.getMessage() for record in caplog.records] == [WAITS, GOES_ON]


def test_a_single_round_names_the_missing_migrations(db):
    MigrationRecorder(connection).record_unapplied("reads", "0001_reads")
    with pytest.raises(CommandError, match=r"reads\.0001_reads\. Run: manage\.py migrate"):
        call_command("scheduler", once=True)


def test_it_does_not_wait_when_all_migrations_are_there(pauses, caplog):
    with pytest.raises(Stopped):
        call_command("scheduler")
    assert not pauses
    assert not caplog.records


@pytest.fixture
def outage():
    """Ends an outage that `begin` has begun: every query fails."""
    with ExitStack() as outage:
        yield outage


def begin(outage):
    def refuse(execute, *query):
        raise OperationalError("connection refused")

    outage.enter_context(connection.execute_wrapper(refuse))


def test_an_outage_of_jobs_is_logged_with_a_line_when_it_begins_and_one_when_it_ends(
    pauses, caplog, outage, monkeypatch
):
    monkeypatch.setattr(jobs, "handlers", {})
    jobs.handler("test", missing=list)(print)
    begin(outage)
    pauses.then = outage.close
    WORK(scheduler.Command(), scheduler.Event(), 60)

    assert pauses == [*[scheduler.DATABASE_POLL] * 2, scheduler.POLL]
    assert [record.getMessage() for record in caplog.records] == [WAITS, GOES_ON]


def test_no_round_begins_during_an_outage(pauses, caplog, outage, monkeypatch):
    rounds = []

    def publish(self, every):
        rounds.append(len(pauses))
        if len(rounds) == 2:
            raise Stopped
        begin(outage)
        return 0

    monkeypatch.setattr(scheduler.Command, "publish", publish)
    pauses.then = outage.close
    with pytest.raises(Stopped):
        call_command("scheduler")

    assert rounds == [0, 2]
    assert [record.getMessage() for record in caplog.records] == [WAITS, GOES_ON]


def test_a_round_in_which_an_outage_begins_logs_no_traceback(caplog, outage, monkeypatch):
    def fail():
        begin(outage)
        connection.cursor().execute("SELECT 1")

    monkeypatch.setattr(schedule, "publish_due", fail)
    PUBLISH(scheduler.Command(), 60)
    assert not caplog.records
