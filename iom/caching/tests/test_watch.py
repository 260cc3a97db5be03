"""A watch reads the current content version, of the database file that is there now."""

import sqlite3
import time
from contextlib import closing

from iom.caching import version, watch
from iom.caching.version import Number, Version, version_for


def changed(file, number):
    with closing(sqlite3.connect(file)) as database, database:
        database.execute("CREATE TABLE IF NOT EXISTS caching_contentchange (number, everywhere)")
        database.execute("DELETE FROM caching_contentchange")
        database.execute("INSERT INTO caching_contentchange VALUES (?, 0)", [number])


def test_a_page_of_the_version_before_is_given_for_less_than_a_second():
    watched, now = watch.Watch(), time.monotonic()
    before, after = (Version(Number(number, 0), 0.0) for number in (1, 2))
    watched.record(before, now - watch.GRACE - 1)
    watched.record(after, now)
    assert not watched.is_in_grace(before)
    watched.record(before, now)
    watched.record(after, now)
    assert watched.is_in_grace(before)


def test_each_change_of_a_file_is_seen_and_that_another_file_has_taken_its_place(db, tmp_path):
    file, other = tmp_path / "db.sqlite3", tmp_path / "restored.sqlite3"
    changed(file, 1)
    watched = watch.FileWatch(str(file))
    numbers = [watched.observe().version.number.changes]
    changed(file, 2)
    numbers.append(watched.observe().version.number.changes)
    changed(other, 3)
    other.rename(file)
    with closing(watched._database):
        numbers.append(watched.observe().version.number.changes)
    watched._database.close()
    assert numbers == [1, 2, 3]


def test_a_version_ends_at_its_moment(monkeypatch):
    monkeypatch.setattr(version, "next_change", lambda now: now)
    first = version_for(Number(-1, 0))
    time.sleep(0.01)
    assert version_for(Number(-1, 0)).until > first.until
