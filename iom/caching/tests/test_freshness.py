"""No response is older than a second, for every kind of change, while readers use several processes.

Several processes make the changes at the same time. `CHANGES=500` makes more of them (12 by default).
"""

import gzip
import http.client
import os
import re
import threading
import time
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from dataclasses import dataclass, field, replace
from random import Random
from urllib.parse import urlsplit

import pytest

from iom.caching.tests import servers
from iom.caching.tests.changes import KINDS, PREPARE
from iom.tests import databases, serving
from iom.tests.addresses import COUNTRY, LANGUAGES, NAMES, NEWS

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("servers")]

CHANGES = int(os.environ.get("CHANGES", "12"))
READERS = 4
PUBLISHERS = 3
LATE = 1.0  # seconds; an older page is a fault
TIMEOUT = 60  # seconds for the preparation of the changes, on a slow machine
# Factor for the measured delay of this machine: so many processes take turns between a change and a response.
TURNS = 10
SEED = 20261127


@dataclass
class Seen:
    """A response: its address, the times of the request and of its end, and the number that it shows."""

    server: str
    address: str
    began: float
    ended: float
    status: int
    source: str
    shows: dict[str, int]
    fault: str


@dataclass
class Reading:
    """Reads the addresses of the servers in a random order until it is stopped."""

    servers: list[str]
    addresses: list[str]
    seen: list[Seen] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)

    def start(self):
        self.pool = ThreadPoolExecutor(READERS + 1)
        self.delay = 0.0
        self.readers = [self.pool.submit(self._read, number) for number in range(READERS)]
        self.readers.append(self.pool.submit(self._measure_delay))

    def _measure_delay(self):
        """The longest delay with which a sleeping process woke up."""
        while not self.stop.is_set():
            began = time.monotonic()
            time.sleep(0.05)
            self.delay = max(self.delay, time.monotonic() - began - 0.05)

    def end(self):
        self.stop.set()
        self.pool.shutdown()
        for reader in self.readers:
            reader.result()  # raises the exception that ended it

    def _read(self, number):
        random = Random(SEED + number)  # noqa: S311
        with ExitStack() as stack:
            lines = {server: stack.enter_context(line(server)) for server in self.servers}
            while not self.stop.is_set():
                server, address = random.choice(self.servers), random.choice(self.addresses)
                self.seen.append(ask(lines[server], server, address, gzipped=random.random() < 0.5))


def line(server):
    return closing(http.client.HTTPConnection(urlsplit(server).netloc, timeout=30))


def get(line, address, headers):
    """Returns the time of the request, the response and its body. A server may close a connection after a while."""
    for last in (False, True):
        began = time.monotonic()
        try:
            line.request("GET", address, headers=headers)
            answer = line.getresponse()
            return began, answer, answer.read()
        except (http.client.RemoteDisconnected, ConnectionError):
            line.close()
            if last:
                raise
    raise AssertionError


def ask(line, server, address, gzipped=True):
    began, answer, body = get(line, address, {"Accept-Encoding": "gzip" if gzipped else "identity"})
    ended = time.monotonic()
    encoding = answer.headers.get("Content-Encoding", "")
    text = (gzip.decompress(body) if encoding == "gzip" else body).decode()
    fault = "" if encoding in ("", "gzip" if gzipped else "") else f"in {encoding}"
    language = re.search(r'<html lang="(\w+)"', text)
    if language and language[1] != address[1:3]:
        fault = f"in the language {language[1]}"
    if answer.headers.get("Set-Cookie"):
        fault = "with a cookie"
    shows = {}
    for kind in KINDS:
        if kind.shows and (
            numbers := {int("".join(filter(None, found))) for found in map(_groups, kind.shows.finditer(text))}
        ):
            shows[kind.name] = min(numbers)
    return Seen(server, address, began, ended, answer.status, answer.headers.get("X-Page-Cache", ""), shows, fault)


def _groups(found):
    return found.groups()


def read_addresses(site):
    for language in LANGUAGES:
        yield from (site.text(name, language).url for name in NAMES)
        news = NEWS[language]
        yield from (
            COUNTRY[language],
            f"{news}?country=TD&kind=story",
            f"{news}?page=2",
            f"{news}rss/",
            f"{news}json/",
        )
        yield from (site.text(kind.taken[0], language).url for kind in KINDS if kind.taken)


def change(site, kind, number):
    """Makes a change. Returns its begin and end, by time.monotonic(); it is in force from a moment in between."""
    output = site.shell(
        f"{PREPARE}\nn = {number}\nbegan = time.monotonic()\n{kind.code}\nprint(began, time.monotonic())"
    )
    began, ended = map(float, output.split()[-2:])
    return began, ended


