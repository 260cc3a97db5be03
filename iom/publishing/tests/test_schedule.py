"""Due items are done one by one; a failure delays no other item, and its officer is notified."""

import time
from datetime import timedelta
from itertools import pairwise

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone, translation
from wagtail import hooks
from wagtail.models import DraftStateMixin, Page, PageLogEntry, Revision

from iom.publishing import schedule
from iom.publishing.models import ScheduleFailure
from iom.publishing.tests.due import break_revision, due_article, expired_article, is_live, make_due
from iom.tests.factories import ArticleFactory
from iom.translation.tests.joint import ask_to_publish, english, marked_article, translate
from iom.users.models import User

TOO_LONG = {"fr": "255 caractères", "en": "255 characters"}


@pytest.fixture
def officer(db):
    return User.objects.get(email="officer@example.org")


@pytest.fixture
def failing(officer):
    article, revision = due_article(owner=officer)
    break_revision(revision)
    return article


def later(monkeypatch, **period):
    now = timezone.now() + timedelta(**period)
    monkeypatch.setattr(timezone, "now", lambda: now)


def test_one_that_fails_delays_no_other(failing):
    others = [due_article()[0] for _ in range(3)]
    past = expired_article()

    call_command("publish_scheduled", verbosity=0)

    assert not is_live(failing)
    assert all(is_live(other) for other in others)
    assert not is_live(past)


@pytest.mark.postgresql
@pytest.mark.parametrize("hours", [-1, 1])
def test_a_machine_whose_clock_is_wrong_publishes_nothing(db, monkeypatch, hours):
    article, now = due_article()[0], time.time
    with monkeypatch.context() as wrong:
        wrong.setattr(time, "time", lambda: now() + 3600 * hours)
        with pytest.raises(schedule.WrongClock):
            schedule.publish_due()
    assert not is_live(article)
    assert schedule.publish_due() == 0
    assert is_live(article)


def test_an_expiry_that_fails_delays_no_other(db, monkeypatch):
    stuck, past, (due, _revision) = expired_article(), expired_article(), due_article()
    unpublish = Page.unpublish

    def fail(self, **options):
        if self.pk == stuck.pk:
            raise OSError(28, "No space left on device")
        unpublish(self, **options)

    monkeypatch.setattr(Page, "unpublish", fail)

    call_command("publish_scheduled", verbosity=0)

    assert (is_live(stuck), is_live(past), is_live(due)) == (True, False, True)
    assert ScheduleFailure.objects.get().action == schedule.Action.UNPUBLISH


def test_nothing_of_a_publication_that_fails_half_way_remains(db, monkeypatch):
    article, _revision = due_article(title="Titre")

    def fail(page, revision, user):
        Page.objects.filter(pk=page.pk).update(draft_title="half")
        raise RuntimeError

    with hooks.register_temporarily("before_publication", fail):
        call_command("publish_scheduled", verbosity=0)

    assert Page.objects.get(pk=article.pk).draft_title == "Titre"
    assert ScheduleFailure.objects.get().page_id == article.pk


def test_pauses_grow_from_a_minute_to_an_hour(failing, monkeypatch):
    attempts = []
    with hooks.register_temporarily("before_publication", lambda *args: attempts.append(timezone.now())):
        for _minute in range(300):
            call_command("publish_scheduled", verbosity=0)
            later(monkeypatch, minutes=1)

    pauses = [round((b - a).total_seconds() / 60) for a, b in pairwise(attempts)]
    assert pauses == [1, 2, 4, 8, 16, 32, 60, 60, 60]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_reason_is_kept_in_every_language(failing, language):
    call_command("publish_scheduled", verbosity=0)

    with translation.override(language):
        assert TOO_LONG[language] in ScheduleFailure.objects.get().reason


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_fault_of_the_system_is_said_without_its_inside(db, language):
    due_article()

    def fail(page, revision, user):
        raise RuntimeError("secret")

    with hooks.register_temporarily("before_publication", fail):
        call_command("publish_scheduled", verbosity=0)

    with translation.override(language):
        reason = ScheduleFailure.objects.get().reason
    assert "RuntimeError" in reason
    assert "secret" not in reason
    assert ("journal" if language == "fr" else "log") in reason


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_officer_reads_why_on_the_first_page_and_above_the_form(failing, sign_in, language):
    from wagtail.users.models import UserProfile

    call_command("publish_scheduled", verbosity=0)
    client = sign_in("officer")
    UserProfile.objects.update_or_create(user=failing.owner, defaults={"preferred_language": language})

    for address in (reverse("wagtailadmin_home"), reverse("wagtailadmin_pages:edit", args=[failing.pk])):
        assert TOO_LONG[language] in client.get(address).content.decode(), address


