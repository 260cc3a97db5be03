"""The limits of attempts stop guessing at each form with a password, and nobody else."""

import os
import subprocess
import sys
import time

import pytest
from django.conf import settings
from django.core import mail
from django.core.cache import caches
from django.core.files.base import ContentFile
from django.test import Client, RequestFactory
from django.urls import get_resolver, reverse
from django.utils import translation
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from iom.media.models import SiteDocument
from iom.tests.addresses import article
from iom.users.limits import LIMITED_FORMS, PAUSE, PER_CLIENT_TOTAL, client_address
from iom.users.models import User
from iom.users.tests.people import enter, set_up_app, sign_in

RIGHT = "The right password 1"
SAID = {"fr": "Trop de tentatives. Réessayez dans", "en": "Too many attempts. Please try again in"}


class Form:
    """One of the forms: where it is, what is sent to it."""

    def __init__(self, name):
        self.name, self.entry = name, LIMITED_FORMS[name]
        self.user, _created = User.objects.get_or_create(email="camille@example.org")
        self.user.set_password(RIGHT)
        self.user.save()
        self.kwargs = {}
        if name.startswith("wagtailcore"):
            page = article("canada-25000-syrian-refugees", "en")
            lock = PageViewRestriction.objects.create(page=page, restriction_type="password", password=RIGHT)
            self.kwargs = {"page_view_restriction_id": lock.pk, "page_id": page.pk}
        if name.startswith("wagtaildocs"):
            collection = Collection.get_first_root_node().add_child(name="Locked")
            SiteDocument(title="d", collection=collection).file.save("d.pdf", ContentFile(b"%PDF"))
            lock = CollectionViewRestriction.objects.create(
                collection=collection, restriction_type="password", password=RIGHT
            )
            self.kwargs = {"restriction_id": lock.pk}

    def send(self, client=None, password="", who="camille@example.org", language="en", **headers):
        data = {"login": who, "email": who, "password": password or "wrong", "return_url": f"/{language}/"}
        accepted = {"Accept-Language": "fr" if self.kwargs else language}  # a page has a language of its own
        with translation.override(language):
            address = reverse(self.name, kwargs=self.kwargs)
        return (client or Client()).post(address, data, headers=accepted | headers)

    def fill(self, **how):
        answers = [self.send(**how) for _time in range(self.entry.per_client)]
        assert {answer.status_code for answer in answers} <= {200, 302}


OTHERS = {
    "mfa_authenticate",
    "wagtailadmin_account",
}  # for whoever has given the password; they have tests of their own


@pytest.fixture(params=[name for name in LIMITED_FORMS if name not in OTHERS])
def form(request, db):
    return Form(request.param)


@pytest.fixture
def sign_in_form(db):
    return Form("account_login")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_guesser_is_stopped_and_told_so_in_the_form(form, language):
    form.fill()
    answer = form.send(language=language)

    assert answer.status_code == 429
    content = answer.content.decode().replace("\N{NO-BREAK SPACE}", " ")
    assert SAID[language] in content
    assert f'lang="{language}"' in content
    assert "<form" in content
    assert 0 < int(answer["Retry-After"]) <= PAUSE
    if form.entry.account_field in ("login", "email"):
        assert 'value="camille@example.org"' in content  # what was typed is kept
    else:
        assert f'value="/{language}/"' in content


def later(monkeypatch):
    """The pause has passed: by our clock, and by that of a cache server."""
    if settings.CACHES["limits"]["BACKEND"].endswith("RedisCache"):
        server = caches["limits"]._cache.get_client(write=True)
        names = server.keys("limits:*")
        assert names
        assert all(0 < server.ttl(name) <= PAUSE for name in names)
        server.delete(*names)
    after = time.time() + PAUSE + 1
    monkeypatch.setattr("time.time", lambda: after)