def publish(site, changed, number):
    """Makes the changes of one of the PUBLISHERS, in its own process, and adds the times of each to `changed`."""
    kinds, random = KINDS[number::PUBLISHERS], Random(SEED - number)  # noqa: S311
    own = replace(site, shell_process=None)
    try:
        for n in range(number, CHANGES, PUBLISHERS):
            kind = kinds[n // PUBLISHERS % len(kinds)]
            made = changed[kind.name]
            made.append(change(own, kind, len(made)))
            time.sleep(random.random() * 0.5)
    finally:
        own.end()


def faults(site, seen, changed, shown, late):
    """Yields the faults of the responses.

    `changed`: kind → begin and end of each change, from number 0. `shown`: address → the kinds that it showed before
    the changes. `late`: the allowed age of a response, in seconds.
    """
    taken = {site.text(*kind.taken).url: kind.name for kind in KINDS if kind.taken}
    for one in seen:
        where = f"{one.server}{one.address} ({one.source}, {one.status})"
        if one.fault:
            yield f"{where}: {one.fault}"
        if one.status >= 500:
            yield f"{where}: failed"
        due = {kind: sum(ended < one.began - late for _began, ended in made) - 1 for kind, made in changed.items()}
        if kind := taken.get(one.address):
            last = due[kind]
            is_last = all(began > one.ended for began, _ended in changed[kind][last + 1 :])
            if is_last and (one.status == 200) != (last % 2 == 0):
                yield f"{where}: after change {last} of {kind}"
        elif one.status == 200:
            for kind in shown.get(one.address, ()):
                if one.shows.get(kind, -1) < due[kind]:
                    yield f"{where}: {kind} {one.shows.get(kind)} instead of {due[kind]}, {one.began:.3f}"


def run(site, addresses):
    """Makes the changes while readers read everything from the servers at `addresses`.

    Returns the responses, the faults, and the allowed age of a response in seconds.
    """
    urls = list(dict.fromkeys(read_addresses(site)))
    changed = {kind.name: [change(site, kind, 0)] for kind in KINDS}
    shown, every = {}, {kind.name for kind in KINDS if kind.shows}
    end = time.monotonic() + TIMEOUT
    with line(addresses[0]) as first:
        while set().union(*shown.values()) != every and time.monotonic() < end:
            time.sleep(LATE + 0.5)
            shown = {url: set(ask(first, addresses[0], url).shows) for url in urls}
    assert set().union(*shown.values()) == every
    reading = Reading(addresses, urls)
    reading.start()
    try:
        with ThreadPoolExecutor(PUBLISHERS) as pool:
            publishing = [pool.submit(publish, site, changed, number) for number in range(PUBLISHERS)]
        for one in publishing:
            one.result()
        time.sleep(LATE + 0.5)
    finally:
        reading.end()
    assert sum(map(len, changed.values())) == len(KINDS) + CHANGES
    assert len(reading.seen) > 3 * CHANGES
    late = LATE + TURNS * reading.delay
    return reading.seen, list(faults(site, reading.seen, changed, shown, late)), late


def counted(seen):
    found = defaultdict(int)
    for one in seen:
        found[one.source] += 1
    return dict(found)


def test_of_two_machines_each_change_is_shown_within_a_second(tmp_path, record_testsuite_property):
    """On SQLite, two web servers of one machine; on PostgreSQL with Valkey, they share nothing else."""
    with serving.running(tmp_path) as site:
        own = {"DATA_DIR": str(tmp_path / "other")} if databases.is_postgresql() else {}
        with servers.another_machine(site, tmp_path / "other.log", **own) as other:
            seen, wrong, late = run(site, [site.url, other])
    sources = counted(seen)
    record_testsuite_property("answers of two machines", sources | {"seconds": late})
    assert not wrong, f"{len(wrong)} of {len(seen)}: {wrong[:10]}"
    assert sources["hit"] > sources["miss"] > 0


@pytest.mark.skipif(not servers.has_varnish(), reason="Varnish is not installed (Debian: apt-get install varnish)")
def test_through_varnish_each_change_is_shown_within_a_second(tmp_path, record_testsuite_property):
    port = serving.free_port()
    settings = {"HTTP_CACHE_URL": f"http://127.0.0.1:{port}"}
    with (
        serving.running(tmp_path, lambda given: given | settings) as site,
        servers.varnish(tmp_path, port, site.url) as varnish,
    ):
        seen, wrong, late = run(site, [varnish])
        assert comes_from_varnish(varnish)
    record_testsuite_property("answers through Varnish", counted(seen) | {"seconds": late})
    assert not wrong, f"{len(wrong)} of {len(seen)}: {wrong[:10]}"


def comes_from_varnish(varnish):
    """Whether Varnish responds without a request to the site, and browsers must validate each time."""
    with line(varnish) as opened:
        for _ in range(2):
            _began, answer, _body = get(opened, "/fr/", {"Accept-Encoding": "br"})
    assert answer.headers["Cache-Control"] == "no-cache"
    assert answer.headers["Content-Encoding"] == "br"
    return len(answer.headers["X-Varnish"].split()) == 2  # the second number is of the request that fetched it
