"""Concurrent processes send each email once, and do not overwrite each other's changes with stale rows."""

from datetime import timedelta

import pytest
from django.core import mail, serializers
from django.core.mail.backends import locmem
from django.db.models.signals import post_save, pre_delete, pre_save
from django.utils import timezone
from wagtail.models import Revision
from wagtail_localize.models import StringTranslation

from iom.publishing import schedule
from iom.publishing.models import Job
from iom.tests.factories import ArticleFactory
from iom.translation.models import JointPublication, Message, Original, TranslationState
from iom.translation.notifications import outbox
from iom.translation.tests.desk import body, person, submit
from iom.translation.tests.mail import send_all
from iom.translation.tests.screen import segment
from iom.translation.workflow import detach, joint_publication, message_entries, progress, publication
from iom.translation.workflow.writing import write

Kind = Message.Kind


@pytest.fixture
def state(db):
    Message.objects.all().delete()
    return submit(ArticleFactory(title="Titre", summary="Résumé.", body=body("Un.")), "en")


def emails_to(account):
    return [email for email in mail.outbox if email.to == [f"{account}@example.org"]]


@pytest.mark.parametrize("processes", [2, 3])
def test_an_email_that_several_schedulers_have_written_is_sent_once(state, monkeypatch, processes):
    """All processes read the pending messages before one of them sends."""
    outbox.notify([person("translator.en")], Kind.NEEDED, state)
    entered = []
    compose = outbox.compose

    def written(*args):
        email = compose(*args)
        if len(entered) < processes - 1:
            entered.append(True)
            message_entries.send(person("translator.en").pk)  # another process, at this very moment
        return email

    monkeypatch.setattr(outbox, "compose", written)
    mail.outbox.clear()
    send_all()

    assert len(entered) == processes - 1
    assert len(emails_to("translator.en")) == 1


def test_an_email_is_claimed_before_it_is_sent(state, monkeypatch):
    outbox.notify([person("translator.en")], Kind.NEEDED, state)
    claimed = []
    real = locmem.EmailBackend.send_messages

    def sent(self, emails):
        claimed.append(not Message.objects.filter(sent_at=None).exists())
        return real(self, emails)

    monkeypatch.setattr(locmem.EmailBackend, "send_messages", sent)
    send_all()
    assert claimed == [True]


def test_an_email_that_could_not_be_sent_goes_out_with_the_next_round(state, monkeypatch):
    outbox.notify([person("translator.en")], Kind.NEEDED, state)
    mail.outbox.clear()

    def refused(self, emails):
        raise OSError

    with monkeypatch.context() as without:
        without.setattr(locmem.EmailBackend, "send_messages", refused)
        send_all()
    assert Message.objects.filter(sent_at=None).count() == 1
    assert "OSError" in Job.objects.get(kind=outbox.JOB).reason
    send_all(timezone.now() + timedelta(minutes=2))
    assert len(emails_to("translator.en")) == 1


def test_a_message_that_two_processes_have_stored_is_in_the_email_once(state):
    for _process in range(2):
        Message.objects.create(recipient=person("translator.en"), kind=Kind.NEEDED, state=state)
    mail.outbox.clear()
    send_all()
    (email,) = emails_to("translator.en")
    assert email.body.count("Titre") == 1


CHANGES = {
    "claimed_by_id": lambda: person("translator.en").pk,
    "claimed_at": timezone.now,
    "published_at": timezone.now,
    "digest": lambda: "x" * 64,
    "revised_by_id": lambda: person("editor").pk,
    "revised_at": timezone.now,
    "draft_id": lambda: Revision.objects.first().pk,
}


def test_counting_anew_undoes_nothing_that_another_has_saved(state):
    stale = TranslationState.objects.get(pk=state.pk)
    changes = {name: value() for name, value in CHANGES.items()}
    TranslationState.objects.filter(pk=state.pk).update(**changes)

    progress.recount(stale)

    assert TranslationState.objects.filter(pk=state.pk).values(*changes).get() == changes


def test_counting_anew_keeps_a_translation_ready_that_another_has_published(state):
    """The translation stays ready: its text is the one that will go live."""
    for row in [segment(state, path) for path in ("title", "summary", "body.0")]:
        write(state, row, "Words", person("translator.en"))
    stale = TranslationState.objects.get(pk=state.pk)
    Original.objects.filter(pk=state.original_id).update(published_at=None)
    state.original.page.specific.unpublish()
    state.refresh_from_db()
    assert not publication.publish(state, person("translator.en"))
    progress.recount(stale)

    assert TranslationState.objects.get(pk=state.pk).ready


def test_stopping_saves_no_more_than_it_changes(state):
    stale = TranslationState.objects.get(pk=state.pk)
    TranslationState.objects.filter(pk=state.pk).update(total=77, words_left=99, digest="y" * 64)

    detach.detach(stale)

    assert TranslationState.objects.filter(pk=state.pk, total=77, words_left=99, digest="y" * 64).exists()


def test_of_two_who_stop_or_restart_at_once_the_second_changes_nothing(state):
    first, second = (TranslationState.objects.select_related("translation").get(pk=state.pk) for _ in range(2))
    detach.detach(first)
    TranslationState.objects.filter(pk=state.pk).update(claimed_by=person("translator.en"))
    detach.detach(second)
    assert TranslationState.objects.get(pk=state.pk).claimed_by == person("translator.en")

    first, second = (TranslationState.objects.select_related("translation").get(pk=state.pk) for _ in range(2))
    detach.reattach(first)
    row = segment(state, "title")
    write(state, row, "Newer", person("translator.en"))
    detach.reattach(second)
    assert segment(state, "title").written == "Newer"


def test_two_schedulers_tell_once_that_a_publication_has_not_taken_place(state):
    article = state.original.page.specific
    revision = article.save_revision(user=person("officer"))
    now = timezone.now()
    JointPublication.objects.create(page=article, revision=revision, due_at=now, requested_by=person("officer"))
    schedule.run(joint_publication.due_items(now))
    Message.objects.all().delete()  # sent

    joint_publication._process_due(article.pk, now)  # another scheduler, which had listed it before

    assert not Message.objects.exists()


def receivers_of(signal):
    found = [entry[1]() for entry in signal.receivers]
    return [one for one in found if one and one.__module__.startswith(("iom.translation", "iom.publishing"))]


class Untouchable:
    """An instance from a fixture. A receiver that reads it has not checked `raw`."""

    def __getattribute__(self, name):
        raise AssertionError(name)


def test_fixtures_are_loaded_as_they_are():
    """No receiver of `raw` signals reads the instance or the database."""
    found = [one for signal in (pre_save, post_save) for one in receivers_of(signal)]
    assert len(found) >= 3
    for one in found:
        one(sender=object, instance=Untouchable(), raw=True, created=True, update_fields=None, using="default")
    assert receivers_of(pre_delete)  # which fixtures do not send


def test_loading_a_title_from_a_fixture_renames_no_page(state):
    write(state, segment(state, "title"), "Title", person("translator.en"))
    row = StringTranslation.objects.get(context__path="title", translation_of=segment(state, "title").string_id)
    dumped = serializers.serialize("json", [row])
    state.page.__class__.objects.filter(pk=state.page_id).update(draft_title="Another")
    for one in serializers.deserialize("json", dumped):
        one.save()
    assert state.page.__class__.objects.get(pk=state.page_id).draft_title == "Another"
