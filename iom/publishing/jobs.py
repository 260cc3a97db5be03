"""Background jobs: work that a request causes and does not wait for, such as renditions, archives, e-mails.

A job is a row for each object and kind (`Job`). It is enqueued in the transaction that causes it, and run by the
scheduler: claimed in one short transaction, run outside of any, finished in another. A claim expires, so that the job
of a killed process is run again. A handler may therefore be called twice for the same key, and must be idempotent.
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

from iom.characters import hide_addresses
from iom.publishing.models import Job

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=10)  # longer than any job takes; of a long kind it is renewed
RENEWAL = 60  # seconds
ATTEMPTS = 10  # in four hours; after that it has failed
LONGEST_DELAY = timedelta(hours=1)
REST = timedelta(days=1)  # before what must be done is tried again, once all attempts have failed
DAY = timedelta(days=1)
LONGEST_WAIT = timedelta(days=2)  # of what must be done; a later moment is of a clock that was ahead

Run = Callable[[str], object]
Missing = Callable[[], Iterable[object]]


class GiveUp(Exception):
    """Raised by a handler, with the reason, where another attempt would fail as well."""


class Count(NamedTuple):
    """How many jobs were done, and how many failed."""

    done: int = 0
    failed: int = 0


@dataclass(frozen=True)
class Handler:
    run: Run
    label: str | Promise  # what is done, for administrators
    model: type[Model] | None  # of the object that the key names
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

    `missing` returns the keys of all that must be done, enqueued or not; it is called every minute. A long kind may
    take hours: the scheduler runs it in a thread of its own.
    """

    def register(run: Run) -> Run:
        handlers[kind] = Handler(run, label or kind, model, missing, latest_first, is_long)
        return run

    return register


def daily(
    kind: str, *, label: str | Promise, missing: Missing = lambda: ["all"], is_long: bool = False
) -> Callable[[Callable[[], object]], Callable[..., None]]:
    """Registers a function that is called once a day: its job enqueues itself for the next one."""

    def register(run: Callable[[], object]) -> Callable[..., None]:
        @functools.wraps(run)
        def run_today(key: str = "all") -> None:
            run()
            enqueue(kind, key, at=timezone.now() + DAY)

        handler(kind, label=label, missing=missing, is_long=is_long)(run_today)
        return run_today

    return register


def enqueue(kind: str, *keys: object, at: datetime | None = None) -> None:
    """Has the jobs run, now or at a moment, after the caller's transaction is committed.

    A job that is waiting already is run at the earlier of both moments; one that is running is run once more.
    """
    # The rows stay locked until the caller commits: nothing runs them before.
    if at is None:
        Job.objects.bulk_create(
            _rows(kind, keys, timezone.now()),
            update_conflicts=True,
            unique_fields=["kind", "key"],
            update_fields=["at"],
        )
    else:
        # In this order: a job that is finished between the two statements is enqueued again.
        Job.objects.filter(kind=kind, key__in=map(str, keys)).update(at=Least(Coalesce("at", at), at))
        enqueue_new(kind, keys, at=at)


def enqueue_new(kind: str, keys: Iterable[object], *, at: datetime | None = None) -> None:
    """Enqueues jobs that do not exist yet; those that wait, run or have failed are left as they are."""
    Job.objects.bulk_create(_rows(kind, keys, at or timezone.now()), ignore_conflicts=True)


def _rows(kind: str, keys: Iterable[object], at: datetime) -> list[Job]:
    """Sorted, so that two transactions lock rows in the same order."""
    return [Job(kind=kind, key=key, at=at) for key in sorted(set(map(str, keys)))]


def enqueue_missing(kinds: Iterable[str] | None = None) -> None:
    """Enqueues what no signal has announced, such as an `update()` or a fixture, and what would not run in time."""
    now = timezone.now()
    has_rested = Q(at=None, claimed_until=None, attempts=ATTEMPTS, tried_at__lt=now - REST)
    left_alone = Job.objects.exclude(has_rested).exclude(at__gt=now + LONGEST_WAIT)
    for kind in handlers if kinds is None else kinds:
        if (missing := handlers[kind].missing) is None:
            continue
        try:
            known = set(left_alone.filter(kind=kind).values_list("key", flat=True))
            if new := [key for key in map(str, missing()) if key not in known]:
                enqueue(kind, *new)
        except Exception:
            logger.exception("%s: the missing jobs could not be found", kind)


