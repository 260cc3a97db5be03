"""A restore into a site that is not empty is refused, and a failed restore leaves the site empty."""

import io
from types import SimpleNamespace

import pytest
from django.core.cache import caches
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command

from iom.operation.recovery import RecoveryError, backups, media, restoring
from iom.operation.recovery.backups import take
from iom.operation.recovery.stores import Folder
from iom.operation.tests import drill
from iom.operation.tests.drill import SETTINGS, in_site
from iom.tests import databases
from iom.users.models import User

pytestmark = pytest.mark.xdist_group("recovery")
KEY = {"BACKUP_KEY": "a key of these tests"}


@pytest.fixture(scope="module")
def backup(tmp_path_factory):
    """Of the demonstration."""
    folder = tmp_path_factory.mktemp("restoring")
    with databases.database(folder / "site", databases.demonstration()) as environment:
        databases.manage(environment | SETTINGS | KEY, "backup", str(folder / "backups"))
    (made,) = (folder / "backups").glob("*Z-*")
    return made


@pytest.fixture
def empty(tmp_path):
    with databases.database(tmp_path / "empty", databases.migrated()) as environment:
        yield environment | SETTINGS | KEY


def refused(environment, backup, code="pass"):
    """What the restoration says that fails; `code` runs in its process before."""
    restore = f"from django.core.management import call_command\ncall_command('restore', {str(backup)!r})"
    with pytest.raises(AssertionError) as told:
        databases.manage(environment, "shell", "-v0", "-c", f"{code}\n{restore}")
    last = str(told.value).strip().splitlines()[-1]
    assert "RecoveryError" in last or "CommandError" in last, told.value
    return last


def is_empty(environment):
    return in_site(environment, "made_by_people()") == 0 and drill.media(environment["DATA_DIR"]) == {}


FULL = "OSError(28, 'No space left on device')"
FAILS_AT_FILE = f"""
from django.core.cache import caches
from django.core.files.storage import default_storage
save, count = default_storage.save, []
def full(name, content, **options):
    count.append(name)
    if len(count) == 5:
        raise {FULL}
    return save(name, content, **options)
default_storage.save = full
"""
FAILS_AT_DATABASE = f"""
from iom.operation.recovery import databases
def full(*arguments, **options):
    raise {FULL}
databases._restore_file = databases._run = full
"""
FAILS_AFTERWARDS = f"""
from iom.operation.recovery import restoring
def full(**options):
    raise {FULL}
restoring.finish = full
"""


@pytest.mark.parametrize(
    "code",
    [pytest.param(FAILS_AT_FILE, marks=pytest.mark.one_database), FAILS_AT_DATABASE],
    ids=["files", "database"],
)
def test_a_full_disk_fails_with_a_message_and_leaves_the_site_empty(empty, backup, code):
    assert "No space left" in refused(empty, backup, code)
    assert is_empty(empty)
    databases.manage(empty, "restore", str(backup))  # when there is room
    assert not is_empty(empty)


@pytest.mark.one_database
def test_a_restore_that_fails_at_the_end_says_how_to_finish_it(empty, backup):
    assert "run `manage.py restore --finish`" in refused(empty, backup, FAILS_AFTERWARDS)
    databases.manage(empty, "restore", "--finish")
    for command in ("listing", "search"):
        databases.manage(empty, command, "--check")


@pytest.mark.one_database
def test_a_wrong_key_and_a_changed_byte_are_reported_before_anything_is_written(empty, backup, tmp_path):
    assert "BACKUP_KEY is another" in refused(empty | {"BACKUP_KEY": "another key than that"}, backup)
    file = backup / "media.tar.aes"
    whole = file.read_bytes()
    file.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    try:
        assert "media.tar cannot be decrypted" in refused(empty, backup)
    finally:
        file.write_bytes(whole)
    assert is_empty(empty)


@pytest.fixture
def without_database(monkeypatch):
    monkeypatch.setattr("iom.operation.recovery.databases.back_up", lambda new: None)


def test_a_site_that_is_not_empty_is_left_as_it_is(db, tmp_path, without_database):
    store = Folder(tmp_path)
    name, _manifest = take(store, "")
    with pytest.raises(CommandError, match="not empty"):
        call_command("restore", str(tmp_path / name))
    assert User.objects.exists()


