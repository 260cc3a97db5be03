"""Pages are up to date if a machine reads from a replica, even if the replica is late or unavailable."""

import json
import threading
import time
from contextlib import contextmanager
from itertools import count
from urllib.parse import urlencode

import pytest

from iom.caching.tests import test_freshness
from iom.tests.addresses import SEARCH
from iom.tests.services.browsing import Browser
from iom.tests.services.conftest import FIRST, SECOND

pytestmark = pytest.mark.services
MAX_DELAY = 1.0  # seconds, within which a change is shown
PAGE = 4  # minimum number of statements of a page, besides that of the version
WAIT = 10  # seconds for a page on a slow machine, including two timeouts of two seconds for the replica
TIMEOUT = 30  # seconds, on a slow machine
# Searches are not cached: each reads a database.
searches = (f"{SEARCH['en']}?q=refugees+{number}" for number in count())


def request_search(server):
    answer = Browser().get(server + next(searches))
    assert answer.status == 200
    return answer


def reads_from(services, application):
    return sum("FROM" in line for line in services.replica.statements_of(application))


@contextmanager
def without_replica(services, application):
    """Fails if the machine reads a page from the replica within the block."""
    services.replica.catch_up()
    before = reads_from(services, application)
    yield
    seen = reads_from(services, application) - before
    assert seen < PAGE, f"{seen} statements"


def wait_for_replica(services):
    """Waits until the second machine reads a page from the replica, which may be some milliseconds late."""
    end = time.monotonic() + TIMEOUT
    while True:
        before = reads_from(services, SECOND)
        request_search(services.second)
        if reads_from(services, SECOND) - before >= PAGE:
            return
        assert time.monotonic() < end
        time.sleep(0.1)


def change_title(services, number):
    text = services.site.text("article", "fr")
    code = (
        f"from wagtail.models import Page; page = Page.objects.get(pk={text.pk}).specific\n"
        f"page.title = 'Changed {number} times'; page.save_revision().publish()"
    )
    services.site.shell(code)
    return text.url


def shows(services, path, words):
    return [words in Browser().get(server + path).text for server in services.addresses]


def test_a_machine_reads_public_pages_from_the_replica(services):
    wait_for_replica(services)


def test_signed_in_users_and_forms_read_the_primary(services, editor):
    with without_replica(services, SECOND):
        assert editor.get(f"{services.second}/admin/").status == 200
        assert editor.get(services.second + next(searches)).status == 200
        assert Browser().get(f"{services.second}/fr/-/account/sign-in/").status == 200


def test_pages_are_read_from_the_primary_in_the_minute_after_a_change(services):
    with without_replica(services, FIRST):
        change_title(services, 1)
        time.sleep(MAX_DELAY)
        request_search(services.first)


def test_pages_show_changes_that_the_replica_does_not_have_yet(services):
    withdrawn = services.site.text("seasonal-workers-guide", "fr")
    found = f"{SEARCH['fr']}?{urlencode({'q': withdrawn.title})}"
    assert shows(services, found, withdrawn.url) == [True] * 3
    services.replica.pause()
    try:
        path = change_title(services, 2)
        services.site.shell(
            f"from wagtail.models import Page; Page.objects.get(pk={withdrawn.pk}).specific.unpublish()"
        )
        time.sleep(MAX_DELAY)
        assert shows(services, path, "Changed 2 times") == [True] * 3
        assert shows(services, found, withdrawn.url) == [False] * 3
        assert [Browser().get(server + withdrawn.url).status for server in services.addresses] == [404] * 3
        for _ in range(5):
            request_search(services.second)
    finally:
        services.replica.resume()
        services.site.shell(
            f"from wagtail.models import Page; page = Page.objects.get(pk={withdrawn.pk}).specific\n"
            "page.get_latest_revision_as_object().save_revision().publish()"
        )
    services.replica.catch_up()
    wait_for_replica(services)


@contextmanager
def pausing_repeatedly(replica):
    """Pauses and resumes the replica repeatedly within the block."""
    stop = threading.Event()

    def pause_and_resume():
        while not stop.wait(0.7):
            replica.pause()
            stop.wait(1.5)
            replica.resume()

    thread = threading.Thread(target=pause_and_resume)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def test_each_change_is_shown_within_a_second_while_the_replica_stumbles(services):
    with pausing_repeatedly(services.replica):
        seen, wrong, _late = test_freshness.run(services.site, [services.second, services.varnish])
    assert not wrong, f"{len(wrong)} of {len(seen)}: {wrong[:10]}"


@pytest.mark.parametrize(("fail", "recover"), [("stop", "start"), ("hang", "go_on")])
def test_no_request_fails_while_the_replica_is_unavailable(services, fail, recover):
    wait_for_replica(services)
    getattr(services.replica, fail)()
    try:
        for _ in range(10):
            began = time.monotonic()
            request_search(services.second)
            assert time.monotonic() - began < WAIT
        path = change_title(services, fail)
        time.sleep(MAX_DELAY)
        assert shows(services, path, f"Changed {fail} times") == [True] * 3
        ready = Browser().get(f"{services.second}/-/ready")
        assert (ready.status, json.loads(ready.text)["replica"]) == (200, False)
    finally:
        getattr(services.replica, recover)()
    wait_for_replica(services)
    assert json.loads(Browser().get(f"{services.second}/-/ready").text)["replica"] is True


def test_metrics_have_the_delay_of_the_replica(services):
    headers = {"Authorization": "Bearer a-token-for-the-tests"}
    assert "iom_replica_delay_seconds 0.0" in Browser().get(f"{services.second}/-/metrics", **headers).text
    services.replica.pause()
    try:
        services.site.rows("UPDATE publishing_schedulerround SET ended_at = ended_at + interval '10 minutes'")
        assert "iom_replica_delay_seconds 6" in Browser().get(f"{services.second}/-/metrics", **headers).text
        assert json.loads(Browser().get(f"{services.second}/-/ready").text)["replica"] is False
    finally:
        services.replica.resume()
        services.site.rows("UPDATE publishing_schedulerround SET ended_at = ended_at - interval '10 minutes'")
