"""The scheduler process, which publishes and unpublishes what is due, and runs jobs in threads."""

import logging
import time
from datetime import timedelta
from threading import Event

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from wagtail import hooks

from iom.media.models import SiteImage
from iom.media.pictures import VERSION
from iom.publishing import jobs, schedule
from iom.publishing.management.commands import scheduler
from iom.publishing.models import Job, ScheduleFailure
from iom.publishing.tests.due import break_revision, due_article, expired_article, is_live
from iom.tests.factories import SiteImageFactory


class Stopped(Exception):
    """Ends the loop of a test."""


class Clock:
    """Time that passes only while someone sleeps."""

    def __init__(self, now):
        self.now, self.pauses = now, []

    def time(self):
        return self.now

    def sleep(self, seconds):
        self.pauses.append(seconds)
        self.now += seconds


@pytest.fixture
def clock(monkeypatch):
    clock = Clock(1_000_000_000 * 60 + 42.5)
    monkeypatch.setattr(scheduler, "time", clock)
    return clock


@pytest.fixture
def rounds(monkeypatch, clock):
    """Runs the scheduler for that many rounds, without jobs; when each of them began, and the next one."""

    def run(number, **options):
        publish, begun = scheduler.Command.publish, []

        def counted(self, every):
            begun.append(clock.now)
            if len(begun) > number:
                raise Stopped
            return publish(self, every)

        monkeypatch.setattr(scheduler.Command, "publish", counted)
        monkeypatch.setattr(scheduler.Command, "work", lambda self, stop, every, kinds: stop.wait())
        with pytest.raises(Stopped):
            call_command("scheduler", **options)
        return begun

    return run


@pytest.fixture(autouse=True)
def _nothing_waits(db, monkeypatch):
    """No picture of the demonstration, and no archive for the press."""
    SiteImage.objects.update(prepared_for=VERSION)
    Job.objects.all().delete()
    monkeypatch.setattr(jobs, "handlers", {"picture": jobs.handlers["picture"]})


def test_a_round_that_fails_is_logged_and_the_next_one_runs(rounds, monkeypatch, caplog):
    asked = []

    def fail():
        asked.append(True)
        raise OSError("the database is away")

    monkeypatch.setattr(schedule, "publish_due", fail)
    with caplog.at_level(logging.ERROR, logger="iom.publishing"):
        begun = rounds(2)

    assert len(asked) == len(caplog.records) == 2
    assert "the database is away" in caplog.text
    assert [moment % 60 for moment in begun] == [42.5, 0, 0]


def test_what_is_due_is_published_and_what_is_past_is_taken_down(rounds):
    due, _revision = due_article()
    later, revision = due_article()
    revision.approved_go_live_at = timezone.now() + timedelta(minutes=1)
    revision.save()
    past = expired_article()

    rounds(1)

    assert (is_live(due), is_live(later), is_live(past)) == (True, False, False)


def test_rounds_begin_on_the_minute_as_embargoes_do(rounds):
    assert [begun % 60 for begun in rounds(3)] == [42.5, 0, 0, 0]


def test_the_pause_between_rounds_may_be_another(rounds):
    first, *others = rounds(3, every=5)

    assert [begun - first for begun in others] == [2.5, 7.5, 12.5]


def test_while_another_process_publishes_it_looks_every_second_whether_that_one_is_there(rounds, monkeypatch):
    answers = [None, None, 0, 0]
    monkeypatch.setattr(schedule, "publish_due", lambda: answers.pop(0))
    first, *others = rounds(4)

    assert [moment - first for moment in others] == [1, 2, 17.5, 77.5]


def test_a_source_that_fails_keeps_nothing_of_another_from_being_done(rounds, caplog):
    """Walked from the schedule itself: each source fails in its turn."""
    other, _revision = due_article()
    break_revision(_revision)
    schedule.publish_due()

    def fail(now):
        raise RuntimeError("away")

    due, _revision = due_article()
    with hooks.register_temporarily("due_items", fail), caplog.at_level(logging.ERROR, logger="iom.publishing"):
        rounds(1)

    assert is_live(due)
    assert "away" in caplog.text
    assert ScheduleFailure.objects.get().page_id == other.pk, "what is not known to be over is not forgotten"


@pytest.fixture
def work(monkeypatch):
    """The thread that runs jobs, for that many looks."""
    monkeypatch.setattr(scheduler, "POLL", 5)  # a slow machine begins a job within it

    def run(looks):
        stop, count = Event(), []
        real = stop.wait

        def wait(seconds):
            count.append(seconds)
            if len(count) >= looks:
                stop.set()
            return real(min(seconds, 0.01))

        stop.wait = wait
        scheduler.Command().work(stop, 60)
        return count

    return run