@pytest.fixture
def emptied(db, monkeypatch):
    """A site in which nothing was made."""
    monkeypatch.setattr(restoring, "_CONTENT_MODELS", ())
    monkeypatch.setattr(restoring, "_HOME_DEPTH", 99)
    monkeypatch.setattr(media, "file_names", lambda folder="": iter(()))


def test_one_row_or_one_file_is_enough(db, emptied, monkeypatch):
    restoring.require_empty()
    monkeypatch.setattr(restoring, "_CONTENT_MODELS", ("users.User",))
    with pytest.raises(RecoveryError, match="users_user has rows"):
        restoring.require_empty()
    monkeypatch.setattr(restoring, "_CONTENT_MODELS", ())
    monkeypatch.setattr(restoring, "_HOME_DEPTH", 2)
    with pytest.raises(RecoveryError, match="wagtailcore_page has rows"):
        restoring.require_empty()
    monkeypatch.setattr(media, "file_names", lambda folder="": iter(["documents/one.pdf"]))
    with pytest.raises(RecoveryError, match=r"documents/one\.pdf"):
        restoring.require_empty()


def test_the_database_of_another_program_is_left_as_it_is(db, emptied, monkeypatch):
    monkeypatch.setattr(restoring.connection.introspection, "table_names", lambda *args: ["invoices"])
    with pytest.raises(RecoveryError, match="has the table invoices"):
        restoring.require_empty()


@pytest.fixture
def backup_of(db, emptied, without_database, tmp_path, monkeypatch):
    """A backup whose manifest says something else of the site, and what its restoration tells."""
    real = backups._facts()

    def restored(change):
        monkeypatch.setattr(backups, "_facts", lambda: real | change(real))
        name, _manifest = take(Folder(tmp_path), "")
        with pytest.raises(RecoveryError) as told:
            restoring.restore(Folder(tmp_path), name, "")
        return str(told.value)

    return restored


def test_a_backup_of_a_later_version_is_refused(backup_of):
    told = backup_of(lambda facts: {"migrations": facts["migrations"] | {"future": ["9999_later"]}})
    assert "A later version of the code made this backup (future.9999_later)" in told


def test_a_backup_of_before_migrations_were_squashed_is_of_no_later_version(monkeypatch):
    squashed = SimpleNamespace(replaces=[("app", "0001_initial"), ("app", "0002_more")])
    loader = SimpleNamespace(disk_migrations={("app", "0001_squashed"): squashed})
    monkeypatch.setattr(restoring, "MigrationLoader", lambda connection: loader)
    restoring._require_version({"engine": restoring.connection.vendor, "migrations": {"app": ["0001_initial"]}})


def test_a_backup_of_an_earlier_version_is_not_copied_into_another_database(backup_of):
    other = "sqlite" if databases.is_postgresql() else "postgresql"
    told = backup_of(lambda facts: {"engine": other, "migrations": facts["migrations"] | {"search": []}})
    assert "An earlier version of the code made this backup (without search." in told


def test_a_file_that_is_there_already_is_not_overwritten_and_stays():
    target = io.BytesIO()
    facts = media.copy_to(target, set())
    target.seek(0)
    before = {name: default_storage.size(name) for name in media.file_names()}
    with pytest.raises(RecoveryError, match="exists already"):
        media.restore_from(target, facts)
    assert {name: default_storage.size(name) for name in media.file_names()} == before


def test_a_file_that_is_not_as_it_was_when_it_was_copied_is_not_stored():
    target = io.BytesIO()
    facts = media.copy_to(target, set())
    target.seek(0)
    facts["files"][next(media.file_names())]["sha256"] = "another"
    with pytest.raises(RecoveryError, match="was changed after it was copied"):
        media.restore_from(target, facts)


def test_what_was_kept_of_another_database_is_forgotten(db, monkeypatch):
    monkeypatch.setattr(restoring, "call_command", lambda *args, **options: None)
    for cache in caches.all(initialized_only=False):
        cache.set("kept", 1)
    restoring.finish()
    assert [cache for cache in caches.all() if cache.get("kept")] == []
