"""The stores of backups: file permissions and retention."""

import os
import time
from datetime import timedelta
from unittest import mock

import pytest
from django.core.management import call_command
from django.utils import timezone

from iom.operation.recovery import RecoveryError, backups, databases, schedule, sets
from iom.operation.recovery.sets import NewSet, read_manifest
from iom.operation.recovery.stores import Folder
from iom.publishing import jobs

pytestmark = pytest.mark.usefixtures("keys_are_derived_fast")


@pytest.fixture
def store(tmp_path, monkeypatch):
    monkeypatch.setattr(databases, "back_up", lambda new: None)
    return Folder(tmp_path / "backups")


def made(store, days):
    """A set of some days ago."""
    moment = timezone.now() - timedelta(days=days)
    with mock.patch.object(timezone, "now", return_value=moment):
        new = NewSet(store, "", started=moment)
        new.finish({"engine": "sqlite", "media": 0, "migrations": {}})
    return new.name


def begun(store, age=0.0):
    """The folder of a set that is being written, last touched so many seconds ago."""
    new = NewSet(store, "")
    with new.file("data") as file:
        file.write(b"half")
    folder = store.root / f".{new.name}.partial"
    os.utime(folder, (time.time() - age,) * 2)
    return folder


def test_nobody_else_of_the_machine_reads_a_backup(store):
    folder = begun(store)
    assert folder.stat().st_mode & 0o777 == 0o700


def test_what_an_interrupted_backup_has_left_is_deleted_after_a_day_and_not_before(db, store):
    """It may be that of another process, which goes on."""
    left, used = begun(store, age=25 * 3600), begun(store, age=23 * 3600)
    call_command("backup", str(store.root), verbosity=0)
    assert (left.exists(), used.exists()) == (False, True)
    assert len(store.names()) == 1


def test_a_backup_of_a_later_format_is_not_read_as_if_it_were_of_this_one(store, monkeypatch):
    new = NewSet(store, "")
    with monkeypatch.context() as later:
        later.setattr(sets, "FORMAT", sets.FORMAT + 1)
        new.finish({"engine": "sqlite", "media": 0, "migrations": {}})
    with pytest.raises(RecoveryError, match="only a later version of the code reads"):
        read_manifest(store, new.name, "")


def test_backups_are_deleted_by_their_age_where_it_is_named(db, store, capsys):
    old, recent = made(store, 40), made(store, 20)
    call_command("backup", str(store.root), "--days", "30")
    assert old not in store.names()
    assert recent in store.names()
    assert f"Deleted: {old}." in capsys.readouterr().out


@pytest.fixture
def scheduled(db, settings, store):
    settings.BACKUP_TO, settings.BACKUP_KEY = str(store.root), ""
    settings.BACKUP_KEEP, settings.BACKUP_DAYS = 2, 30
    backups.cache.clear()
    return store


def test_the_scheduler_deletes_what_is_too_old(scheduled):
    old, kept, recent = (made(scheduled, days) for days in (60, 40, 20))
    jobs.enqueue_missing([schedule.JOB])
    assert jobs.run(kinds=[schedule.JOB]) == (1, 0)
    assert [name for name in (old, kept, recent) if name in scheduled.names()] == [recent]
    assert len(scheduled.names()) == 2


def test_a_job_of_an_earlier_period_leaves_the_backup_to_that_of_the_present_one(scheduled):
    jobs.enqueue(schedule.JOB, "2026-01-01T00:00:00+00:00")
    assert jobs.run(kinds=[schedule.JOB]) == (1, 0)
    assert scheduled.names() == []
