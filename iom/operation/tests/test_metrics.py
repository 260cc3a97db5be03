"""The metrics of jobs and publications, and their token."""

from datetime import timedelta

import pytest
from django.utils import timezone

from iom.operation import metrics
from iom.publishing.models import Job


def figures():
    return {
        (family.name, *sample.labels.values()): sample.value
        for family in metrics.DatabaseCollector().collect()
        for sample in family.samples
    }


def test_without_a_token_there_are_no_figures(visitor, settings, monkeypatch, tmp_path):
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", str(tmp_path))
    settings.METRICS_TOKEN = ""
    for headers in ({}, {"authorization": ""}, {"authorization": "Bearer "}):
        assert visitor.get("/-/metrics", headers=headers).status_code == 404


def test_jobs_are_counted_by_what_becomes_of_them(db):
    Job.objects.all().delete()
    now = timezone.now()
    hour = timedelta(hours=1)
    for key, at, claimed in (
        ("waits", now - hour, None),
        ("has failed", None, None),
        ("has failed, too", None, None),
        ("runs", None, now + hour),
        ("was run by a process that was killed", None, now - hour),
        ("comes later", now + hour, None),
    ):
        Job.objects.create(kind="messages", key=key, at=at, claimed_until=claimed)
    found = figures()
    states = {state: found["iom_jobs", "messages", state] for state in ("waiting", "running", "failed")}
    assert states == {"waiting": 2, "running": 1, "failed": 2}
    assert found["iom_oldest_job_seconds", "messages"] == pytest.approx(3600, abs=60)


def test_a_late_publication_is_reported(db, monkeypatch):
    monkeypatch.setattr(metrics.schedule, "due_since", lambda now: now - timedelta(minutes=10))
    assert figures()["iom_publication_delay_seconds",] == pytest.approx(600)
