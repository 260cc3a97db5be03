"""The process that publishes and takes down what is due."""

import logging
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from iom.editorial.management.commands import scheduler
from iom.media import drawing
from iom.media.models import SiteImage
from iom.media.pictures import VERSION
from iom.tests.factories import ArticleFactory, SiteImageFactory
from newsroom.models import NewsArticle, PressArchive
from newsroom.press import making


class Stopped(Exception):
    """Ends the loop of a test."""


class Clock:
    """Time that passes only while someone sleeps."""

    def __init__(self, now):
        self.now, self.pauses = now, []

    def time(self):
        return self.now

    def sleep(self, seconds):
        self.pauses.append(seconds)
        self.now += seconds


@pytest.fixture
def clock(monkeypatch):
    clock = Clock(1_000_000_000 * 60 + 42.5)
    monkeypatch.setattr(scheduler, "time", clock)
    return clock


@pytest.fixture
def rounds(monkeypatch, clock):
    """Runs the scheduler for that many rounds, to the moment at which the next one would begin."""

    def run(number, **options):
        publish, begun = scheduler.Command.publish, []

        def counted(self, every):
            begun.append(clock.now)
            if len(begun) > number:
                raise Stopped
            publish(self, every)

        monkeypatch.setattr(scheduler.Command, "publish", counted)
        monkeypatch.setattr(scheduler, "close_old_connections", lambda: None)
        with pytest.raises(Stopped):
            call_command("scheduler", **options)
        return begun

    return run


@pytest.fixture(autouse=True)
def _nothing_waits(db, monkeypatch):
    """No picture, and no archive for the press."""
    SiteImage.objects.update(prepared_for=VERSION)
    monkeypatch.setattr(making, "make_waiting", lambda until: 0)


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
    with monkeypatch.context() as the_day_before:
        the_day_before.setattr(timezone, "now", lambda: now - timedelta(days=1))
        due, later = (ArticleFactory(live=False, go_live_at=now + timedelta(minutes=minutes)) for minutes in (-1, 1))
        for article in (due, later):
            article.save_revision().publish()
        assert not NewsArticle.objects.live().filter(pk__in=[due.pk, later.pk]).exists()

    rounds(1)

    live = NewsArticle.objects.live().values_list("pk", flat=True)
    assert due.pk in live
    assert later.pk not in live
    assert past.pk not in live


def test_rounds_begin_on_the_minute_as_embargoes_do(rounds, monkeypatch):
    monkeypatch.setattr(scheduler, "call_command", lambda *args, **options: None)

    assert [begun % 60 for begun in rounds(3)] == [42.5, 0, 0, 0]


def test_the_pause_between_rounds_may_be_another(rounds, monkeypatch):
    monkeypatch.setattr(scheduler, "call_command", lambda *args, **options: None)
    first, *others = rounds(3, every=5)

    assert [begun - first for begun in others] == [2.5, 7.5, 12.5]


def test_pictures_are_prepared_between_the_rounds_soon_after_they_come(rounds, clock, monkeypatch):
    """Publication comes first, then what waits already, then what is uploaded in the course of the minute."""
    done, uploaded = [], []

    def sleep(seconds):
        clock.now += seconds
        if len(uploaded) < 2:
            uploaded.append(SiteImageFactory())

    monkeypatch.setattr(scheduler, "call_command", lambda name, **options: done.append(name))
    monkeypatch.setattr(clock, "sleep", sleep)
    monkeypatch.setattr(drawing.time, "time", clock.time)
    prepare = drawing.prepare

    def noted(image, **options):
        done.append((image, clock.now))
        return prepare(image, **options)

    monkeypatch.setattr(drawing, "prepare", noted)
    waiting, begin = SiteImageFactory(), clock.now

    rounds(1)

    assert done == ["publish_scheduled", (waiting, begin), (uploaded[0], begin + 1), (uploaded[1], begin + 2)]
    assert {image.prepared_for for image in SiteImage.objects.all()} == {VERSION}


def test_pictures_that_fail_do_not_keep_a_text_from_being_published(rounds, monkeypatch, caplog):
    published = []

    def fail(until):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(scheduler, "call_command", lambda name, **options: published.append(name))
    monkeypatch.setattr(drawing, "prepare_waiting", fail)
    with caplog.at_level(logging.ERROR, logger="iom.scheduler"):
        begun = rounds(3)

    assert published == ["publish_scheduled"] * 3
    assert [moment % 60 for moment in begun[1:]] == [0, 0, 0]
    assert len(caplog.records) == 3, "once a round"