def test_editors_see_what_failed_for_others_and_officers_their_own(sign_in, officer):
    _article, revision = due_article(owner=User.objects.get(email="admin@example.org"), title="D’un autre")
    break_revision(revision)
    call_command("publish_scheduled", verbosity=0)

    first_page = reverse("wagtailadmin_home")
    assert TOO_LONG["fr"] in sign_in("editor").get(first_page).content.decode()
    assert TOO_LONG["fr"] not in sign_in("officer").get(first_page).content.decode()
    assert "D’un autre" not in sign_in("translator.en").get(first_page).content.decode()


def test_published_by_hand_it_is_forgotten(failing):
    call_command("publish_scheduled", verbosity=0)
    ArticleFactory._meta.model.objects.get(pk=failing.pk).save_revision().publish()

    assert is_live(failing)
    assert not ScheduleFailure.objects.exists()


def test_scheduled_anew_it_is_forgotten_and_published_when_its_minute_comes(failing, monkeypatch):
    call_command("publish_scheduled", verbosity=0)
    article = ArticleFactory._meta.model.objects.get(pk=failing.pk)
    article.go_live_at = timezone.now() + timedelta(minutes=5)
    article.save_revision().publish()
    assert not ScheduleFailure.objects.exists()

    later(monkeypatch, minutes=6)
    call_command("publish_scheduled", verbosity=0)
    assert is_live(failing)


def test_taken_back_it_is_forgotten_with_the_next_round(failing):
    call_command("publish_scheduled", verbosity=0)
    Revision.objects.for_instance(failing).update(approved_go_live_at=None)
    call_command("publish_scheduled", verbosity=0)

    assert not ScheduleFailure.objects.exists()


def test_once_repaired_it_is_published_at_the_next_attempt_and_forgotten(failing, monkeypatch):
    call_command("publish_scheduled", verbosity=0)
    revision = failing.revisions.get()
    Revision.objects.filter(pk=revision.pk).update(content=revision.content | {"title": "Kurz"})
    later(monkeypatch, minutes=2)
    call_command("publish_scheduled", verbosity=0)

    assert is_live(failing)
    assert not ScheduleFailure.objects.exists()


def test_a_joint_publication_that_fails_is_shown_and_delays_no_other(officer, monkeypatch):
    failing, other = marked_article(), marked_article()
    for article in (failing, other):
        ask_to_publish(article, go_live_at=timezone.now() + timedelta(minutes=5))
        translate(article)
    later(monkeypatch, minutes=6)
    hold = hooks.get_hooks("before_publication")
    assert hold

    def fail(page, revision, user):
        if page.pk == failing.pk:
            raise ValidationError("No, says the test.")

    with hooks.register_temporarily("before_publication", fail):
        schedule.publish_due()

    assert (is_live(failing), is_live(other), is_live(english(other).page)) == (False, True, True)
    reasons = {failure.reason for failure in ScheduleFailure.objects.filter(page=failing.pk)}
    assert reasons == {"No, says the test."}

    later(monkeypatch, minutes=5)
    schedule.publish_due()
    assert is_live(failing)
    assert not ScheduleFailure.objects.exists()


def test_what_another_process_has_done_is_not_done_again(db):
    """As two schedulers find the same item, and one is the slower."""
    article, _revision = due_article()
    past = expired_article()
    found, _unknown = schedule._find_due(timezone.now())
    call_command("publish_scheduled", verbosity=0)

    schedule.run(found)

    entries = PageLogEntry.objects.filter(page__in=[article.pk, past.pk]).values_list("page", "action")
    scheduled = [entry for entry in entries if entry[1].endswith(".scheduled")]
    assert sorted(scheduled) == sorted(
        [(article.pk, "wagtail.publish.scheduled"), (past.pk, "wagtail.unpublish.scheduled")]
    )


def test_a_dry_run_does_nothing(db, capsys):
    article, _revision = due_article()
    call_command("publish_scheduled", dryrun=True)

    assert not is_live(article)
    assert article.slug in capsys.readouterr().out


def test_pages_are_all_that_can_be_scheduled():
    """What has a draft and is no page would need a line of its own in `schedule`."""
    assert not [
        model for model in apps.get_models() if issubclass(model, DraftStateMixin) and not issubclass(model, Page)
    ]


def test_an_update_that_is_due_is_published_over_the_live_page(db):
    article = ArticleFactory(title="Avant")
    article.title = "Après"
    make_due(article.save_revision())
    call_command("publish_scheduled", verbosity=0)

    assert Page.objects.get(pk=article.pk).title == "Après"


@pytest.mark.parametrize("pause", [0, 5])
def test_an_update_outlives_the_end_of_the_text_before(db, monkeypatch, pause):
    end = timezone.now() + timedelta(minutes=5)
    article = ArticleFactory(title="Avant", expire_at=end)
    article.title, article.expire_at, article.go_live_at = "Après", None, end + timedelta(minutes=pause)
    article.save_revision().publish()

    later(monkeypatch, minutes=6)
    call_command("publish_scheduled", verbosity=0)
    assert is_live(article) == (pause == 0)

    later(monkeypatch, minutes=6)
    call_command("publish_scheduled", verbosity=0)
    page = Page.objects.get(pk=article.pk)
    assert (page.live, page.title) == (True, "Après")
