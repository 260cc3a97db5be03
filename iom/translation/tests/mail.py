"""Sends the desk's emails as the scheduler does."""

from datetime import datetime
from unittest import mock

from django.utils import timezone

from iom.publishing import jobs
from iom.translation.notifications import outbox


def send_all(now: datetime | None = None) -> jobs.JobCounts:
    """Sends all emails that are due at a moment."""
    with mock.patch.object(timezone, "now", return_value=now or timezone.now()):
        jobs.enqueue_missing([outbox.JOB])
        return jobs.run(kinds=[outbox.JOB])
