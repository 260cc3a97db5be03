"""Backups: each possible error has a clear message and loses nothing."""

import contextlib
import errno
import io
import shutil
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from iom.operation.recovery import RecoveryError, backups, databases, media, schedule
from iom.operation.recovery.backups import latest_backup, prune, take
from iom.operation.recovery.encryption import CHUNK, DecryptingReader, EncryptingWriter
from iom.operation.recovery.sets import NewSet, expired_sets, read_manifest, verify
from iom.operation.recovery.stores import Folder, find_set
from iom.publishing import jobs
from iom.publishing.models import Job

pytestmark = pytest.mark.usefixtures("keys_are_derived_fast")
KEY = "a key that is long enough, and random"


@pytest.fixture
def store(tmp_path, without_database):
    return Folder(tmp_path / "backups")


def made(store, key="", **content):
    """Writes a set of some files, without a database."""
    new = NewSet(store, key)
    for name, data in (content or {"data": b"x" * 1000}).items():
        with new.file(name) as file:
            file.write(data)
    new.finish({"engine": "sqlite", "media": 0, "migrations": {}})
    return new.name


def sealed(data, key=KEY, name="file"):
    target = io.BytesIO()
    sealer = EncryptingWriter(target, key, name)
    for start in range(0, len(data), 10_000):
        sealer.write(data[start : start + 10_000])
    sealer.finish()
    return target.getvalue()


