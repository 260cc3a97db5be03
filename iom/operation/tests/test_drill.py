"""Backup and restore of a whole site, on the same kind of database and on the other one."""

import subprocess
import sys
from contextlib import contextmanager

import pytest

from iom.operation.tests import drill
from iom.operation.tests.drill import SETTINGS, in_site
from iom.tests import databases

pytestmark = pytest.mark.xdist_group("recovery")
KEY = {"BACKUP_KEY": "a key of this drill, and of nothing else"}
# Where the tests have PostgreSQL, the way to SQLite and back.
CHAINS = [["postgresql"], ["sqlite", "postgresql"]] if databases.is_postgresql() else [["sqlite"]]


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("drill") / "site"
    with databases.database(folder, databases.demonstration()) as environment:
        environment |= SETTINGS | KEY
        databases.manage(environment, "migrate", "--verbosity", "0")  # the site's address is that of these settings
        in_site(environment, "make()")
        (folder / "media" / "press" / "token").mkdir(parents=True)
        (folder / "media" / "press" / "token" / "a.zip").write_text("made again")
        yield environment


@pytest.fixture(scope="module")
def was(site):
    return seen(site)


def seen(environment):
    return {"media": drill.media(environment["DATA_DIR"])} | in_site(environment, "seen()")


def back_up(environment, folder):
    """The path of the backup."""
    databases.manage(environment, "backup", str(folder))
    (made,) = folder.glob("*Z-*")
    return made


@pytest.mark.parametrize("chain", CHAINS, ids="-".join)
def test_a_site_is_restored_as_it_was(site, was, tmp_path, chain):
    backup = back_up(site, tmp_path / "backups")
    for engine in chain:
        with empty(tmp_path / engine, engine) as environment:
            databases.manage(environment, "restore", str(backup))
            compare(environment, was)
            if engine != chain[-1]:
                backup = back_up(environment, tmp_path / f"backups-of-{engine}")
            new = in_site(environment, "is_usable()")
            assert new == [], "what is written afterwards has keys of its own, and raises the version of kept pages"


@contextmanager
def empty(folder, engine):
    """The environment of a site without tables."""
    if engine == "sqlite":
        folder.mkdir()
        yield databases.clean_environment(folder) | SETTINGS | KEY
    else:
        with databases.database(folder) as environment:
            yield environment | SETTINGS | KEY


def compare(environment, was):
    now = seen(environment)

    assert now["media"] == was["media"]
    assert now["rows"].keys() == was["rows"].keys()
    for table, rows in was["rows"].items():
        assert now["rows"][table] == rows, table
    assert now["pages"] == was["pages"]
    assert len(now["pages"]) > 50
    assert databases.rows(environment, "SELECT count(*) FROM django_session") == [(0,)]
    assert databases.rows(environment, "SELECT count(*) FROM usersessions_usersession") == [(0,)]
    assert databases.rows(environment, "SELECT count(*) FROM newsroom_pressarchive") == [(0,)]


def test_a_backup_of_a_site_in_use_is_of_one_moment(site, tmp_path):
    publish = "from iom.operation.tests import drill; drill.publish_on()"
    writer = subprocess.Popen(
        [sys.executable, "manage.py", "shell", "-v0", "-c", publish], cwd=databases.ROOT, env=site,
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert writer.stdout.readline() == "begun\n"
        backup = back_up(site, tmp_path / "backups")
        assert writer.poll() is None, "it has published all the time"
    finally:
        writer.kill()
        writer.wait()
    with databases.database(tmp_path / "other") as environment:
        databases.manage(environment | SETTINGS | KEY, "restore", str(backup))
        title, published, listed = in_site(environment, "of_one_moment()")
    assert title == published == listed
    assert title.startswith("Publication ")
