"""The queue of background jobs, for work that a request does not wait for, such as renditions, archives and emails.

A job is a row for each object and kind (`Job`). It is enqueued in the transaction that causes it. The scheduler claims
it in one short transaction, runs it outside of any, and finishes it in another. A claim expires, so that the job of a
killed process is run again. A handler may therefore be called twice for the same key, and must be idempotent.
"""

import functools
import logging
import math
import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Event, Thread
from typing import NamedTuple

from django.conf import settings
from django.db import DatabaseError, InterfaceError, close_old_connections, connection, transaction
from django.db.models import Model, Q
from django.db.models.functions import Coalesce, Least
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext_noop

from iom.characters import mask_email_addresses
from iom.publishing.models import Job

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=10)  # longer than any job takes; the claim of a long job is renewed
RENEWAL = 60  # seconds between two renewals of the claim of a long job
ATTEMPTS = 10  # within four hours; then the job has failed
MAX_RETRY_DELAY = timedelta(hours=1)
REST = timedelta(days=1)  # before a failed job is enqueued again, if it is still `missing`
DAY = timedelta(days=1)
MAX_POSTPONEMENT = timedelta(days=2)  # of a `missing` job; a later time comes from a clock that was ahead

Run = Callable[[str], object]
Missing = Callable[[], Iterable[object]]


class GiveUp(Exception):
    """Raised by a handler, with the reason, where another attempt would fail too."""


class JobCounts(NamedTuple):
    """The number of jobs that were done, and of those that failed."""

    done: int = 0
    failed: int = 0


@dataclass(frozen=True)
class Handler:
    run: Run
    label: str | Promise  # shown to administrators
    model: type[Model] | None  # of the object whose key is the key of the job
    missing: Missing | None
    latest_first: bool
    is_long: bool


handlers: dict[str, Handler] = {}


def handler(
    kind: str,
    *,
    label: str | Promise = "",
    model: type[Model] | None = None,
    missing: Missing | None = None,
    latest_first: bool = False,
    is_long: bool = False,
) -> Callable[[Run], Run]:
    """Registers a function that is called with the key of each job of `kind`, in the default language.

    `missing` is called every minute, and returns the keys of all jobs that must exist, enqueued or not. A job of a
    long kind may take hours: the scheduler runs the kind in a thread of its own.
    """

    def register(run: Run) -> Run:
        handlers[kind] = Handler(run, label or kind, model, missing, latest_first, is_long)
        return run

    return register


def daily(
    kind: str, *, label: str | Promise, missing: Missing = lambda: ["all"], is_long: bool = False
) -> Callable[[Callable[[], object]], Callable[..., None]]:
    """Registers a function that is called once a day: its job enqueues itself for the next day."""

    def register(run: Callable[[], object]) -> Callable[..., None]:
        @functools.wraps(run)
        def run_today(key: str = "all") -> None:
            run()
            enqueue(kind, key, at=timezone.now() + DAY)

        handler(kind, label=label, missing=missing, is_long=is_long)(run_today)
        return run_today

    return register


def enqueue(kind: str, *keys: object, at: datetime | None = None) -> None:
    """Enqueues jobs for now or for the time `at`. They run after the caller's transaction is committed.

    A job that is already waiting runs at the earlier of both times. A job that is running runs once more. A job that
    is enqueued for now gets all attempts again: otherwise a few messages in an outage of the mail server would use
    up those of an email.
    """
    # The rows stay locked until the caller commits, so that nothing runs them before.
    if at is None:
        Job.objects.bulk_create(
            _rows(kind, keys, timezone.now()),
            update_conflicts=True,
            unique_fields=["kind", "key"],
            update_fields=["at", "attempts"],
        )
    else:
        # Update before insert, so that a job that finishes between the two statements is enqueued again.
        Job.objects.filter(kind=kind, key__in=map(str, keys)).update(at=Least(Coalesce("at", at), at))
        enqueue_new(kind, keys, at=at)


def enqueue_new(kind: str, keys: Iterable[object], *, at: datetime | None = None) -> None:
    """Enqueues jobs that do not exist yet. Does not change those that wait, run or have failed."""
    Job.objects.bulk_create(_rows(kind, keys, at or timezone.now()), ignore_conflicts=True)


def _rows(kind: str, keys: Iterable[object], at: datetime) -> list[Job]:
    """Returns the rows sorted by key, so that all transactions lock them in the same order."""
    return [Job(kind=kind, key=key, at=at) for key in sorted(set(map(str, keys)))]


def enqueue_missing(kinds: Iterable[str] | None = None) -> None:
    """Enqueues `missing` jobs that no signal has enqueued, such as after an `update()`, or that would run too late."""
    now = timezone.now()
    has_rested = Q(at=None, claimed_until=None, attempts=ATTEMPTS, tried_at__lt=now - REST)
    current = Job.objects.exclude(has_rested).exclude(at__gt=now + MAX_POSTPONEMENT)
    for kind in handlers if kinds is None else kinds:
        if (missing := handlers[kind].missing) is None:
            continue
        try:
            known = set(current.filter(kind=kind).values_list("key", flat=True))
            if new := [key for key in map(str, missing()) if key not in known]:
                enqueue(kind, *new)
        except Exception:
            logger.exception("Job %s: the missing jobs could not be found", kind)


