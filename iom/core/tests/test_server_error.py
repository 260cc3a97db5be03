"""Error pages for readers while a part of the site fails."""

import errno

import pytest
from bs4 import BeautifulSoup
from django.db import InterfaceError, InternalError, OperationalError
from django.test import Client
from redis.exceptions import ConnectionError as NoServer

FULL = OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("address", ["/en/-/account/sign-in/", "/en/", "/en/search/?q=water"])
@pytest.mark.parametrize(
    ("error", "status"),
    [
        (OperationalError("away"), 503),
        (InterfaceError("closed"), 503),
        (NoServer(), 503),
        (FULL, 503),
        (OSError(errno.EROFS, "Read-only file system"), 503),
        (OSError(errno.ENOENT, "No such file"), 500),
        (InternalError("current transaction is aborted"), 500),
        (ValueError(), 500),
    ],
)
def test_a_server_or_a_disk_that_is_not_available_gives_503_with_retry_after(db, monkeypatch, address, error, status):
    def fail(*args, **kwargs):
        raise error

    monkeypatch.setattr("iom.navigation.middleware.AddressLanguageMiddleware.__call__", fail)
    answer = Client(raise_request_exception=False).get(address)

    assert answer.status_code == status
    assert answer.get("Retry-After") == ("30" if status == 503 else None)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", "Il n’est pas possible pour le moment de se connecter ni d’enregistrer"),
        ("en", "Nobody can sign in or save at the moment"),
    ],
)
@pytest.mark.parametrize("error", [FULL, InternalError("read-only")], ids=["disk", "database"])
def test_a_sign_in_while_nothing_can_be_stored_is_refused_in_words(db, monkeypatch, language, words, error):
    def fail(*args, **kwargs):
        raise error

    if isinstance(error, InternalError):
        error.__cause__ = OperationalError()
        error.__cause__.sqlstate = "25006"  # as psycopg sets it
    monkeypatch.setattr("iom.users.limits.start_attempt", fail)
    sent = {"login": "officer@example.org", "password": "x"}
    answer = Client(raise_request_exception=False).post(f"/{language}/-/account/sign-in/", sent)

    assert (answer.status_code, answer.get("Retry-After")) == (503, "30")
    assert words in answer.content.decode()


@pytest.mark.parametrize(("language", "other", "name"), [("fr", "en", "English"), ("en", "fr", "Français")])
def test_an_error_leads_to_the_home_page_of_the_other_language(db, monkeypatch, language, other, name):
    def fail(*args, **kwargs):
        raise ValueError

    monkeypatch.setattr("iom.core.routing.resolve", fail)
    answer = Client(raise_request_exception=False).get(f"/{language}/")
    links = BeautifulSoup(answer.content, "html.parser").select(".languages a")
    assert [(link["href"], link["hreflang"], link.text) for link in links] == [(f"/{other}/", other, name)]
    assert links[0].span["lang"] == other