def test_the_right_password_is_refused_until_the_pause_is_over(form, monkeypatch):
    form.fill()
    sent = len(mail.outbox)
    answer = form.send(password=RIGHT)
    assert answer.status_code == 429
    assert not answer.client.session.get("_auth_user_id")
    assert len(mail.outbox) == sent

    later(monkeypatch)
    assert form.send(password=RIGHT).status_code == 302


def test_a_user_with_the_right_password_is_never_stopped(form):
    if form.name == "wagtailadmin_password_reset":
        return
    for _time in range(3 * form.entry.per_client):
        assert form.send(password=RIGHT).status_code == 302


def test_a_few_mistakes_are_forgotten_with_the_right_password(sign_in_form):
    for _time in range(3):
        for _mistake in range(sign_in_form.entry.per_client - 1):
            assert sign_in_form.send().status_code == 200
        assert sign_in_form.send(password=RIGHT).status_code == 302


def test_nothing_tells_whether_there_is_such_an_account(form):
    """At the two forms that name one: the same answers, in the same order."""
    if form.kwargs:
        return
    answers = {}
    for who in ("camille@example.org", "nobody@example.org"):
        answers[who] = [form.send(who=who).status_code for _time in range(form.entry.per_client + 2)]
    assert answers["camille@example.org"] == answers["nobody@example.org"]
    assert answers["camille@example.org"][-1] == 429


def test_writing_the_address_otherwise_gives_no_new_tries(sign_in_form):
    sign_in_form.fill()
    for who in ("CAMILLE@example.org", " camille@example.org ", "ｃamille@example.org"):
        assert sign_in_form.send(who=who).status_code == 429


def test_others_are_not_stopped_by_it(form, settings):
    settings.TRUSTED_PROXIES = 1
    form.fill(**{"X-Forwarded-For": "203.0.113.5"})

    assert form.send(**{"X-Forwarded-For": "203.0.113.5"}).status_code == 429
    assert form.send(password=RIGHT, **{"X-Forwarded-For": "203.0.113.6"}).status_code == 302


@pytest.fixture
def codes(request, sign_in_form):
    """Of the user: recovery codes, where there is an authenticator app as well."""
    if not request.param:
        return []
    elsewhere = Client()
    sign_in_form.send(elsewhere, RIGHT)
    _secret, codes = set_up_app(elsewhere, RIGHT)
    return codes


def complete(sign_in_form, known, codes, **headers):
    """Signs in by the browser `known`, with the second factor where there is one; the status of the first answer."""
    answer = sign_in_form.send(known, RIGHT, **headers)
    if answer.status_code == 302 and codes:
        assert not known.session.get("_auth_user_id")
        assert enter(known, codes.pop()) == 302
    assert bool(known.session.get("_auth_user_id")) is (answer.status_code == 302)
    known.cookies.pop("sessionid", None)
    return answer.status_code


@pytest.mark.parametrize("codes", [False, True], indirect=True, ids=["password", "and an app"])
def test_guesses_from_many_clients_stop_the_account_but_no_browser_that_it_knows(sign_in_form, codes, settings):
    settings.TRUSTED_PROXIES = 1
    known = Client()
    assert complete(sign_in_form, known, codes, **{"X-Forwarded-For": "203.0.113.1"}) == 302

    for number in range(sign_in_form.entry.per_account):
        sign_in_form.send(**{"X-Forwarded-For": f"198.51.100.{number}"})

    assert sign_in_form.send(password=RIGHT, **{"X-Forwarded-For": "192.0.2.1"}).status_code == 429
    assert complete(sign_in_form, known, codes, **{"X-Forwarded-For": "192.0.2.1"}) == 302
    sign_in_form.fill(client=known)  # but it has no more tries than others
    assert sign_in_form.send(known, RIGHT).status_code == 429


def test_a_cookie_for_one_account_opens_no_other(sign_in_form):
    known = Client()
    sign_in_form.send(known, RIGHT)
    known.cookies.pop("sessionid")

    answers = [sign_in_form.send(known, who="officer@example.org").status_code for _time in range(11)]
    assert answers[-1] == 429