def kinds(*, is_long: bool) -> list[str]:
    """Returns the long kinds, or all others."""
    return [kind for kind, handler in handlers.items() if handler.is_long is is_long]


def run(until: float = math.inf, kinds: Iterable[str] | None = None) -> JobCounts:
    """Runs the due jobs, one of each kind in turn. Starts none after the time `until`."""
    done = failed = 0
    wanted = list(handlers if kinds is None else kinds)
    while time.time() < until:
        due = Job.objects.due(timezone.now()).filter(kind__in=wanted)
        waiting = sorted(due.values_list("kind", flat=True).distinct(), key=wanted.index)
        if not waiting:
            break
        for kind in waiting:
            if time.time() < until and (job := _claim(kind)):
                is_done = _run(job)
                done, failed = done + is_done, failed + (not is_done)
                close_broken_connections()
    return JobCounts(done, failed)


def close_broken_connections() -> None:
    """Closes broken and old connections, as Django does after each request. Does nothing within a transaction."""
    if not connection.in_atomic_block:
        close_old_connections()


def try_again(jobs: Iterable[Job]) -> None:
    """Enqueues failed jobs again, with the full number of attempts."""
    for job in jobs:
        Job.objects.failed().filter(pk=job.pk).update(at=timezone.now(), attempts=0)


def _claim(kind: str) -> Job | None:
    """Claims the next job of the kind, so that no other process runs it before the lease expires."""
    now = timezone.now()
    with transaction.atomic():
        due = Job.objects.select_for_update(skip_locked=True, no_key=True).due(now).filter(kind=kind)
        direction = "-" if handlers[kind].latest_first else ""
        job = due.order_by(f"{direction}at", f"{direction}pk").first()
        if job is None:
            return None
        # A job that was enqueued for a later time after its last attempt starts again. An expired claim belongs to a
        # killed process, whose attempt counts.
        attempts = job.attempts + 1 if job.attempts < ATTEMPTS or job.claimed_until else 1
        job.at, job.claimed_until, job.attempts = None, now + LEASE, attempts
        Job.objects.filter(pk=job.pk).update(at=None, claimed_until=job.claimed_until, attempts=job.attempts)
    return job


def _run(job: Job) -> bool:
    """Runs a claimed job. Returns whether it was done."""
    began = timezone.now()
    try:
        if job.attempts > ATTEMPTS:
            raise GiveUp(gettext_noop("The process stopped during every attempt."))
        with _keep_claimed(job), translation.override(settings.LANGUAGE_CODE), timezone.override(None):
            handlers[job.kind].run(job.key)
    except Exception as error:
        logger.exception("Job %s %s: attempt %d has failed", job.kind, job.key, job.attempts)
        _finish(job, began, error)
        return False
    _finish(job, began)
    return True


@contextmanager
def _keep_claimed(job: Job) -> Iterator[None]:
    """Renews the claim of a long job while it runs. If the process is killed, the claim expires as usual."""
    stop = Event()
    thread = Thread(target=_renew_claim, args=(job, stop), daemon=True)
    if handlers[job.kind].is_long:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        if thread.is_alive():
            thread.join()


def _renew_claim(job: Job, stop: Event) -> None:
    while not stop.wait(RENEWAL):
        until = timezone.now() + LEASE
        try:
            if not Job.objects.filter(pk=job.pk, claimed_until=job.claimed_until).update(claimed_until=until):
                break  # another process runs it
            job.claimed_until = until
        except (DatabaseError, InterfaceError):
            logger.warning("Job %s %s: the claim could not be renewed", job.kind, job.key)
            close_broken_connections()
    connection.close()


def _finish(job: Job, began: datetime, error: Exception | None = None) -> None:
    with transaction.atomic():
        ours = Job.objects.select_for_update().filter(pk=job.pk, claimed_until=job.claimed_until)
        row = ours.first()  # None where the lease has expired and another process has claimed it
        if row is None:
            return
        if error is not None:
            is_over = isinstance(error, GiveUp) or row.attempts >= ATTEMPTS
            again = row.at or (None if is_over else timezone.now() + retry_delay(row.attempts))
            reason = str(error) if isinstance(error, GiveUp) else "".join(traceback.format_exception_only(error))
            reason = mask_email_addresses(reason)  # a mail server that refuses an address names it
            ours.update(
                at=again, claimed_until=None, tried_at=began, duration=timezone.now() - began, reason=reason.strip()
            )
        elif row.at is None:
            row.delete()
        else:  # enqueued again in the meantime
            ours.update(claimed_until=None, attempts=0, tried_at=None, duration=None, reason="")


def retry_delay(attempts: int) -> timedelta:
    """Returns the pause before the next attempt: a minute, doubled with each attempt, at most an hour."""
    return min(timedelta(minutes=2 ** min(attempts - 1, 10)), MAX_RETRY_DELAY)