def test_no_picture_is_begun_when_the_next_round_is_due(rounds, clock, monkeypatch):
    monkeypatch.setattr(scheduler, "call_command", lambda *args, **options: None)
    monkeypatch.setattr(drawing.time, "time", clock.time)
    images = [SiteImageFactory() for _ in range(3)]
    begun_at = []

    def slow(image, until):
        begun_at.append(clock.now)
        clock.now += 10
        return SiteImage.objects.filter(pk=image.pk).update(prepared_for=VERSION)

    monkeypatch.setattr(drawing, "prepare", slow)
    first, second, *_others = rounds(1)

    assert second - first == 20, "17.5 seconds were left: time to begin two"
    assert begun_at == [first, first + 10]
    assert SiteImage.objects.filter(pk__in=[image.pk for image in images], prepared_for="").count() == 1


def test_archives_for_the_press_are_made_between_the_rounds_and_swept_in_each(rounds, monkeypatch, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(scheduler, "call_command", lambda *args, **options: None)
    article, hidden = ArticleFactory(), ArticleFactory(live=False)
    PressArchive.objects.create(article=hidden, file="press/token/hidden.zip")
    monkeypatch.setattr(making, "make_waiting", lambda until: making.make(article.pk))

    rounds(1)

    assert PressArchive.objects.get(article=article.pk).file
    assert not PressArchive.objects.filter(article=hidden.pk).exists()


def test_work_that_fails_is_logged_once_a_round_and_keeps_no_picture_waiting(rounds, clock, monkeypatch, caplog):
    asked, looked = [], []

    def fail(until):
        asked.append(clock.now)
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(scheduler, "call_command", lambda *args, **options: None)
    monkeypatch.setattr(making, "make_waiting", fail)
    monkeypatch.setattr(drawing, "prepare_waiting", lambda until: looked.append(clock.now))
    with caplog.at_level(logging.ERROR, logger="iom.scheduler"):
        rounds(2)

    assert len(asked) == len(caplog.records) == 2
    assert len(looked) > 70, "every second of 17.5 and of 60"


def test_pictures_that_fail_keep_no_archive_waiting(rounds, monkeypatch, caplog):
    made = []

    def fail(until):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(drawing, "prepare_waiting", fail)
    monkeypatch.setattr(making, "make_waiting", lambda until: made.append(until))
    rounds(1)

    assert len(made) > 10, "every second"
    assert len(caplog.records) == 1


def test_no_part_of_a_round_that_fails_stops_another(rounds, monkeypatch):
    """Walked from the round itself: each part fails in its turn, and all the others are done."""
    parts = {
        "joint": (scheduler.joint, "publish_due"),
        "alone": (scheduler, "call_command"),
        "letters": (scheduler.sending, "send_due"),
        "pictures": (drawing, "renew"),
        "archives": (making, "sweep"),
    }
    for failing in parts:
        done = []

        def part(name, failing=failing, done=done):
            def run(*args, **options):
                done.append(name)
                if name == failing:
                    raise RuntimeError(name)

            return run

        with monkeypatch.context() as changed:
            for name, (module, function) in parts.items():
                changed.setattr(module, function, part(name))
            scheduler.Command().publish(60)
        assert sorted(done) == sorted(parts), failing


def test_once_is_one_round_with_what_waits_and_then_it_ends(db, monkeypatch, clock):
    now = timezone.now()
    due = ArticleFactory(live=False)
    revision = due.save_revision()
    revision.approved_go_live_at = now - timedelta(minutes=1)
    revision.save()
    image, made = SiteImageFactory(), []
    monkeypatch.setattr(drawing.time, "time", clock.time)
    monkeypatch.setattr(making, "make_waiting", lambda until: made.append(until))
    monkeypatch.setattr(scheduler, "close_old_connections", lambda: None)

    call_command("scheduler", once=True)

    assert NewsArticle.objects.get(pk=due.pk).live
    assert SiteImage.objects.get(pk=image.pk).prepared_for == VERSION
    assert len(made) == 1
    assert clock.pauses == []
