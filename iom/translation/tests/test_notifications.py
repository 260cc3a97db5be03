"""The desk's emails: one for all messages of a user, in the user's language, as often as they choose."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.core.mail.backends import locmem
from django.urls import reverse
from django.utils import timezone
from wagtail.users.models import UserProfile

from iom.tests.factories import ArticleFactory
from iom.translation.models import Instructions, Message, MessagePreference, Question, TranslationState
from iom.translation.notifications import outbox
from iom.translation.tests.desk import body, person, prefill, republish
from iom.translation.tests.mail import send_all
from iom.translation.workflow.publication import publish
from iom.users import emails
from iom.users.models import User
from newsroom.models import NewsArticle

Kind = Message.Kind


def written(title, words="Un."):
    """An original that its officer has just published."""
    article = ArticleFactory(title=title, summary="Une phrase.", body=body(words), live=False, owner=person("officer"))
    article.save_revision(user=person("officer")).publish(user=person("officer"))
    return NewsArticle.objects.get(pk=article.pk)


def english(article):
    return TranslationState.objects.get(original=article.pk)


def translate(article, title="Title"):
    state = english(article)
    prefill(
        state, article, NewsArticle(title=title, summary="A sentence.", body=body("One.")), person("translator.en")
    )
    state.refresh_from_db()
    return publish(state, person("translator.en"))


def send(later=timedelta()):
    """Returns the emails that the scheduler sends at that time, by recipient."""
    mail.outbox.clear()
    send_all(timezone.now() + later)
    return {email.to[0].split("@")[0]: email for email in mail.outbox}


@pytest.fixture(autouse=True)
def _nothing_waits(db):
    Message.objects.all().delete()


def prefers(account, frequency):
    MessagePreference.objects.update_or_create(user=person(account), defaults={"frequency": frequency})


def test_translators_get_one_email_for_all_that_is_new(settings):
    first, second = written("Premier titre"), written("Deuxième titre", "Un secret bien gardé.")

    emails = send()

    assert set(emails) == {"translator.en"}
    email = emails["translator.en"]
    assert email.subject == "To translate: “Premier titre” and 1 other"
    for article in (first, second):
        assert article.title in email.body
        assert f"{settings.SITE_URL}/admin/pages/{english(article).page_id}/edit/" in email.body
    assert "secret" not in email.body
    assert "into English" in email.body
    assert not send(), "sent once"


def test_the_officer_is_told_that_it_is_done(settings):
    article = written("Titre")
    assert translate(article)

    emails = send()

    assert set(emails) == {"officer"}, "and the translators not of what is done already"
    assert f"{settings.SITE_URL}/en/news/title/" in emails["officer"].body
    Message.objects.all().delete()
    article.scope = "regional"
    republish(article)
    assert not send(), "nothing has been translated"


@pytest.mark.parametrize(("language", "words"), [("fr", "anglais"), ("en", "English")])
def test_an_email_is_in_its_readers_language(language, words):
    UserProfile.objects.update_or_create(user=person("translator.en"), defaults={"preferred_language": language})
    written("Titre")

    assert words in send()["translator.en"].body


def test_an_email_says_by_when_by_the_clocks_of_its_reader_and_of_the_site():
    UserProfile.objects.update_or_create(
        user=person("translator.en"), defaults={"current_time_zone": "Africa/Nairobi", "preferred_language": "en"}
    )
    article = written("Titre")
    Instructions.objects.create(page=article, urgent=True, due_at=datetime(2031, 7, 1, 7, tzinfo=UTC))

    assert "due 1 Jul 2031, 10:00 (Nairobi), 09:00 (Geneva)" in send()["translator.en"].body


def test_who_has_chosen_no_language_reads_the_one_they_translate_into():
    assert emails.language_of(person("translator.en")) == "en"
    assert emails.language_of(person("officer")) == "fr"


def test_emails_come_ten_minutes_apart_but_what_cannot_wait_at_once():
    written("Un titre")
    assert send()
    other = written("Un autre")
    assert not send(timedelta(minutes=5))
    assert "Un autre" in send(timedelta(minutes=11))["translator.en"].body

    outbox.notify([person("officer")], Kind.DONE, english(other))
    assert "officer" in send(timedelta(minutes=12))
    segment = english(other).translation.source.stringsegment_set.first()
    question = Question.objects.create(
        translation=english(other).translation, context=segment.context, string=segment.string, text="Pardon ?"
    )
    outbox.notify([person("officer")], Kind.ASKED, english(other), question)
    email = send(timedelta(minutes=13))["officer"]
    assert reverse("translation_answer", args=[question.pk]) in email.body


def test_an_email_of_a_clock_that_was_ahead_delays_no_other():
    written("Un titre")
    assert send()
    Message.objects.update(sent_at=timezone.now() + timedelta(days=400))
    written("Un autre")

    assert "Un autre" in send()["translator.en"].body


def test_a_claim_of_someone_who_has_left_silences_a_text_for_nobody():
    article = written("Un titre")
    assert translate(article)
    claimed_by("admin")(english(article))
    User.objects.filter(email="admin@example.org").update(is_active=False)
    Message.objects.all().delete()
    article.title = "Un autre titre"
    republish(article)

    assert "Un autre titre" in send()["translator.en"].body


def test_once_a_day_is_at_eight_in_the_morning():
    prefers("translator.en", "daily")
    written("Un titre")
    local = timezone.localtime()
    eight = local.replace(hour=8, minute=0, second=0, microsecond=0)
    eight += timedelta(days=1) if local >= eight else timedelta()
    until = eight.astimezone(UTC) - local.astimezone(UTC)  # clocks may change before that

    assert not send(until - timedelta(minutes=1))
    assert "translator.en" in send(until + timedelta(minutes=1))


def test_who_has_chosen_never_gets_no_email():
    prefers("translator.en", "never")
    written("Un titre")

    assert not send()
    assert not Message.objects.exists()


def claimed_by(account):
    def change(state):
        state.claimed_by = person(account)
        state.save()

    return change


def gone(state):
    User.objects.filter(email="translator.en@example.org").update(is_active=False)


def moved_to_another_language(state):
    person("translator.en").groups.clear()


def detached(state):
    state.translation.enabled = False
    state.translation.save()


@pytest.mark.parametrize("change", [claimed_by("admin"), gone, moved_to_another_language, detached])
def test_a_message_that_no_longer_applies_to_its_recipient_is_not_sent(change):
    article = written("Un titre sous embargo")
    change(english(article))

    assert "translator.en" not in send()
    assert not Message.objects.filter(recipient=person("translator.en")).exists()


def test_an_email_that_cannot_be_sent_is_sent_later_and_keeps_no_other_from_its_reader(monkeypatch):
    article = written("Un titre")
    outbox.notify([person("officer")], Kind.DONE, english(article))
    deliver = locmem.EmailBackend.send_messages

    def refused(self, emails):
        if emails[0].to == ["translator.en@example.org"]:
            raise OSError("the server is away")
        return deliver(self, emails)

    with monkeypatch.context() as patched:
        patched.setattr(locmem.EmailBackend, "send_messages", refused)
        assert set(send()) == {"officer"}

    assert not send(), "not at once"
    assert set(send(timedelta(minutes=2))) == {"translator.en"}


def test_everyone_chooses_how_often_on_the_account_page(sign_in):
    client = sign_in("translator.en")
    page = client.get(reverse("wagtailadmin_account"))
    form = {name: value for name, value in _fields(page) if isinstance(value, str | bool)}
    form["desk_messages-frequency"] = "daily"

    answer = client.post(reverse("wagtailadmin_account"), form)

    assert answer.status_code == 302
    assert MessagePreference.objects.get(user=person("translator.en")).frequency == "daily"


def test_what_waits_for_the_morning_is_sent_at_once_to_whoever_chooses_so(sign_in):
    prefers("translator.en", "daily")
    written("Un titre")
    assert not send()
    client = sign_in("translator.en")
    page = client.get(reverse("wagtailadmin_account"))
    form = {name: value for name, value in _fields(page) if isinstance(value, str | bool)}
    client.post(reverse("wagtailadmin_account"), form | {"desk_messages-frequency": "soon"})

    assert "translator.en" in send()


def _fields(page):
    for panels in page.context["panels_by_tab"].values():
        for panel in panels:
            for field in panel.get_form():
                yield field.html_name, field.value()
