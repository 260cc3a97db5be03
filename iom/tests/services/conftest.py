"""Runs the site on several servers: a primary and a replica of PostgreSQL, Valkey, Varnish, an object store, and two
web servers, the machines. The primary and Valkey keep running after the tests."""

import os
import shutil
import time
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import boto3
import pytest

from iom.caching.tests import servers
from iom.tests import databases, serving
from iom.tests.object_store import object_store
from iom.tests.services.browsing import Browser
from iom.tests.services.replica import Replica

PREPARATION = 120  # seconds
BUCKET = "newsroom"
WSGI = "iom.tests.services.wsgi"
FIRST, SECOND = "first", "second"  # the names of the machines in the log of the replica


@dataclass
class Services:
    """`first` (with the scheduler) and `second` are the addresses of the machines. `varnish` is in front of the second
    one, which reads its replica even right after a change."""

    site: serving.Site
    first: str
    second: str
    varnish: str
    replica: Replica

    @property
    def addresses(self):
        return [self.first, self.second, self.varnish]


@pytest.fixture(scope="session")
def services(tmp_path_factory):
    assert databases.is_postgresql(), "make test-services starts the servers that these tests need."
    assert os.environ.get("CACHE_URL"), "make test-services starts the servers that these tests need."
    assert servers.has_varnish(), "Varnish is not installed (Debian: apt-get install varnish)."
    folder = tmp_path_factory.mktemp("services")
    with ExitStack() as stack:
        port = serving.free_port()
        store = stack.enter_context(object_store())
        replicas = []

        def adjust(environment):
            fill_bucket(Path(environment["DATA_DIR"], "media"))
            replicas.append(replica := Replica())
            stack.callback(replica.remove)
            return environment | store | {
                "DATABASE_REPLICA_URL": replica.url(name_of(environment), FIRST),
                "MEDIA_URL": f"s3://{BUCKET}/site",
                "HTTP_CACHE_URL": f"http://127.0.0.1:{port}",
                "METRICS_TOKEN": "a-token-for-the-tests",
            }  # fmt: skip

        site = stack.enter_context(serving.running(folder / "first", adjust))
        (replica,) = replicas
        wait_until_prepared(site)
        own = {
            "DATA_DIR": str(folder / "second"),
            "DATABASE_REPLICA_URL": replica.url(name_of(site.environment), SECOND),
        }
        second = stack.enter_context(servers.another_machine(site, folder / "second.log", application=WSGI, **own))
        varnish = stack.enter_context(servers.varnish(folder, port, second))
        yield Services(site, site.url, second, varnish, replica)


def name_of(environment):
    return urlsplit(environment["DATABASE_URL"]).path.strip("/")


def fill_bucket(media):
    """Moves the files into the bucket."""
    client = boto3.client("s3")
    client.create_bucket(Bucket=BUCKET)
    for file in filter(Path.is_file, media.rglob("*")):
        client.upload_file(str(file), BUCKET, f"site/{file.relative_to(media)}")
    shutil.rmtree(media)


def wait_until_prepared(site):
    """Waits until the scheduler has created what a new site lacks, such as the archives for the press."""
    end = time.monotonic() + PREPARATION
    waiting = "SELECT count(*) FROM publishing_job WHERE at <= now() OR claimed_until IS NOT NULL"
    while site.rows("SELECT count(*) FROM publishing_schedulerround") == [(0,)] or site.rows(waiting) != [(0,)]:
        assert time.monotonic() < end, site.log.read_text()[-4000:]
        time.sleep(0.2)


@pytest.fixture(scope="session")
def editor(services):
    """Returns the browser of an editor who is signed in on the first machine."""
    return Browser().sign_in(services.first, "editor")


@pytest.fixture(autouse=True)
def _the_replica_is_there(services):
    yield
    services.replica.catch_up()
