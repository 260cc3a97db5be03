"""Of several schedulers, one publishes at a time, and nothing is done early or twice."""

import json
import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from wagtail import hooks
from wagtail.models import Page, PageLogEntry, Revision

from iom.publishing import schedule
from iom.publishing.models import ScheduleFailure
from iom.publishing.scheduler_lock import scheduler_lock
from iom.publishing.tests.due import AGO, break_revision, due_article, expired_article, is_live, make_due
from iom.tests import databases
from iom.tests.databases import manage
from iom.translation.tests.joint import ask_to_publish, english, marked_article, translate
from iom.translation.workflow import joint_publication


def elsewhere(function):
    """What `function` returns in another process: here a thread, with a connection of its own."""

    def call():
        try:
            return function()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(call).result()


def is_free():
    with scheduler_lock() as check:
        return check is not None


def test_a_turn_is_one_process_at_a_time(db):
    assert elsewhere(is_free)
    with scheduler_lock() as check:
        check()
        assert not elsewhere(is_free)
    assert elsewhere(is_free)


def test_a_turn_that_ends_with_an_error_is_over(db):
    with pytest.raises(RuntimeError), scheduler_lock():
        raise RuntimeError
    assert elsewhere(is_free)


def test_a_failure_is_logged_once_where_two_schedulers_are_at_it(db, caplog):
    """The second one looks while the first is at the item."""
    _article, revision = due_article()
    break_revision(revision)
    others = []

    def look(page, revision, user):
        others.append(elsewhere(schedule.publish_due))

    with (
        hooks.register_temporarily("before_publication", look),
        caplog.at_level(logging.ERROR, logger="iom.publishing"),
    ):
        assert schedule.publish_due() == 1

    assert others == [None], "the first is at it"
    assert len(caplog.records) == 1
    assert ScheduleFailure.objects.get().attempts == 1


def test_what_is_put_off_after_it_was_listed_is_not_done_early(db):
    article, revision = due_article()
    past = expired_article()
    found, _unknown = schedule._find_due(timezone.now())
    later = timezone.now() + timedelta(hours=1)
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=later)
    Page.objects.filter(pk=past.pk).update(expire_at=later)

    assert schedule.run(found) == 0
    assert not is_live(article)
    assert is_live(past)


def test_what_another_has_released_meanwhile_is_no_error(db, caplog):
    """A translator has finished it at that moment; the other has been deleted."""
    released, deleted = marked_article(), due_article()[0]
    ask_to_publish(released, go_live_at=timezone.now() + timedelta(minutes=5))
    translate(released)
    for revision in Revision.objects.for_instance(released).filter(approved_go_live_at__isnull=False):
        make_due(revision)
    joint_publication.JointPublication.objects.update(due_at=timezone.now() - AGO)
    found, _unknown = schedule._find_due(timezone.now())
    assert {released.pk, deleted.pk} <= {item.page for item in found}
    assert joint_publication.release(released.pk)
    Page.objects.get(pk=deleted.pk).delete()

    with caplog.at_level(logging.ERROR):
        assert schedule.run(found) == 0

    assert not caplog.records
    assert (is_live(released), is_live(english(released).page)) == (True, True)
    log = PageLogEntry.objects.filter(page=released.pk, action="wagtail.publish.scheduled")
    assert log.count() == 1


def test_the_earliest_comes_first_whatever_it_is(db):
    """One list: an expiry between two publications, and a text that goes out in both languages."""
    order, moments = [], {}
    for index, kind in enumerate(["single", "together", "expiry", "single"]):
        ago = timedelta(minutes=40 - 10 * index)
        if kind == "single":
            article, revision = due_article()
            make_due(revision, ago)
        elif kind == "expiry":
            article = expired_article()
            Page.objects.filter(pk=article.pk).update(expire_at=timezone.now() - ago)
        else:
            article = marked_article()
            ask_to_publish(article, go_live_at=timezone.now() + timedelta(minutes=5))
            translate(article)
            joint_publication.JointPublication.objects.update(due_at=timezone.now() - ago)
        moments[article.pk] = ago
    found, _unknown = schedule._find_due(timezone.now())
    done = [
        schedule.DueItem(item.at, item.page, item.action, lambda item=item: order.append(item.page)) for item in found
    ]
    schedule.run(reversed(done))

    mine = [page for page in order if page in moments]
    assert mine == list(moments)


