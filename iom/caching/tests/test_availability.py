"""While the database is down, readers get every page that was ever cached. While the cache is down, they get all pages.

`REQUESTS=10000` and `AWAY=60` (seconds) make a long outage; the default is short.
"""

import os
import shutil
import time
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest

from iom.caching.tests import servers
from iom.caching.tests.test_freshness import ask, line, read_addresses
from iom.tests import databases, serving

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("servers")]

REQUESTS = int(os.environ.get("REQUESTS", "300"))
AWAY = float(os.environ.get("AWAY", "3"))  # seconds


class ServerOfTheDatabase:
    """PostgreSQL, behind a proxy whose connections can be cut."""

    def __init__(self):
        self.line = servers.Line(os.environ["DATABASE_URL"])

    def adjust(self, environment):
        url = urlsplit(environment["DATABASE_URL"])
        return environment | {
            "DATABASE_URL": url._replace(netloc=f"{url.username}@127.0.0.1:{self.line.port}").geturl()
        }

    def stop(self, environment):
        self.line.cut()

    def start(self, environment):
        self.line.restore()


class FileOfTheDatabase:
    """SQLite. Its folder is moved away for the outage."""

    def adjust(self, environment):
        return environment

    def _files(self, environment):
        return list(Path(environment["DATA_DIR"]).glob("db.sqlite3*"))

    def stop(self, environment):
        for file in self._files(environment):
            file.rename(file.with_name(f"away-{file.name}"))

    def start(self, environment):
        for file in Path(environment["DATA_DIR"]).glob("away-*"):
            file.rename(file.with_name(file.name.removeprefix("away-")))


def status(url):
    try:
        with urlopen(url, timeout=30) as answer:
            return answer.status
    except OSError as error:
        return getattr(error, "code", error)


def read(site, addresses, requests, seconds=0.0):
    """Returns the responses to so many requests, over at least so many seconds."""
    seen, end = [], time.monotonic() + seconds
    with line(site.url) as opened:
        while len(seen) < requests or time.monotonic() < end:
            seen.append(ask(opened, site.url, addresses[len(seen) % len(addresses)]))
    return seen


def test_without_the_database_stored_pages_are_read(tmp_path):
    outage = ServerOfTheDatabase() if databases.is_postgresql() else FileOfTheDatabase()
    with serving.running(tmp_path, outage.adjust) as site:
        addresses = list(dict.fromkeys(read_addresses(site)))
        for _ in range(4):  # by each of the processes
            assert {one.status for one in read(site, addresses, len(addresses))} == {200}
        deadline = time.monotonic() + 60  # until jobs of the new site change no page any more
        while {one.source for one in read(site, addresses, len(addresses))} != {"hit"} and time.monotonic() < deadline:
            time.sleep(0.1)
        outage.stop(site.environment)
        try:
            seen = read(site, addresses, REQUESTS, AWAY)
            assert [one for one in seen if one.status != 200] == []
            assert seen[-1].source == "stale"
            assert status(f"{site.url}/-/live") == 200
            if databases.is_postgresql():  # a process that has a file open goes on reading it
                assert status(f"{site.url}/-/ready") == 503
                assert status(f"{site.url}/fr/rien/") == 503
        finally:
            outage.start(site.environment)
        deadline = time.monotonic() + 60  # on a slow machine
        while (back := read(site, addresses, 1)[0]).source != "hit" and time.monotonic() < deadline:
            time.sleep(0.1)
        assert back.source == "hit"
        assert status(f"{site.url}/-/ready") == 200
        assert {one.status for one in read(site, addresses, len(addresses))} == {200}


def test_without_the_shared_cache_every_page_is_read(tmp_path):
    if server := os.environ.get("CACHE_URL"):
        cache = servers.Line(server)

        def adjust(environment):
            url = urlsplit(environment["CACHE_URL"])
            return environment | {"CACHE_URL": url._replace(netloc=f"127.0.0.1:{cache.port}").geturl()}
    else:
        adjust = dict
    with serving.running(tmp_path, adjust) as site:
        addresses = list(dict.fromkeys(read_addresses(site)))
        read(site, addresses[: len(addresses) // 2], len(addresses) // 2)
        if server:
            cache.cut()
        else:
            folder = Path(site.environment["DATA_DIR"], "cache")
            shutil.rmtree(folder)
            folder.write_text("No folder: nothing can be written into it.")
        seen = read(site, addresses, REQUESTS)
    assert [one for one in seen if one.status != 200] == []
