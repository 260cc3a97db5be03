import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest

from iom.caching import backends
from iom.caching.backends import AvailableRedisCache, FolderCache

ADD = """
import sys
from iom.caching.backends import FolderCache

cache = FolderCache(sys.argv[1], {"OPTIONS": {"MAX_ENTRIES": 20_000}})
print("ready", flush=True)
sys.stdin.readline()
print(sum(cache.add(f"slot:{number}", 1, 60) for number in range(200)))
"""


def test_only_one_of_several_processes_adds_a_key(tmp_path):
    command = [sys.executable, "-c", ADD, str(tmp_path)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    processes = [subprocess.Popen(command, **pipes) for _number in range(4)]
    for process in processes:
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        process.stdin.write("go\n")
        process.stdin.flush()

    assert sum(int(process.communicate(timeout=30)[0]) for process in processes) == 200


@pytest.fixture
def files(tmp_path):
    """With room for four entries in each folder."""
    return FolderCache(tmp_path, {"OPTIONS": {"MAX_ENTRIES": 4 * backends.FOLDERS}})


def of_one_folder(cache, number):
    keys = (f"key:{n}" for n in range(100_000))
    in_it = (key for key in keys if Path(cache._key_to_file(key)).parent.name == "00")
    return [next(in_it) for _ in range(number)]


def test_a_full_folder_forgets_what_has_expired_first(files):
    *expired, first, second, third = of_one_folder(files, 8)
    files.set(first, 1, 60)
    for key in expired:
        files.set(key, 1, -1)
    files.set(second, 2, 60)
    files.set(third, 3, 60)
    assert files.get_many([first, second, third]) == {first: 1, second: 2, third: 3}


def test_a_full_folder_then_forgets_the_oldest(files):
    keys = of_one_folder(files, 6)
    for key in keys:
        files.set(key, 1, 60)
    assert len(files._list_cache_files()) <= 4
    assert files.get(keys[-1]) == 1


def test_of_the_files_that_have_not_expired_the_oldest_are_deleted(files):
    keys = of_one_folder(files, 5)
    for number, key in enumerate(keys[:4]):
        files.set(key, 1, 60)
        os.utime(files._key_to_file(key), (number, number))
    files.set(keys[4], 1, 60)
    assert list(files.get_many(keys)) == keys[2:]


def test_clearing_forgets_all(files):
    keys = of_one_folder(files, 3)
    for key in [*keys, "another"]:
        files.set(key, 1, 60)
    files.clear()
    assert not files.get_many([*keys, "another"])


def test_a_server_that_is_away_holds_nothing_and_is_not_asked_each_time(caplog, monkeypatch):
    monkeypatch.setattr(AvailableRedisCache, "_away_until", {})
    cache = AvailableRedisCache("redis://127.0.0.1:1", {"OPTIONS": {"socket_connect_timeout": 0.5}})
    with caplog.at_level(logging.WARNING, logger=backends.__name__):
        cache.set("key", 1)
        assert cache.get("key", "nothing") == "nothing"
        assert cache.get_many(["key"]) == {}
        assert cache.add("key", 1)
        assert cache.set_many({"key": 1}) == ["key"]
        assert not cache.has_key("key")
        assert not cache.delete("key")
        cache.delete_many(["key"])
    assert len(caplog.records) == 1