CONNECTION_LOST = """
import json
from concurrent.futures import ThreadPoolExecutor
from django.db import connection
from iom.publishing.scheduler_lock import LockLost, scheduler_lock

def is_free():
    with scheduler_lock() as check:
        return check is not None

with scheduler_lock() as check:
    check()
    connection.close()
    connection.ensure_connection()
    try:
        check()
        kept = True
    except LockLost:
        kept = False
    with ThreadPoolExecutor(1) as pool:
        free = pool.submit(is_free).result()
print(json.dumps([kept, free]))
"""

RACE = """
import json, time
from threading import Event, Thread
from django.db import connection, transaction
from wagtail.contrib.redirects.models import Redirect
from iom.publishing import jobs

KEYS, TIMES = 3, 20
jobs.handlers.clear()
for key in range(KEYS):
    for side in ("wanted", "made"):
        Redirect.objects.create(old_path=f"/{side}/{key}", redirect_link="0")

def at(side, key):
    return Redirect.objects.filter(old_path=f"/{side}/{key}")

@jobs.handler("race")
def make(key):
    value = at("wanted", key).get().redirect_link
    time.sleep(0.01)
    at("made", key).update(redirect_link=value)

def want(first):
    for number in range(TIMES):
        for key in range(KEYS):
            with transaction.atomic():
                at("wanted", key).update(redirect_link=str(first + number))
                jobs.enqueue("race", key)
    connection.close()

over = Event()
ran = []
def work():
    while not over.is_set():
        ran.append(jobs.run())
    connection.close()

workers = [Thread(target=work) for _ in range(2)]
writers = [Thread(target=want, args=[1000 * number]) for number in range(2)]
for thread in (*workers, *writers):
    thread.start()
for thread in writers:
    thread.join()
time.sleep(0.2)
over.set()
for thread in workers:
    thread.join()
jobs.run()
made = {key: [at(side, key).get().redirect_link for side in ("wanted", "made")] for key in range(KEYS)}
print(json.dumps([made, sum(count.failed for count in ran)]))
"""


LONG = """
import json, os, subprocess, sys, time
from datetime import timedelta
from threading import Event, Thread
from django.db import connection
from iom.publishing import jobs
from iom.publishing.models import Job

jobs.handlers.clear()
jobs.LEASE, jobs.RENEWAL = timedelta(seconds=2), 0.2
begun, over = [], Event()

@jobs.handler("long", is_long=True)
def take(key):
    begun.append(key)
    over.wait(6 if len(begun) == 1 else 0)

def work():
    jobs.run()
    connection.close()

jobs.enqueue("long", "job")
first = Thread(target=work)
first.start()
time.sleep(4)
meanwhile = jobs.run()
first.join()
left = Job.objects.filter(kind="long").count()

jobs.enqueue("long", "job")  # of a process that dies
assert jobs._claim("long")
time.sleep(3)
print(json.dumps([len(begun), meanwhile, left, jobs.run()]))
"""


def test_a_long_job_is_run_by_one_and_once_more_soon_after_its_process_was_killed(site):
    begun, meanwhile, left, afterwards = in_a_shell(site, LONG)
    assert (begun, meanwhile, left) == (1, [0, 0], 0)
    assert afterwards == [1, 0]


@pytest.fixture
def site(tmp_path, demonstration):
    with databases.database(tmp_path / "site", demonstration) as environment:
        yield environment | {"DJANGO_SETTINGS_MODULE": "iom.settings.test"}


def in_a_shell(site, code):
    return json.loads(manage(site, "shell", "--verbosity", "0", "--command", code))


def test_whose_connection_is_lost_publishes_no_more_where_another_may(site):
    kept, is_free = in_a_shell(site, CONNECTION_LOST)
    assert kept is not is_free


def test_what_is_enqueued_while_it_is_being_run_is_run_afterwards(site):
    """Two workers and two who enqueue: in the end all is as it was wanted last."""
    made, failed = in_a_shell(site, RACE)
    assert failed == 0
    for wanted, found in made.values():
        assert found == wanted
