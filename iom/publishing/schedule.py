"""What is due is done item by item, each in a transaction of its own: one that fails delays no other.

Several schedulers may run at once. An item is read again inside its transaction, where it is locked (PostgreSQL) or
every other writer waits (SQLite), so that what another process has done is not done twice. A process that is killed
leaves nothing behind: its transaction is rolled back, and the item is still due.
"""

import logging
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, Revision

from iom.publishing import reasons
from iom.publishing.models import ScheduleFailure

logger = logging.getLogger("iom.scheduler")

Action = ScheduleFailure.Action
LONGEST_PAUSE = timedelta(hours=1)
_BEGINS_EARLY = timedelta(seconds=30)  # a pause of a minute ends with the next round, whatever the seconds


@dataclass(frozen=True)
class Due:
    """Something to do with a page. `do` is called in a transaction, and finds out whether it is still due."""

    page: int
    action: str
    do: Callable[[], Any]
    user: int | None = None  # who wanted it


def run(items: Iterable[Due], actions: Collection[str]) -> None:
    """Does each item that is not waiting for its next attempt. `items` is all that is due of `actions`: failures of
    those that are due no more are forgotten."""
    items = list(items)
    failures = {(row.page_id, row.action): row for row in ScheduleFailure.objects.filter(action__in=actions)}
    over = failures.keys() - {(item.page, item.action) for item in items}
    ScheduleFailure.objects.filter(pk__in=[failures[one].pk for one in over]).delete()
    for item in items:
        failure = failures.get((item.page, item.action))
        if failure is None or failure.retry_at <= timezone.now():
            _attempt(item, failure)


def publish_due() -> None:
    """Takes down the pages that have expired, and publishes the revisions whose time has come."""
    run(_due(timezone.now()), [Action.PUBLISH, Action.UNPUBLISH])


def forget(page: int) -> None:
    """The page has been published or scheduled anew."""
    ScheduleFailure.objects.filter(page=page).delete()


def _due(now: datetime) -> Iterator[Due]:
    """The pages that have expired, then the revisions whose time has come, the earliest first."""
    expired = Page.objects.filter(live=True, expire_at__lt=now).order_by("expire_at")
    for pk in expired.values_list("pk", flat=True):
        yield Due(pk, Action.UNPUBLISH, partial(_unpublish, pk))
    revisions = Revision.page_revisions.filter(approved_go_live_at__lt=now).order_by("approved_go_live_at")
    for pk, page, user in revisions.values_list("pk", "object_id", "user"):
        yield Due(int(page), Action.PUBLISH, partial(_publish, pk), user)


def _unpublish(pk: int) -> None:
    still_due = Page.objects.select_for_update().filter(pk=pk, live=True, expire_at__lt=timezone.now())
    for page in still_due:
        page.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")


def _publish(pk: int) -> None:
    still_due = Revision.objects.select_for_update().filter(pk=pk, approved_go_live_at__lt=timezone.now())
    for revision in still_due:
        revision.publish(log_action="wagtail.publish.scheduled")


def _attempt(item: Due, failure: ScheduleFailure | None) -> None:
    try:
        with transaction.atomic():
            item.do()
            if failure is not None:
                failure.delete()
    except Exception as error:
        logger.exception("Page %s: could not %s; trying again later", item.page, item.action)
        try:
            _note(item, error)
        except Exception:  # the page has just been deleted
            logger.exception("Page %s: the failure could not be kept", item.page)


def _note(item: Due, error: Exception) -> None:
    """Keeps the failure for the page's officer. The pauses double, from a minute on."""
    now = timezone.now()
    row = ScheduleFailure.objects.filter(page=item.page, action=item.action).first()
    row = row or ScheduleFailure(page_id=item.page, action=item.action)
    pause = min(timedelta(minutes=2 ** min(row.attempts, 10)), LONGEST_PAUSE)
    row.attempts += 1
    row.failed_at, row.retry_at = now, now + pause - _BEGINS_EARLY
    row.scheduled_by_id = item.user
    row.reasons = reasons.of(error, Page.objects.get(pk=item.page).specific_class)
    with transaction.atomic():
        row.save()