def opened(data, key=KEY, name="file"):
    return io.BufferedReader(DecryptingReader(io.BytesIO(data), key, name)).read()


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_what_is_sealed_is_opened_as_it_was_and_nothing_of_it_is_in_the_file(size):
    data = b"nobody may read this " * (size // 21) + b"." * (size % 21)
    file = sealed(data)
    assert opened(file) == data
    assert b"nobody" not in file


@pytest.mark.parametrize(
    "change",
    [
        lambda file: file[:30] + bytes([file[30] ^ 1]) + file[31:],
        lambda file: file[:-1],
        lambda file: file[: 24 + CHUNK + 16],  # at the end of a chunk
        lambda file: file[:24],
        lambda file: file[:24] + file[24 + CHUNK + 16 :],
        lambda file: file + b"more",
        lambda file: file[:8] + bytes([file[8] ^ 1]) + file[9:],
        lambda file: b"",
    ],
    ids=["a byte", "cut", "a chunk less", "no chunk", "without the first", "longer", "the salt", "nothing"],
)
def test_a_sealed_file_that_was_changed_is_not_opened(change):
    with pytest.raises(RecoveryError):
        opened(change(sealed(b"x" * (2 * CHUNK + 5))))


def test_a_locked_database_fails_with_a_message(db, tmp_path, monkeypatch):
    """The transaction of the test itself locks SQLite."""
    if databases.connection.vendor != "sqlite":
        return
    monkeypatch.setattr(databases, "_MAX_WAIT", 0)
    with pytest.raises(CommandError, match="has kept the database locked"):
        call_command("backup", str(tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_another_key_or_the_name_of_another_file_opens_nothing():
    for key, name in (("another", "file"), (KEY, "other")):
        with pytest.raises(RecoveryError, match="BACKUP_KEY is another"):
            opened(sealed(b"x"), key, name)


@pytest.mark.parametrize("key", ["", KEY], ids=["plain", "sealed"])
def test_any_changed_byte_of_any_file_is_found(store, key):
    name = made(store, key, one=b"a" * 300, two=b"b")
    assert verify(store, name, key)["files"].keys() == {"one", "two"}
    for path in (store.root / name).iterdir():
        whole = path.read_bytes()
        for place in {0, len(whole) // 2, len(whole) - 1}:
            path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
            with pytest.raises(RecoveryError):
                verify(store, name, key)
        path.write_bytes(whole)
    assert verify(store, name, key)


def test_a_missing_file_and_a_missing_or_needless_key_are_reported(store):
    plain, secret = made(store), made(store, KEY)
    with pytest.raises(RecoveryError, match="is not encrypted"):
        verify(store, plain, KEY)
    with pytest.raises(RecoveryError, match="set BACKUP_KEY"):
        verify(store, secret, "")
    (store.root / plain / "data").unlink()
    with pytest.raises(RecoveryError, match=r"data of .* is missing"):
        verify(store, plain, "")


def test_an_interrupted_backup_is_incomplete(store):
    new = NewSet(store, "")
    with contextlib.suppress(KeyboardInterrupt), new.file("data") as file:
        file.write(b"half")
        raise KeyboardInterrupt
    assert list(store.root.iterdir()), "something was written"
    assert store.names() == []
    with pytest.raises(RecoveryError, match="not a complete backup"):
        find_set(str(store.root / new.name))


def test_a_full_disk_fails_a_backup_and_leaves_nothing(db, store, monkeypatch):
    def full(target, wanted):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(media, "copy_to", full)
    with pytest.raises(CommandError, match=r"No backup was taken: .*No space left"):
        call_command("backup", str(store.root))
    assert list(store.root.iterdir()) == []


def test_a_backup_names_the_uploaded_files_that_are_missing(db, store, capsys):
    missing = sorted(media.referenced_files() & set(media.file_names()))[0]
    path = media.default_storage.path(missing)
    shutil.move(path, path + ".away")
    try:
        call_command("backup", str(store.root))
    finally:
        shutil.move(path + ".away", path)
    assert missing in read_manifest(store, store.names()[0], "")["missing"]
    assert missing in capsys.readouterr().err


NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
NAMES = [f"{NOW - timedelta(days=age):%Y%m%dT%H%M%S.%fZ}-00000000" for age in (40, 20, 10, 1)]


@pytest.mark.parametrize(
    ("keep", "days", "left"),
    [(None, None, 4), (2, None, 2), (None, 15, 2), (3, 15, 3), (1, 30, 3), (0, 0, 1), (9, 0, 4), (0, 60, 4)],
)
def test_a_set_is_deleted_only_if_number_and_age_allow_it_and_the_newest_never(keep, days, left):
    assert expired_sets(NAMES, keep, days, NOW) == NAMES[::-1][left:]


def test_what_is_deleted_is_gone_and_the_rest_stays(store):
    names = [made(store), made(store)]
    removed = prune(store, 1, None)
    assert len(removed) == 1
    assert store.names() == [name for name in names if name not in removed]


@pytest.fixture
def without_database(monkeypatch):
    """Leaves out the database, which cannot be copied within a test's transaction (`test_drill` copies it)."""
    monkeypatch.setattr(databases, "back_up", lambda new: None)


@pytest.fixture
def scheduled(db, settings, tmp_path, without_database):
    settings.BACKUP_TO, settings.BACKUP_KEY = str(tmp_path / "scheduled"), KEY
    backups.cache.clear()
    Job.objects.all().delete()
    return Folder(tmp_path / "scheduled")


def run_jobs():
    jobs.enqueue_missing([schedule.JOB])
    return jobs.run(kinds=[schedule.JOB])


def test_the_scheduler_takes_one_backup_in_a_period(scheduled):
    assert latest_backup() is None
    assert run_jobs() == (1, 0)
    assert run_jobs() == (0, 0)
    (name,) = scheduled.names()
    assert latest_backup().isoformat() == read_manifest(scheduled, name, KEY)["ended"]


def test_a_backup_that_fails_is_a_failed_job_with_its_reason(scheduled, settings):
    settings.BACKUP_TO = str(scheduled.root / "file")
    scheduled.root.mkdir()
    (scheduled.root / "file").touch()
    assert run_jobs() == (0, 1)
    job = Job.objects.get(kind=schedule.JOB)
    assert "No backup was taken" in job.reason
    Job.objects.update(at=None, key="2026-01-01T00:00:00+00:00")  # it has failed for good

    settings.BACKUP_TO = str(scheduled.root)
    assert run_jobs() == (1, 0), "the next period has a job of its own"
    assert not Job.objects.filter(kind=schedule.JOB).exists()


def test_a_new_key_begins_with_a_new_backup(scheduled, settings):
    run_jobs()
    settings.BACKUP_KEY = "another"
    backups.cache.clear()
    assert run_jobs() == (1, 0)
    assert run_jobs() == (0, 0)
    assert len(scheduled.names()) == 2


def test_a_place_that_is_away_is_a_failed_job(scheduled, monkeypatch):
    def away(*arguments):
        raise OSError("the server is away")

    monkeypatch.setattr(Folder, "names", away)
    monkeypatch.setattr(Folder, "create", away)
    assert run_jobs() == (0, 1)
    assert "the server is away" in Job.objects.get(kind=schedule.JOB).reason


def test_without_a_place_no_backup_is_taken(scheduled, settings):
    settings.BACKUP_TO = ""
    assert run_jobs() == (0, 0)
    assert latest_backup() is None


def test_a_list_names_what_is_there_and_what_cannot_be_read(store, capsys):
    first, second = made(store), made(store, KEY)
    call_command("backup", str(store.root), "--list")
    told = capsys.readouterr().out
    assert f"{first}: sqlite, 0 uploaded files" in told
    assert f"{second} is encrypted" in told


def test_a_backup_is_taken_and_checked_by_the_command(db, store, settings, capsys):
    settings.BACKUP_KEY = KEY
    call_command("backup", str(store.root), "--keep", "1")
    name, _manifest = take(store, KEY)
    call_command("backup", str(store.root / name), "--check")
    assert "Complete and unchanged" in capsys.readouterr().out
    settings.BACKUP_KEY = "another"
    with pytest.raises(CommandError, match="BACKUP_KEY is another"):
        call_command("backup", str(store.root / name), "--check")


def test_a_backup_keeps_no_other_job_waiting_and_is_not_begun_again_while_it_runs(scheduled, monkeypatch):
    claimed = []
    monkeypatch.setattr(schedule, "take", lambda *args: claimed.append(Job.objects.get(kind=schedule.JOB)))
    assert run_jobs() == (1, 0)
    assert claimed[0].claimed_until - timezone.now() > timedelta(minutes=8)
    assert schedule.JOB in jobs.kinds(is_long=True)
    assert schedule.JOB not in jobs.kinds(is_long=False)


@pytest.mark.parametrize("place", ["gs://bucket/site", "S3://bucket/site", "ftp://host/site", "s3://"])
def test_an_invalid_place_is_refused_and_no_folder_is_made(db, place, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for what in ([], ["--list"]):
        with pytest.raises(CommandError, match="s3://bucket/prefix"):
            call_command("backup", place, *what)
    assert not list(tmp_path.iterdir())


def test_a_backup_of_a_clock_that_was_ahead_is_not_the_last_one(scheduled, settings, monkeypatch):
    with monkeypatch.context() as ahead:
        ahead.setattr(timezone, "now", lambda: datetime.now(UTC) + timedelta(days=400))
        take(scheduled, KEY)
    settings.BACKUP_KEEP = 1
    assert run_jobs() == (1, 0)
    assert run_jobs() == (0, 0), "once"
    assert latest_backup() <= timezone.now()
    assert len(scheduled.names()) == 2
