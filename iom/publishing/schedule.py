"""Publishes and unpublishes what is due: one item after the other, the earliest first, each in its own transaction.

An item that fails delays no other. Several schedulers may run, but only one at a time publishes (`scheduler_lock`).
An item is read again in its transaction, with the page locked, so that nothing is done twice, or early where it has
been postponed. If a process is killed, its transaction is rolled back, and the item is still due.
"""

import logging
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection
from django.utils import timezone
from wagtail import hooks
from wagtail.models import Page, Revision

from iom.publishing import failures, locking
from iom.publishing.models import ScheduleFailure, SchedulerRound
from iom.publishing.scheduler_lock import scheduler_lock

logger = logging.getLogger(__name__)

Action = ScheduleFailure.Action
MAX_CLOCK_SKEW = timedelta(seconds=5)  # between this machine and that of the database


class WrongClock(Exception):
    """The clocks of this machine and of the database differ: items would be published early or late."""


@dataclass(frozen=True)
class DueItem:
    """A due action on a page.

    `do` is called in a transaction in which the page and its translations are locked. It checks again whether the
    action is still due.
    """

    at: datetime
    page: int
    action: str
    do: Callable[[], object]
    user: int | None = None  # who scheduled it


def publish_due() -> int | None:
    """Unpublishes expired pages, publishes revisions whose time has come, and does the items of the hook `due_items`.

    Returns the number of items that failed; None where another process is publishing. Raises WrongClock.
    """
    with scheduler_lock() as check:
        if check is None:
            return None
        _check_clock()
        items, failed_sources = _find_due(timezone.now())
        if not failed_sources:
            failures.delete_not_due((item.page, item.action) for item in items)
        failed = failed_sources + run(items, check)
        SchedulerRound.objects.update_or_create(pk=1, defaults={"ended_at": timezone.now()})
        return failed


def _check_clock() -> None:
    """Raises WrongClock where the clocks differ by too much. SQLite uses the clock of this machine."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        (theirs,) = cursor.fetchone()
    ours = datetime.fromtimestamp(time.time(), UTC)
    if abs(ours - theirs) > MAX_CLOCK_SKEW:
        raise WrongClock(f"The clock of this machine says {ours}, that of the database {theirs}.")


def last_round(using: str = DEFAULT_DB_ALIAS) -> datetime | None:
    """Returns when the last round of any scheduler ended, as read from the database `using`; None before the first."""
    return SchedulerRound.objects.using(using).values_list("ended_at", flat=True).first()


def due_since(now: datetime) -> datetime | None:
    """Returns the time of the earliest due item that has not failed; None where there is none."""
    failed = set(ScheduleFailure.objects.values_list("page_id", "action"))
    items, _failed_sources = _find_due(now)
    return min((item.at for item in items if (item.page, item.action) not in failed), default=None)


def run(items: Iterable[DueItem], check: Callable[[], None] = lambda: None) -> int:
    """Does each item that is not waiting for its next attempt, calling `check` before; returns how many failed."""
    failed_before = {(row.page_id, row.action): row for row in ScheduleFailure.objects.all()}
    failed = 0
    for item in sorted(items, key=lambda item: (item.at, item.page)):  # an original comes before its translations
        failure = failed_before.get((item.page, item.action))
        if failure is None or failure.retry_at <= timezone.now():
            check()
            failed += not _attempt(item)
    return failed


def _find_due(now: datetime) -> tuple[list[DueItem], int]:
    """Returns the due items, and the number of sources that failed."""
    items: list[DueItem] = []
    failed_sources = 0
    for source in (_expired, _scheduled, *hooks.get_hooks("due_items")):
        try:
            items += source(now)
        except Exception:  # the items of the other sources are still done
            logger.exception("%s.%s: the due items could not be found", source.__module__, source.__name__)
            failed_sources += 1
    return items, failed_sources


def _expired(now: datetime) -> Iterator[DueItem]:
    for pk, at in Page.objects.filter(live=True, expire_at__lt=now).values_list("pk", "expire_at"):
        yield DueItem(at, pk, Action.UNPUBLISH, partial(_unpublish, pk))


def _scheduled(now: datetime) -> Iterator[DueItem]:
    revisions = Revision.page_revisions.filter(approved_go_live_at__lt=now)
    for pk, at, page, user in revisions.values_list("pk", "approved_go_live_at", "object_id", "user"):
        yield DueItem(at, int(page), Action.PUBLISH, partial(_publish, pk), user)


def _unpublish(pk: int) -> None:
    for page in Page.objects.filter(pk=pk, live=True, expire_at__lt=timezone.now()):
        page.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")


def _publish(pk: int) -> None:
    for revision in Revision.objects.filter(pk=pk, approved_go_live_at__lt=timezone.now()):
        revision.publish(log_action="wagtail.publish.scheduled")


def cancel(scheduled: Iterable[Revision], user: Any = None) -> None:
    """Cancels scheduled revisions one by one, as Wagtail's button does, so that `schedule_cancelled` is sent."""
    for revision in scheduled:
        revision.approved_go_live_at = None
        revision.save(user=user, update_fields=["approved_go_live_at"])


def _attempt(item: DueItem) -> bool:
    """Does an item, and records a failure. Returns whether it was done."""
    try:
        _do(item)
        return True
    except Exception as error:
        logger.exception("Page %s: could not %s; trying again later", item.page, item.action)
        try:
            failures.record(item.page, item.action, item.user, error)
        except Exception:  # such as a page that has just been deleted
            logger.exception("Page %s: the failure could not be recorded", item.page)
        return False


@locking.atomic
def _do(item: DueItem) -> None:
    locking.lock_tree()  # a first publication needs it, and the tree has to be locked before the page
    locking.lock_translations(*Page.objects.filter(pk=item.page).values_list("translation_key", flat=True))
    item.do()
    ScheduleFailure.objects.filter(page=item.page, action=item.action).delete()
