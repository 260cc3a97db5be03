"""Background jobs are run once, retried, and reported if they fail."""

from datetime import timedelta
from itertools import pairwise
from types import SimpleNamespace

import pytest
from django.db import transaction
from django.utils import timezone, translation

from iom.publishing import jobs
from iom.publishing.models import Job

KIND = "test"


@pytest.fixture(autouse=True)
def _nothing_else_waits(db):
    Job.objects.all().delete()


@pytest.fixture
def ran(monkeypatch):
    """The keys that the handler has been called with. What is put into `effects` happens first, one at each call."""
    ran = Ran()
    monkeypatch.setattr(jobs, "handlers", {})
    jobs.handler(KIND)(ran)
    return ran


class Ran(list):
    def __init__(self):
        super().__init__()
        self.effects = []

    def __call__(self, key):
        self.append(key)
        if self.effects:
            self.effects.pop(0)()


def fail(error=OSError(28, "No space left on device")):  # noqa: B008
    def effect():
        raise error

    return effect


@pytest.fixture
def later(monkeypatch):
    """Lets time pass."""
    start, passed = timezone.now, timedelta()

    def pass_(**period):
        nonlocal passed
        passed += timedelta(**period)

    monkeypatch.setattr(timezone, "now", lambda: start() + passed)
    return pass_


def test_a_job_is_run_once_and_its_row_goes(ran):
    jobs.enqueue(KIND, 1)
    jobs.enqueue(KIND, "1")
    jobs.enqueue(KIND, 2)

    assert jobs.run() == (2, 0)
    assert jobs.run() == (0, 0)
    assert ran == ["1", "2"]
    assert not Job.objects.exists()


def test_it_goes_with_the_transaction_that_enqueued_it(ran):
    with transaction.atomic():
        jobs.enqueue(KIND, 1)
        transaction.set_rollback(True)

    assert jobs.run() == (0, 0)


def test_enqueued_again_while_it_runs_it_is_run_once_more_afterwards(ran):
    ran.effects = [lambda: jobs.enqueue(KIND, 1)]
    jobs.enqueue(KIND, 1)
    ran.effects.insert(0, lambda: (jobs.enqueue(KIND, 1), jobs.run()))  # another process runs nothing of it meanwhile

    assert jobs.run() == (3, 0)
    assert ran == ["1", "1", "1"]
    assert not Job.objects.exists()


def test_at_a_moment(ran, later):
    jobs.enqueue(KIND, 1, at=timezone.now() + timedelta(minutes=30))
    assert jobs.run() == (0, 0)
    later(minutes=31)
    assert jobs.run() == (1, 0)


@pytest.mark.parametrize("first", ["now", "later"])
def test_the_earlier_of_two_moments_stands(ran, first):
    moments = {"now": None, "later": timezone.now() + timedelta(hours=1)}
    jobs.enqueue(KIND, 1, at=moments.pop(first))
    jobs.enqueue(KIND, 1, at=moments.popitem()[1])

    assert jobs.run() == (1, 0)


def test_a_handler_may_ask_to_be_called_again_at_a_moment(ran, later):
    ran.effects = [lambda: jobs.enqueue(KIND, 1, at=timezone.now() + timedelta(minutes=5))]
    jobs.enqueue(KIND, 1)

    assert jobs.run() == (1, 0)
    later(minutes=6)
    assert jobs.run() == (1, 0)
    assert not Job.objects.exists()


def test_pauses_grow_and_after_the_last_attempt_it_has_failed(ran, later):
    jobs.enqueue(KIND, 1)
    ran.effects = [fail()] * 100
    attempts = []
    for minute in range(600):
        if jobs.run().failed:
            attempts.append(minute)
        later(minutes=1)

    assert [b - a for a, b in pairwise(attempts)] == [1, 2, 4, 8, 16, 32, 60, 60, 60]
    job = Job.objects.failed().get()
    assert (job.attempts, job.reason) == (10, "OSError: [Errno 28] No space left on device")
    assert job.duration is not None


def test_what_is_enqueued_again_and_again_in_an_outage_has_not_failed(ran, later):
    """As the emails to a person are, with each message, while the mail server does not answer."""
    ran.effects = [fail()] * jobs.ATTEMPTS
    for _ in range(jobs.ATTEMPTS):
        jobs.enqueue(KIND, 1)
        assert jobs.run() == (0, 1)
    assert not Job.objects.failed().exists()

    later(minutes=2)
    assert jobs.run() == (1, 0)


def test_one_that_fails_delays_no_other(ran):
    jobs.enqueue(KIND, 1)
    jobs.enqueue(KIND, 2)
    ran.effects = [fail()]

    assert jobs.run() == (1, 1)


def test_given_up_it_is_not_tried_again_until_something_is_new_or_somebody_asks(ran, later):
    jobs.enqueue(KIND, 1)
    ran.effects = [fail(jobs.GiveUp("no picture")), fail(jobs.GiveUp("no picture"))]
    jobs.run()
    later(days=1)
    jobs.enqueue_new(KIND, [1])
    assert jobs.run() == (0, 0)

    jobs.enqueue(KIND, 1)
    assert jobs.run() == (0, 1)
    jobs.try_again(Job.objects.failed())
    assert jobs.run() == (1, 0)
    assert not Job.objects.exists()


