"""The process that publishes and takes down what is due."""

import logging
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from iom.editorial.management.commands import scheduler
from iom.tests.factories import ArticleFactory
from newsroom.models import NewsArticle


class Stopped(Exception):
    """Ends the loop of a test."""


@pytest.fixture
def rounds(monkeypatch):
    """Runs the scheduler for that many rounds; the pauses that it made."""
    pauses = []

    def run(number, **options):
        def sleep(seconds):
            pauses.append(seconds)
            if len(pauses) >= number:
                raise Stopped

        monkeypatch.setattr(scheduler.time, "sleep", sleep)
        monkeypatch.setattr(scheduler, "close_old_connections", lambda: None)
        with pytest.raises(Stopped):
            call_command("scheduler", **options)
        return pauses

    return run


def test_a_round_that_fails_is_logged_and_the_next_one_runs(rounds, monkeypatch, caplog):
    asked = []

    def publish_scheduled(name, **options):
        asked.append(name)
        raise CommandError("the database is away")

    monkeypatch.setattr(scheduler, "call_command", publish_scheduled)
    with caplog.at_level(logging.ERROR, logger="iom.scheduler"):
        rounds(2)

    assert asked == ["publish_scheduled", "publish_scheduled"]
    assert len(caplog.records) == 2
    assert "the database is away" in caplog.text


def test_what_is_due_is_published_and_what_is_past_is_taken_down(rounds, db, monkeypatch):
    now, past = timezone.now(), ArticleFactory()
    NewsArticle.objects.filter(pk=past.pk).update(expire_at=now - timedelta(minutes=1))
    monkeypatch.setattr(timezone, "now", lambda: now - timedelta(days=1))
    due, later = (ArticleFactory(live=False, go_live_at=now + timedelta(minutes=minutes)) for minutes in (-1, 1))
    for article in (due, later):
        article.save_revision().publish()
    assert not NewsArticle.objects.live().filter(pk__in=[due.pk, later.pk]).exists()
    monkeypatch.undo()

    rounds(1)

    live = NewsArticle.objects.live().values_list("pk", flat=True)
    assert due.pk in live
    assert later.pk not in live
    assert past.pk not in live


def test_rounds_begin_on_the_minute_as_embargoes_do(rounds, monkeypatch):
    monkeypatch.setattr(scheduler, "call_command", lambda *args, **options: None)
    monkeypatch.setattr(scheduler.time, "time", lambda: 1_000_000_000 * 60 + 42.5)

    assert rounds(1) == [17.5]


def test_the_pause_between_rounds_may_be_another(rounds, monkeypatch):
    monkeypatch.setattr(scheduler, "call_command", lambda *args, **options: None)

    assert 0 < rounds(1, every=5)[0] <= 5
