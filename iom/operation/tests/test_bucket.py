"""Backups on an S3 server."""

import boto3
import pytest
from django.core.management import CommandError, call_command

from iom.operation.recovery import RecoveryError, databases, stores
from iom.operation.recovery.backups import prune, take
from iom.operation.recovery.sets import NewSet, verify
from iom.operation.recovery.stores import Bucket, find_set, get_store
from iom.tests.object_store import object_store

pytestmark = [pytest.mark.one_database, pytest.mark.usefixtures("keys_are_derived_fast")]
KEY = "a key of these tests"


@pytest.fixture
def store(monkeypatch):
    """A prefix of an empty bucket."""
    with object_store():
        boto3.client("s3").create_bucket(Bucket="backups")
        monkeypatch.setattr(databases, "back_up", lambda new: None)
        yield get_store("s3://backups/site/one")
        boto3.resource("s3").Bucket("backups").objects.delete()


def test_a_backup_is_taken_listed_verified_and_deleted(db, store, capsys):
    assert isinstance(store, Bucket)
    assert store.names() == []
    first, _manifest = take(store, KEY)
    second, _manifest = take(store, KEY)
    assert sorted((first, second)) == store.names()
    assert verify(*find_set(f"s3://backups/site/one/{first}"), KEY)["files"].keys() == {"media.tar", "media.json"}
    assert all(name.endswith(".aes") for name in store.files(first))
    removed = prune(store, 1, None)
    assert len(removed) == 1
    assert store.names() == [name for name in sorted((first, second)) if name not in removed]
    call_command("backup", "s3://backups/site/one", "--list")
    assert store.names()[0] in capsys.readouterr().out


def test_a_large_file_comes_back_in_whole(store):
    data = bytes(range(256)) * 50_000  # 13 MB: several parts of an upload
    new = NewSet(store, KEY)
    with new.file("large") as file:
        for start in range(0, len(data), 1_000_000):
            file.write(data[start : start + 1_000_000])
    new.finish({"engine": "sqlite", "media": 0, "migrations": {}})
    assert verify(store, new.name, KEY)["files"]["large"]["size"] > len(data)


def test_an_interrupted_backup_is_incomplete(store):
    new = NewSet(store, KEY)
    with new.file("data") as file:
        file.write(b"x")
    assert store.files(new.name)
    assert store.names() == []
    with pytest.raises(RecoveryError, match="not a complete backup"):
        find_set(f"s3://backups/site/one/{new.name}")


@pytest.mark.parametrize(("abandoned", "left"), [(24 * 3600, True), (-60, False)])
def test_what_an_interrupted_backup_has_left_is_deleted_after_a_day_and_not_before(
    db, store, monkeypatch, abandoned, left
):
    monkeypatch.setattr(stores, "_ABANDONED_AFTER", abandoned)
    new = NewSet(store, KEY)
    with new.file("data") as file:
        file.write(b"x")
    name, _manifest = take(store, KEY)
    assert (bool(store.files(new.name)), store.names()) == (left, [name])


def test_a_partly_deleted_backup_is_incomplete(store, monkeypatch):
    new = NewSet(store, KEY)
    with new.file("data") as file:
        file.write(b"x")
    new.finish({"engine": "sqlite", "media": 0, "migrations": {}})
    delete, deleted = store.storage.delete, []

    def delete_one(name):
        if deleted:
            raise KeyboardInterrupt
        deleted.append(name)
        delete(name)

    monkeypatch.setattr(store.storage, "delete", delete_one)
    with pytest.raises(KeyboardInterrupt):
        store.remove(new.name)
    assert store.names() == []


@pytest.mark.parametrize("name", ["AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_S3"])
def test_a_server_that_does_not_answer_is_reported(db, store, monkeypatch, name):
    with monkeypatch.context() as elsewhere:
        elsewhere.setenv(name, "http://127.0.0.1:9")
        elsewhere.setenv("AWS_MAX_ATTEMPTS", "1")
        with pytest.raises(CommandError, match="Could not connect"):
            call_command("backup", "s3://backups/site/one")


def test_a_refusal_of_the_server_has_a_message(db, store):
    for command in (
        ("backup", "s3://none/site"),
        ("backup", "s3://none/site", "--list"),
        ("restore", "s3://none/site/x"),
    ):
        with pytest.raises(CommandError, match="bucket"):
            call_command(*command)
