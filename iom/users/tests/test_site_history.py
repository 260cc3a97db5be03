"""Only users who administer accounts see the log entries about accounts."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from iom.users.models import User
from iom.users.sign_in import log
from iom.users.tests import people

HISTORY = "wagtailadmin_reports:site_history"
SECRETS = ("person.of.interest@example.org", "group of interest")


@pytest.fixture
def entries(db):
    """Of an account and of a group."""
    user = User.objects.create_user(SECRETS[0])
    people.sign_in(SECRETS[0].removesuffix("@example.org"), "wrong")
    log.log_event("account.rights", Group.objects.create(name=SECRETS[1]), user, data={"added": ["a right"]})


def history_responses(client):
    """What the screen, its results alone, and its CSV say."""
    for name, asked in ((HISTORY, ""), (f"{HISTORY}_results", ""), (HISTORY, "?export=csv")):
        answer = client.get(reverse(name) + asked)
        yield answer.status_code, answer.getvalue().decode()


@pytest.mark.parametrize("account", ["officer", "editor", "translator.fr", "translator.en", "admin"])
def test_only_administrators_read_what_happens_to_accounts(sign_in, entries, account):
    answers = list(history_responses(sign_in(account)))
    assert [status for status, _text in answers] == [200] * 3
    for _status, text in answers:
        shown = [secret for secret in SECRETS if secret in text]
        assert shown == (list(SECRETS) if account == "admin" else [])


@pytest.mark.parametrize(("language", "words"), [("fr", "(mot de passe)"), ("en", "(password)")])
def test_what_an_entry_is_about_is_said_in_the_language_of_the_reader(sign_in, entries, language, words):
    user = User.objects.get(email=SECRETS[0])
    log.log_event("account.changed", user, user, data={"fields": ["password"]})
    answer = sign_in("admin").get(reverse(HISTORY), headers={"accept-language": language})
    assert words in answer.content.decode()
