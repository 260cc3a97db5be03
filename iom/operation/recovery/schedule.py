"""The job that takes a backup every BACKUP_HOURS, where BACKUP_TO is set. A failed backup is a failed job."""

import time
from datetime import UTC, datetime

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy
from wagtail import hooks

from iom.operation.recovery import databases
from iom.operation.recovery.backups import latest_backup, prune, take
from iom.operation.recovery.stores import get_store
from iom.publishing import jobs
from iom.publishing.models import Job

JOB = "backup"

# Called once, when the scheduler starts; it returns no function to run beside it.
hooks.register("run_beside_scheduler", databases.remove_leftover_folders)


def _current_period() -> str:
    """Returns when the current period began. Each period has its own job, even if that of the last one has failed."""
    length = settings.BACKUP_HOURS * 3600
    return datetime.fromtimestamp(time.time() // length * length, UTC).isoformat()


def _is_taken(period: str) -> bool:
    try:
        latest = latest_backup()
    except Exception:  # such as another key, or a server that is down: the job fails then, with the reason
        return False
    return latest is not None and datetime.fromisoformat(period) <= latest <= timezone.now()


def missing() -> list[str]:
    period = _current_period()
    return [period] if settings.BACKUP_TO and not _is_taken(period) else []


@jobs.handler(JOB, label=gettext_lazy("Take a backup"), missing=missing, is_long=True)
def back_up(period: str) -> None:
    """Takes a backup unless there is one or a later period has begun, and deletes expired backups."""
    if period != _current_period() or not settings.BACKUP_TO or _is_taken(period):
        return
    store = get_store(settings.BACKUP_TO)
    take(store, settings.BACKUP_KEY)
    Job.objects.failed().filter(kind=JOB).exclude(key=period).delete()  # this backup replaces theirs
    prune(store, settings.BACKUP_KEEP, settings.BACKUP_DAYS)
