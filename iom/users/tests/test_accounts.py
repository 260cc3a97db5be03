"""Administration of accounts: administrators confirm their identity first, and know no passwords."""

import re
from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import Comment

from iom.publishing import jobs
from iom.publishing.models import Job
from iom.tests.factories import ArticleFactory
from iom.users.models import User
from iom.users.sign_in import password_links
from iom.users.tests.people import confirm, sign_in

NEW = {"email": "new@example.org", "first_name": "N", "last_name": "O"}


@pytest.fixture
def officer(db):
    return User.objects.get(email="officer@example.org")


def address(name, *args):
    return reverse(f"wagtailusers_users:{name}", args=args)


def bulk(action, user):
    return f"{reverse('wagtail_bulk_action', args=['users', 'user', action])}?id={user.pk}"


def test_whoever_finds_a_desk_left_open_changes_no_account(officer):
    client, _leads = sign_in("admin")
    before = User.objects.count()
    places = [address("add"), *(address(name, officer.pk) for name in ("edit", "delete", "security"))]
    places += [bulk(action, officer) for action in ("assign_role", "set_active_state", "delete")]
    for place in places:
        for ask in (client.get, client.post):
            answer = ask(place, NEW | {"end_sessions": "", "mark_as_active": ""})
            assert answer.status_code == 302, place
            assert answer["Location"].startswith(reverse("account_reauthenticate")), place
    assert User.objects.count() == before

    confirm(client)
    for place in places:
        assert client.get(place).status_code == 200, place


def test_who_administers_nothing_is_refused_rather_than_asked(officer):
    client, _leads = sign_in("editor")
    assert client.get(address("edit", officer.pk))["Location"] == "/admin/"


def test_a_new_user_chooses_the_password_by_a_link(db):
    administrator, _leads = sign_in("admin")
    confirm(administrator)
    assert 'type="password"' not in administrator.get(address("add")).content.decode()
    assert administrator.post(address("add"), NEW).status_code == 302
    (letter,) = mail.outbox
    assert letter.to == ["new@example.org"]
    link = re.search(r"https://www\.example\.org(\S+)", letter.body)[1]

    visitor = Client()
    form = visitor.get(link)["Location"]
    chosen = {"new_password1": "plum-carriage-ocean-42", "new_password2": "plum-carriage-ocean-42"}
    assert visitor.post(form, chosen).status_code == 302
    assert sign_in("new", "plum-carriage-ocean-42")[1]
    assert Client().get(link).status_code == 200  # it says that it was used


def test_the_link_is_sent_again(officer):
    administrator, _leads = sign_in("admin")
    confirm(administrator)
    assert administrator.post(address("security", officer.pk), {"send_link": ""}).status_code == 302
    assert [letter.to for letter in mail.outbox] == [["officer@example.org"]]


def test_without_the_mail_server_the_administrator_gets_a_message(db, monkeypatch):
    administrator, _leads = sign_in("admin")
    confirm(administrator)

    def fails(*_args, **_kwargs):
        raise ConnectionRefusedError

    monkeypatch.setattr("iom.users.sign_in.password_links.send_mail", fails)
    answer = administrator.post(address("add"), NEW)
    assert User.objects.filter(email=NEW["email"]).exists()
    assert "n’a pas pu être envoyé" in administrator.get(answer["Location"]).content.decode()


def test_one_signs_out_on_each_page_of_the_account(db):
    client, _leads = sign_in("officer")
    for name in ("mfa_index", "usersessions_list", "account_reauthenticate"):
        assert reverse("account_logout") in client.get(reverse(name)).content.decode()


def forget(email, language="en"):
    """Asks for a link at “Forgotten password?”."""
    with translation.override(language):
        place = reverse("wagtailadmin_password_reset")
    answer = Client(headers={"accept-language": language}).post(place, {"email": email})
    assert answer.status_code == 302


@pytest.mark.parametrize(
    ("language", "said"), [("fr", "Choisissez votre mot de passe"), ("en", "Choose your password")]
)
def test_whoever_has_forgotten_the_password_gets_a_link_from_the_scheduler(officer, language, said):
    """The request waits for no mail server, and so tells nobody who has an account."""
    forget("nobody@example.org", language)
    forget("officer@example.org", language)
    assert mail.outbox == []

    assert jobs.run(kinds=[password_links.JOB]) == (1, 0)
    (letter,) = mail.outbox
    assert letter.to == ["officer@example.org"]
    assert said in letter.subject
    link = re.search(r"https://www\.example\.org(\S+)", letter.body)[1]
    visitor = Client()
    form = visitor.get(link)["Location"]
    chosen = {"new_password1": "plum-carriage-ocean-42", "new_password2": "plum-carriage-ocean-42"}
    assert visitor.post(form, chosen).status_code == 302
    assert sign_in("officer", "plum-carriage-ocean-42")[1]


def test_the_link_counts_for_three_days_from_when_it_is_sent(officer, monkeypatch):
    days = 24 * 3600
    forget("officer@example.org")
    for since, counts in ((2 * days, True), (4 * days, False)):
        mail.outbox.clear()
        jobs.enqueue(password_links.JOB, f"{officer.pk}:en")
        jobs.run(kinds=[password_links.JOB])
        link = re.search(r"https://www\.example\.org(\S+)", mail.outbox[0].body)[1]
        later = datetime.now() + timedelta(seconds=since)
        monkeypatch.setattr("django.contrib.auth.tokens.PasswordResetTokenGenerator._now", lambda self, at=later: at)
        assert (Client().get(link).status_code == 302) is counts
        monkeypatch.undo()


def test_a_forgotten_password_waits_for_the_mail_server_and_not_for_who_has_left(officer, monkeypatch):
    def fails(*_args, **_kwargs):
        raise ConnectionRefusedError

    forget("officer@example.org")
    monkeypatch.setattr("iom.users.sign_in.password_links.send_mail", fails)
    assert jobs.run(kinds=[password_links.JOB]) == (0, 1)
    monkeypatch.undo()
    User.objects.filter(pk=officer.pk).update(is_active=False)
    Job.objects.filter(kind=password_links.JOB).update(at=timezone.now())
    assert jobs.run(kinds=[password_links.JOB]) == (1, 0)
    assert mail.outbox == []


def test_who_asks_again_after_an_outage_of_the_mail_server_gets_the_link(officer):
    forget(officer.email)
    Job.objects.filter(kind=password_links.JOB).update(at=None, attempts=jobs.ATTEMPTS, reason="the server is away")
    forget(officer.email)
    jobs.run(kinds=[password_links.JOB])

    assert [email.to for email in mail.outbox] == [[officer.email]]


@pytest.mark.parametrize("way", ["form", "list"])
def test_an_account_with_texts_is_not_deleted_and_one_without_is(officer, way):
    """Its comments would go with it, and its locks would stay."""
    new = User.objects.create_user("mistyped@example.org")
    comment = Comment.objects.create(page=ArticleFactory(), user=officer, text="?", contentpath="title")
    administrator, _leads = sign_in("admin")
    confirm(administrator)
    for account in (officer, new):
        place = address("delete", account.pk) if way == "form" else bulk("delete", account)
        answer = administrator.post(place, follow=True)
        assert ("erase_account" in answer.content.decode()) == (account == officer)

    assert Comment.objects.filter(pk=comment.pk).exists()
    assert User.objects.filter(pk=officer.pk).exists()
    assert not User.objects.filter(pk=new.pk).exists()
