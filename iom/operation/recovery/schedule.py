"""A backup every BACKUP_HOURS, as a job, where BACKUP_TO names a place. A failed backup is a failed job."""

import time
from datetime import UTC, datetime

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy
from wagtail import hooks

from iom.operation.recovery import databases
from iom.operation.recovery.stores import store_at
from iom.operation.recovery.taking import latest_backup, prune, take
from iom.publishing import jobs
from iom.publishing.models import Job

JOB = "backup"

hooks.register("run_beside_scheduler", databases.remove_left)  # when it starts: nothing runs beside it


def _period() -> str:
    """The moment at which the present period began. Each has a job of its own, whatever became of the one before."""
    length = settings.BACKUP_HOURS * 3600
    return datetime.fromtimestamp(time.time() // length * length, UTC).isoformat()


def _is_taken(period: str) -> bool:
    try:
        latest = latest_backup()
    except Exception:  # another key, or a server that is away: then the job says so
        return False
    return latest is not None and datetime.fromisoformat(period) <= latest <= timezone.now()


def missing() -> list[str]:
    period = _period()
    return [period] if settings.BACKUP_TO and not _is_taken(period) else []


@jobs.handler(JOB, label=gettext_lazy("Take a backup"), missing=missing, is_long=True)
def back_up(period: str) -> None:
    """Takes a backup unless there is one or a later period has begun, and deletes those that are too old."""
    if period != _period() or not settings.BACKUP_TO or _is_taken(period):
        return
    store = store_at(settings.BACKUP_TO)
    take(store, settings.BACKUP_KEY)
    Job.objects.failed().filter(kind=JOB).exclude(key=period).delete()  # this one has what they would have had
    prune(store, settings.BACKUP_KEEP, settings.BACKUP_DAYS)