def kinds(*, is_long: bool) -> list[str]:
    """Those that are long, or those that are not."""
    return [kind for kind, one in handlers.items() if one.is_long is is_long]


def run(until: float = math.inf, kinds: Iterable[str] | None = None) -> Count:
    """Runs what is due, one job of each kind in turn; none is started after the moment `until`."""
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
    return Count(done, failed)


def close_broken_connections() -> None:
    """Closes connections that are broken or too old, as Django does after each request; not within a transaction."""
    if not connection.in_atomic_block:
        close_old_connections()


def try_again(jobs: Iterable[Job]) -> None:
    """Has failed jobs run again, with the full number of attempts."""
    for job in jobs:
        Job.objects.failed().filter(pk=job.pk).update(at=timezone.now(), attempts=0)


def _claim(kind: str) -> Job | None:
    """The next job of the kind, which no other process runs before the lease has expired."""
    now = timezone.now()
    with transaction.atomic():
        due = Job.objects.select_for_update(skip_locked=True, no_key=True).due(now).filter(kind=kind)
        direction = "-" if handlers[kind].latest_first else ""
        job = due.order_by(f"{direction}at", f"{direction}pk").first()
        if job is None:
            return None
        # Enqueued again after the last attempt, it has all of them again. A claim that ended is of a killed process.
        attempts = job.attempts + 1 if job.attempts < ATTEMPTS or job.claimed_until else 1
        job.at, job.claimed_until, job.attempts = None, now + LEASE, attempts
        Job.objects.filter(pk=job.pk).update(at=None, claimed_until=job.claimed_until, attempts=job.attempts)
    return job


def _run(job: Job) -> bool:
    """Whether it is done."""
    began = timezone.now()
    try:
        if job.attempts > ATTEMPTS:
            raise GiveUp(gettext_noop("The process stopped during every attempt."))
        with _renewed(job), translation.override(settings.LANGUAGE_CODE), timezone.override(None):
            handlers[job.kind].run(job.key)
    except Exception as error:
        logger.exception("%s %s: failed", job.kind, job.key)
        _finish(job, began, error)
        return False
    _finish(job, began)
    return True


@contextmanager
def _renewed(job: Job) -> Iterator[None]:
    """Prolongs the claim of a long job while it runs. Where its process is killed, it is run again as any other."""
    over = Event()
    thread = Thread(target=_renew, args=(job, over), daemon=True)
    if handlers[job.kind].is_long:
        thread.start()
    try:
        yield
    finally:
        over.set()
        if thread.is_alive():
            thread.join()


def _renew(job: Job, over: Event) -> None:
    while not over.wait(RENEWAL):
        until = timezone.now() + LEASE
        try:
            if not Job.objects.filter(pk=job.pk, claimed_until=job.claimed_until).update(claimed_until=until):
                break  # another process runs it
            job.claimed_until = until
        except (DatabaseError, InterfaceError):
            logger.warning("%s %s: the claim could not be renewed", job.kind, job.key)
            close_broken_connections()
    connection.close()


def _finish(job: Job, began: datetime, error: Exception | None = None) -> None:
    with transaction.atomic():
        ours = Job.objects.select_for_update().filter(pk=job.pk, claimed_until=job.claimed_until)
        row = ours.first()  # none where the lease has expired, and another process runs it
        if row is None:
            return
        if error is not None:
            is_over = isinstance(error, GiveUp) or row.attempts >= ATTEMPTS
            again = row.at or (None if is_over else timezone.now() + retry_delay(row.attempts))
            reason = str(error) if isinstance(error, GiveUp) else "".join(traceback.format_exception_only(error))
            reason = hide_addresses(reason)  # of a mail server that refuses one
            ours.update(
                at=again, claimed_until=None, tried_at=began, duration=timezone.now() - began, reason=reason.strip()
            )
        elif row.at is None:
            row.delete()
        else:  # enqueued again meanwhile
            ours.update(claimed_until=None, attempts=0, tried_at=None, duration=None, reason="")


def retry_delay(attempts: int) -> timedelta:
    """The pause before the next attempt: a minute, doubled with each attempt, at most an hour."""
    return min(timedelta(minutes=2 ** min(attempts - 1, 10)), LONGEST_DELAY)