def test_pictures_are_prepared_as_they_come(work):
    image = SiteImageFactory()
    waits = work(3)

    assert SiteImage.objects.get(pk=image.pk).prepared_for == VERSION
    assert waits == [0, 5, 5], "after some work it looks again at once"


def test_jobs_that_cannot_be_run_are_tried_again_after_a_minute(work, monkeypatch, caplog):
    def away(**options):
        raise OSError("the database is away")

    monkeypatch.setattr(jobs, "run", away)
    assert work(2) == [60, 60]
    assert len(caplog.records) == 2


def test_a_job_that_takes_long_delays_no_publication(db, monkeypatch):
    """The loop goes on while the job is being run, and waits for its end when it is stopped."""
    running, go_on, published, ended = Event(), Event(), [], []

    def work(self, stop, every, kinds):
        running.set()
        go_on.wait(10)
        time.sleep(0.1)
        ended.append(stop.is_set())

    def publish(self, every):
        assert running.wait(10)
        published.append(time.time())
        if len(published) == 3:
            go_on.set()
            raise Stopped
        return 0

    monkeypatch.setattr(scheduler.Command, "work", work)
    monkeypatch.setattr(scheduler.Command, "publish", publish)
    for kind in ("backup", "links at night"):
        jobs.handler(kind, is_long=True)(lambda key: None)
    with pytest.raises(Stopped):
        call_command("scheduler")

    assert len(published) == 3
    assert ended == [True] * 3, "the thread of jobs, and that of each long kind"


def test_the_process_ends_where_its_jobs_are_run_no_more(monkeypatch):
    """Then it is started again."""
    monkeypatch.setattr(scheduler.Command, "work", lambda *args: None)
    monkeypatch.setattr(scheduler.Command, "publish", lambda self, every: 0.1)
    with pytest.raises(CommandError):
        call_command("scheduler")


def test_the_process_ends_where_what_runs_beside_it_does_no_more(monkeypatch):
    monkeypatch.setattr(scheduler.Command, "work", lambda self, stop, every, kinds: stop.wait())
    monkeypatch.setattr(scheduler.Command, "publish", lambda self, every: 0.1)
    monkeypatch.setattr(scheduler, "GRACE", 1)
    with (
        hooks.register_temporarily("run_beside_scheduler", lambda: lambda stop: None),
        pytest.raises(CommandError, match="HTTP cache"),
    ):
        call_command("scheduler", every=1)


def test_no_long_kind_waits_for_another(monkeypatch):
    """As a backup does not for the hours in which links are checked."""
    at_work, stop = Event(), Event()
    jobs.handler("links at night", is_long=True)(lambda key: None)
    jobs.handler("backup", is_long=True)(lambda key: None)

    def work(self, stopped, every, kinds):
        if kinds == ["links at night"]:
            assert at_work.wait(10)
        elif kinds == ["backup"]:
            at_work.set()
        stop.set()
        stopped.wait()

    def publish(self, every):
        assert stop.wait(10)
        assert at_work.wait(10)
        raise Stopped

    monkeypatch.setattr(scheduler.Command, "work", work)
    monkeypatch.setattr(scheduler.Command, "publish", publish)
    with pytest.raises(Stopped):
        call_command("scheduler")


def test_once_is_one_round_with_all_jobs_and_then_it_ends():
    due, _revision = due_article()
    image = SiteImageFactory()
    SiteImage.objects.filter(pk=image.pk).update(prepared_for="another version")
    Job.objects.all().delete()

    call_command("scheduler", once=True)

    assert is_live(due)
    assert SiteImage.objects.get(pk=image.pk).prepared_for == VERSION


@pytest.mark.parametrize("what", ["a text", "a job"])
def test_once_says_that_something_has_failed(what):
    if what == "a text":
        _article, revision = due_article()
        break_revision(revision)
    else:
        image = SiteImageFactory()
        image.file.storage.delete(image.file.name)

    with pytest.raises(CommandError) as refused:
        call_command("scheduler", once=True)
    assert refused.value.returncode == 1
    call_command("scheduler", once=True)  # which has nothing to try now


@pytest.mark.parametrize("every", ["0", "-1"])
def test_an_invalid_pause_is_refused(every):
    with pytest.raises(CommandError, match="--every"):
        call_command("scheduler", "--every", every)