def test_whoever_is_signed_in_gets_no_more_tries_at_another_account(sign_in_form):
    """The form of sign-in redirects them whatever they send, and checks nothing."""
    insider, _leads = sign_in("officer")
    own = insider.cookies["known_browser"].value
    for _time in range(sign_in_form.entry.per_client - 1):
        sign_in_form.send()

    assert sign_in_form.send(insider).status_code == 302
    assert insider.cookies["known_browser"].value == own
    assert sign_in_form.send().status_code == 429


def test_a_password_alone_makes_no_browser_known_while_a_second_factor_is_awaited(sign_in_form):
    elsewhere = Client()
    sign_in_form.send(elsewhere, RIGHT)
    set_up_app(elsewhere, RIGHT)
    half = Client()
    assert sign_in_form.send(half, RIGHT).status_code == 302
    assert not half.session.get("_auth_user_id")
    assert "known_browser" not in half.cookies


def test_one_client_does_not_try_one_account_after_the_other(sign_in_form):
    for number in range(PER_CLIENT_TOTAL):
        sign_in_form.send(who=f"{number}@example.org")

    assert sign_in_form.send(who="another@example.org").status_code == 429


def test_every_form_that_takes_a_password_of_visitors_has_a_limit():
    """By the forms of the views: one that is added is counted."""
    from iom.editorial.tests.admin_urls import addresses

    names = {name for name, _parameters in addresses(get_resolver().url_patterns)}
    asking = {name for name in names if "password" in name or "login" in name}
    no_password_to_guess = {
        "wagtailcore_login",  # leads to the other, as
        "wagtailadmin_login",
        "mfa_login_webauthn",  # no password: a signature
        "wagtailadmin_password_reset_done",
        "wagtailadmin_password_reset_confirm",  # after a link that nobody guesses
        "wagtailadmin_password_reset_complete",
    }
    assert asking - no_password_to_guess == set(LIMITED_FORMS) - OTHERS


@pytest.mark.parametrize(
    ("proxies", "address", "forwarded", "client"),
    [
        (0, "203.0.113.1", "192.0.2.9", "203.0.113.1"),  # anyone can write the header
        (1, "10.0.0.1", "192.0.2.9, 203.0.113.1", "203.0.113.1"),  # the last is the proxy's own
        (2, "10.0.0.1", "192.0.2.9, 203.0.113.1, 10.0.0.2", "203.0.113.1"),
        (1, "10.0.0.1", "", ""),  # the proxy does not say: nobody is stopped for another
        (1, "10.0.0.1", "unknown", ""),
        (0, "::ffff:203.0.113.1", "", "203.0.113.1"),
    ],
)
def test_the_client_is_who_stands_before_the_trusted_proxies(settings, proxies, address, forwarded, client):
    settings.TRUSTED_PROXIES = proxies
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    assert client_address(RequestFactory().get("/", REMOTE_ADDR=address, headers=headers)) == client


def test_a_network_of_ipv6_is_one_client():
    first, second, other = (
        client_address(RequestFactory().get("/", REMOTE_ADDR=address))
        for address in ("2001:db8:1:1::1", "2001:db8:1:1:ffff::2", "2001:db8:1:2::1")
    )
    assert first == second != other


def test_the_embedded_default_counts_in_files_that_all_processes_share(tmp_path):
    """Where no CACHE_URL names a server."""
    environment = {name: value for name, value in os.environ.items() if name not in ("CACHE_URL", "DATABASE_URL")}
    said = subprocess.run(
        [sys.executable, "-c", "from iom.settings.base import CACHES; print(CACHES['limits']['BACKEND'])"],
        cwd=settings.BASE_DIR,
        env=environment | {"DATA_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.strip() == "iom.caching.backends.FolderCache"
    assert caches["limits"] is not caches["default"]
