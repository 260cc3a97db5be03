"""Reminders by email to the persons responsible for standing pages."""

from datetime import timedelta
from unittest import mock

import pytest
from django.core import mail
from django.core.mail.backends import locmem
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page
from wagtail.users.models import UserProfile

from aboutus.models import PageReview
from aboutus.models.review import SOON
from aboutus.reviews import reminders
from aboutus.tests.test_reviews import TODAY, person, reviewed
from iom.publishing import jobs
from iom.publishing.models import Job
from iom.tests.addresses import page
from iom.users.models import User


def send(later=timedelta()):
    mail.outbox.clear()
    now = timezone.now() + later
    with mock.patch.object(timezone, "now", return_value=now):
        jobs.enqueue_missing([reminders.JOB])
        jobs.run(kinds=[reminders.JOB])
    return mail.outbox[:]


@pytest.fixture
def legal(db):
    """The only page that is to be reviewed, of which the officer is to be reminded."""
    PageReview.objects.all().delete()
    here = page("legal", "fr")
    reviewed(here, responsible=person("officer"), due_on=TODAY + timedelta(days=60))
    return here


def test_the_person_responsible_is_reminded_once_before_and_once_after(legal):
    assert send() == []
    assert send(timedelta(days=29)) == []
    (before,) = send(timedelta(days=31))
    assert before.to == ["officer@example.org"]
    assert legal.title in before.subject
    assert reverse("wagtailadmin_pages:edit", args=[legal.pk]) in before.body
    assert send(timedelta(days=32)) == []
    assert send(timedelta(days=60)) == []
    (after,) = send(timedelta(days=61))
    assert legal.title in after.body
    assert send(timedelta(days=62)) == []
    assert send(timedelta(days=400)) == []


def test_after_a_review_the_next_one_is_reminded_of(legal):
    assert len(send(timedelta(days=31))) == 1
    PageReview.for_page(legal).mark_reviewed(TODAY)
    assert send(timedelta(days=40)) == []
    assert len(send(timedelta(days=340))) == 1


def test_all_pages_of_a_person_are_in_one_email(legal):
    PageReview.objects.update(due_on=TODAY - timedelta(days=3))
    other = page("section", "fr")
    reviewed(other, responsible=person("officer"), due_on=TODAY + timedelta(days=3))
    (email,) = send()
    assert email.body.index(legal.title) < email.body.index(other.title)


@pytest.mark.parametrize(("language", "words"), [("fr", "Page à revoir"), ("en", "Page to review")])
def test_the_email_is_in_the_language_of_its_recipient(legal, language, words):
    UserProfile.objects.update_or_create(user=person("officer"), defaults={"preferred_language": language})
    (email,) = send(timedelta(days=31))
    assert words in email.subject


def test_where_nobody_is_responsible_the_owner_of_the_page_is_reminded(legal):
    Page.objects.filter(pk=legal.pk).update(owner=person("editor"))
    User.objects.filter(pk=person("officer").pk).update(is_active=False)
    assert [email.to for email in send(timedelta(days=31))] == [["editor@example.org"]]
    User.objects.filter(pk=person("editor").pk).update(is_active=False)
    assert send(timedelta(days=61)) == []
    User.objects.filter(pk=person("officer").pk).update(is_active=True)
    assert [email.to for email in send(timedelta(days=61))] == [["officer@example.org"]]


def test_the_owner_is_not_reminded_of_what_another_person_is_responsible_for(legal):
    other = page("section", "fr")
    reviewed(other, responsible=person("editor"), due_on=TODAY + timedelta(days=60))
    for here, owner in ((legal, "editor"), (other, "officer")):
        Page.objects.filter(pk=here.pk).update(owner=person(owner))
    bodies = {email.to[0].split("@")[0]: email.body for email in send(timedelta(days=31))}
    assert (legal.title in bodies["officer"], other.title in bodies["officer"]) == (True, False)
    assert (legal.title in bodies["editor"], other.title in bodies["editor"]) == (False, True)


def test_a_page_that_is_not_public_is_not_reminded_of(legal):
    legal.unpublish()
    assert send(timedelta(days=61)) == []


def test_what_could_not_be_sent_is_sent_later(legal, monkeypatch):
    def fail(self, messages):
        raise OSError("no route")

    with monkeypatch.context() as patched:
        patched.setattr(locmem.EmailBackend, "send_messages", fail)
        assert send(timedelta(days=31)) == []
    assert PageReview.for_page(legal).reminded == "never"
    assert len(send(timedelta(days=32))) == 1


def test_the_reminder_comes_soon_enough():
    assert timedelta(days=30) == SOON


def test_who_has_left_since_is_not_written_to(legal):
    PageReview.objects.update(due_on=TODAY)
    jobs.enqueue_missing([reminders.JOB])
    User.objects.filter(pk=person("officer").pk).update(is_active=False)
    jobs.run(kinds=[reminders.JOB])
    assert mail.outbox == []
    assert not Job.objects.failed().filter(kind=reminders.JOB)


def test_who_cannot_enter_the_admin_is_not_written_to_and_the_failed_job_says_why(legal):
    person("officer").groups.clear()
    assert send(timedelta(days=31)) == []
    (job,) = Job.objects.failed().filter(kind=reminders.JOB)
    assert "cannot sign in to the admin" in job.reason
    assert PageReview.for_page(legal).reminded == "never"