def test_of_a_process_that_was_killed_it_is_run_again_when_the_claim_has_ended(ran, later):
    jobs.enqueue(KIND, 1)
    ran.effects = [fail(SystemExit())]
    with pytest.raises(SystemExit):
        jobs.run()

    assert jobs.run() == (0, 0), "another may still be at it"
    later(minutes=11)
    assert jobs.run() == (1, 0)
    assert not Job.objects.exists()


def test_one_that_kills_its_process_each_time_has_failed_in_the_end(ran, later):
    jobs.enqueue(KIND, 1)
    for _ in range(jobs.ATTEMPTS):
        ran.effects = [fail(SystemExit())]
        with pytest.raises(SystemExit):
            jobs.run()
        later(minutes=11)

    assert jobs.run() == (0, 1)
    assert Job.objects.failed().count() == 1
    assert len(ran) == jobs.ATTEMPTS


def test_what_outlives_its_claim_does_not_end_the_one_of_another(ran, later):
    """Two processes are at it: the first ends when the second has it."""
    claimed = []

    def too_long():
        later(minutes=11)
        claimed.append(jobs._claim(KIND))

    ran.effects = [too_long]
    jobs.enqueue(KIND, 1)
    jobs.run()

    assert Job.objects.get().claimed_until == claimed[0].claimed_until


@pytest.mark.parametrize("active", ["fr", "en"])
def test_what_is_done_does_not_depend_on_the_language_that_is_active(ran, active):
    languages = []
    ran.effects = [lambda: languages.append((translation.get_language(), timezone.get_current_timezone_name()))]
    jobs.enqueue(KIND, 1)
    with translation.override(active), timezone.override("Asia/Tokyo"):
        jobs.run()

    assert languages == [("fr", "Europe/Zurich")]


def test_kinds_take_turns(ran):
    order = []
    jobs.handler("other")(lambda key: order.append("other"))
    ran.effects = [lambda: order.append(KIND)] * 3
    jobs.enqueue(KIND, 1, 2, 3)
    jobs.enqueue("other", 1, 2)
    jobs.run()

    assert order == [KIND, "other", KIND, "other", KIND]


def test_nothing_is_begun_after_the_moment(ran, monkeypatch):
    clock = iter(range(100))
    monkeypatch.setattr(jobs, "time", SimpleNamespace(time=lambda: next(clock)))
    jobs.enqueue(KIND, 1, 2, 3)

    assert jobs.run(until=4).done == 2


def test_what_nobody_enqueued_is_found(ran):
    """A look enqueues it; what is known already, also as failed, is left alone."""
    waiting = [1, 2]
    jobs.handler(KIND, missing=lambda: waiting)(ran)
    Job.objects.create(kind=KIND, key=2)
    jobs.enqueue_missing()
    jobs.run()

    assert ran == ["1"]


def test_enqueued_anew_after_the_last_attempt_it_is_tried_as_often_again(ran, later):
    ran.effects = [fail()] * (jobs.ATTEMPTS + 1)
    jobs.enqueue(KIND, 1)
    for _ in range(jobs.ATTEMPTS):
        jobs.run()
        later(hours=1)
    assert Job.objects.failed().exists()

    jobs.enqueue(KIND, 1)
    assert jobs.run() == (0, 1)
    assert "No space left" in Job.objects.get().reason
    later(minutes=2)
    assert jobs.run() == (1, 0)
    assert not Job.objects.exists()


@pytest.mark.parametrize(("reason", "attempts"), [(OSError("away"), jobs.ATTEMPTS), (jobs.GiveUp("no picture"), 1)])
def test_what_must_be_done_is_tried_again_the_day_after_it_failed_unless_it_was_given_up(ran, later, reason, attempts):
    jobs.handler(KIND, missing=lambda: ["all"])(ran)
    ran.effects = [fail(reason)] * attempts
    for _ in range(attempts):
        jobs.enqueue_missing()
        jobs.run()
        later(hours=1)
    jobs.enqueue_missing()
    assert jobs.run() == (0, 0)

    later(days=1)
    jobs.enqueue_missing()
    assert jobs.run().done == (attempts == jobs.ATTEMPTS)


def test_a_clock_that_was_ahead_keeps_nothing_waiting_that_must_be_done(ran, later):
    """The job had asked to be called again a day later."""
    jobs.handler(KIND, missing=lambda: ["all"])(ran)
    later(days=400)
    jobs.enqueue(KIND, "all", at=timezone.now() + timedelta(days=1))
    later(days=-400)
    jobs.enqueue_missing()
    assert jobs.run() == (1, 0)

    jobs.enqueue(KIND, "all", at=timezone.now() + timedelta(days=1))
    jobs.enqueue_missing()
    assert jobs.run() == (0, 0)
