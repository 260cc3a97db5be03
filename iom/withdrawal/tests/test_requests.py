"""Requests for withdrawal: who reads and decides them, and the content of the emails."""

from collections import Counter
from smtplib import SMTPRecipientsRefused

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.core.mail.backends import locmem
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page
from wagtail.users.models import UserProfile

from iom.editorial.tests import offices
from iom.publishing import jobs
from iom.publishing.models import Job
from iom.tests.factories import OfficeFactory
from iom.users.models import User
from iom.withdrawal import withdrawing
from iom.withdrawal.models import WithdrawalRequest
from iom.withdrawal.tests.test_withdrawal import SAID, form, withdraw
from iom.withdrawal.tests.texts import content
from newsroom.models import NewsArticle

pytestmark = pytest.mark.django_db


@pytest.fixture
def make_user():
    def make(name):
        user = User.objects.create_user(f"{name}@example.org", "a long password")
        user.groups.add(Group.objects.get(name="Newsroom editors"))
        return user

    return make


def test_a_request_is_seen_by_editors_told_by_mail_and_done(sign_in, texts):
    withdraw(sign_in("translator.en"), texts["en"], reason="A wrong name.")
    jobs.run(kinds=["withdrawal-request"])
    assert ["editor@example.org"] in [message.to for message in mail.outbox]
    assert "A wrong name." in mail.outbox[0].body

    editor = sign_in("editor")
    dashboard = content(editor.get(reverse("wagtailadmin_home")))
    assert "A wrong name." in dashboard
    assert form(texts["en"]) in dashboard
    assert reverse("wagtailadmin_pages:edit", args=[texts["en"].pk]) in dashboard
    assert "A wrong name." not in content(sign_in("officer").get(reverse("wagtailadmin_home")))
    withdraw(editor, texts["en"])
    assert WithdrawalRequest.objects.get().decision == "done"
    assert "A wrong name." not in content(editor.get(reverse("wagtailadmin_home")))
    jobs.run(kinds=["withdrawal-request"])
    assert mail.outbox[-1].to == ["translator.en@example.org"]


class Refusing:
    """A mail server that refuses one address, with the exception of smtplib."""

    def __init__(self, monkeypatch, address):
        self.address, self.send = address, locmem.EmailBackend.send_messages
        monkeypatch.setattr(locmem.EmailBackend, "send_messages", lambda *args: self.answer(*args))

    def answer(self, backend, messages):
        for message in messages:
            if message.to == [self.address]:
                raise SMTPRecipientsRefused({self.address: (550, f"<{self.address}>: unknown".encode())})
            self.send(backend, [message])


def test_a_refused_address_keeps_no_other_editor_from_the_mail(sign_in, texts, monkeypatch, make_user):
    for name in ("before", "wrong", "after"):
        make_user(name)
    Refusing(monkeypatch, "wrong@example.org")
    withdraw(sign_in("translator.en"), texts["en"], reason="A wrong name.")
    for _attempt in range(3):
        jobs.run(kinds=["withdrawal-request"])
        Job.objects.filter(kind="withdrawal-request").update(at=timezone.now())

    told = Counter(message.to[0] for message in mail.outbox)
    assert set(told) >= {"before@example.org", "after@example.org", "editor@example.org"}
    assert set(told.values()) == {1}
    (failed,) = Job.objects.filter(kind="withdrawal-request")
    assert "550" in failed.reason
    assert "wrong@" not in failed.reason
    report = content(sign_in("admin").get(reverse("publishing_jobs")))
    assert "550" in report


def test_the_subject_is_french_in_french_and_one_line(sign_in, texts):
    Page.objects.filter(pk=texts["fr"].pk).update(title="Un titre\nsur deux lignes")
    texts["fr"].refresh_from_db()
    asked = withdrawing.request_withdrawal(texts["fr"], None, "public", "")
    jobs.run(kinds=["withdrawal-request"])
    assert asked.pk
    subjects = {message.subject for message in mail.outbox}
    assert "Demande de retrait\u00a0: «\u202fUn titre sur deux lignes\u202f»" in subjects, subjects


def test_a_request_is_declined_and_its_author_is_told(sign_in, texts):
    withdraw(sign_in("translator.en"), texts["en"], reason="A wrong name.")
    asked = WithdrawalRequest.objects.get()
    address = reverse("withdrawal_decline", args=[asked.pk])
    sign_in("translator.en").post(address)
    assert WithdrawalRequest.objects.get().decision == ""

    sign_in("editor").post(address)

    assert WithdrawalRequest.objects.get().decision == "declined"
    jobs.run(kinds=["withdrawal-request"])
    assert mail.outbox[-1].to == ["translator.en@example.org"]
    assert NewsArticle.objects.get(pk=texts["en"].pk).live


@pytest.mark.parametrize("chosen", ["", "fr"])
def test_who_translates_into_english_reads_it_in_english_unless_they_chose_another_language(sign_in, texts, chosen):
    asked_by = User.objects.get(email="translator.en@example.org")
    UserProfile.objects.update_or_create(user=asked_by, defaults={"preferred_language": chosen})
    withdraw(sign_in("translator.en"), texts["en"], reason="A wrong name.")
    withdraw(sign_in("editor"), texts["en"])

    jobs.run(kinds=["withdrawal-request"])

    assert mail.outbox[-1].to == ["translator.en@example.org"]
    words = "Votre demande de retrait" if chosen else "Your request for withdrawal"
    assert mail.outbox[-1].subject.startswith(words)


def test_mail_about_a_request_for_protection_names_nothing(sign_in, texts):
    withdraw(sign_in("translator.en"), texts["en"], "protection", reason="Names a witness.")
    jobs.run(kinds=["withdrawal-request"])
    said = mail.outbox[0].subject + mail.outbox[0].body
    assert not [word for word in (*SAID, "Names a witness.") if word in said]


def test_mail_names_nothing_that_was_withdrawn_for_protection_instead(sign_in, texts):
    withdraw(sign_in("translator.en"), texts["en"], reason="Names a witness.")
    withdraw(sign_in("editor"), texts["fr"], "protection")
    jobs.run(kinds=["withdrawal-request"])
    assert mail.outbox[-1].to == ["translator.en@example.org"]
    said = "".join(message.subject + message.body for message in mail.outbox)
    assert not [word for word in (*SAID, "Names a witness.") if word in said]


@pytest.mark.parametrize("kind", ["public", "protection"])
@pytest.mark.parametrize("account", ["officer", "officer of another office", "translator.en", "editor"])
def test_editors_alone_read_it_in_the_form_and_decline_it(sign_in, texts, account, kind):
    asked = withdrawing.request_withdrawal(texts["en"], None, kind, "Names a witness.")
    if account == "officer of another office":
        offices.posted("officer", OfficeFactory())
    client, page = sign_in(account.split()[0]), texts["en" if account == "translator.en" else "fr"]

    answer = client.get(form(page))

    is_editor = account == "editor"
    assert ("Names a witness." in content(answer)) == is_editor
    assert answer.context["form"].initial.get("kind") == (kind if is_editor else None)
    client.post(reverse("withdrawal_decline", args=[asked.pk]))
    asked.refresh_from_db()
    assert asked.decision == ("declined" if is_editor else "")
