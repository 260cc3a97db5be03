"""Views other than pages (language negotiation, health checks, errors), and the site record."""

import pytest
from django.conf import settings as django_settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.http import HttpResponse
from django.test import Client
from wagtail.models import PageViewRestriction, Site
from wagtail.users.models import UserProfile

from iom.tests.addresses import article


@pytest.mark.parametrize(
    ("accepted", "home"),
    [
        (None, "/fr/"),
        ("en", "/en/"),
        ("en-GB,en;q=0.9,fr;q=0.8", "/en/"),
        ("ar,fr;q=0.5,en;q=0.7", "/en/"),
        ("ar,de", "/fr/"),
        ("*", "/fr/"),
        ("en;q=0, de", "/fr/"),
        ("fr;q=0.1, en;q=0.2", "/en/"),
        ("x" * 5000, "/fr/"),
        ("en\0;q=é", "/fr/"),
    ],
)
def test_the_root_redirects_to_the_first_language_of_the_browser_that_the_site_has(visitor, accepted, home):
    answer = visitor.get("/", headers={"Accept-Language": accepted} if accepted else {})

    assert answer.status_code == 302
    assert answer["Location"] == home
    assert "Accept-Language" in answer["Vary"]


def test_the_root_neither_reads_nor_sets_a_cookie(visitor):
    visitor.cookies[django_settings.LANGUAGE_COOKIE_NAME] = "en"
    answer = visitor.get("/", headers={"Accept-Language": "fr"})

    assert answer["Location"] == "/fr/"
    assert not answer.cookies
    assert "Cookie" not in answer["Vary"]


@pytest.fixture
def rendered(monkeypatch):
    """The templates of error responses."""
    templates = []

    def render(request, template, context, status):
        templates.append(template)
        return HttpResponse(status=status)

    monkeypatch.setattr("iom.core.views.render", render)
    return templates


@pytest.mark.parametrize(
    "address", ["/fr/rien/", "/en/nothing/", "/nothing", "/de/", "/fr/actualites/rien/", "/documents/1/x.pdf"]
)
def test_what_does_not_exist_is_a_404_in_the_words_of_the_site(visitor, rendered, address):
    assert visitor.get(address).status_code == 404
    assert rendered == ["errors/404.html"]


def test_a_failure_is_a_500_in_the_words_of_the_site(visitor, rendered, monkeypatch):
    monkeypatch.setattr("iom.core.routing.resolve", lambda request, path: 1 / 0)
    visitor.raise_request_exception = False

    assert visitor.get("/fr/").status_code == 500
    assert rendered == ["errors/500.html"]


@pytest.mark.parametrize(
    ("address", "hostname", "port"),
    [
        ("https://iom.example", "iom.example", 443),
        ("http://127.0.0.1:8123", "127.0.0.1", 8123),
        ("http://iom.example", "iom.example", 80),
    ],
)
def test_the_site_record_follows_the_address_of_the_settings(db, settings, address, hostname, port):
    settings.SITE_URL = address
    call_command("migrate", verbosity=0)
    site = Site.objects.get(is_default_site=True)

    assert (site.hostname, site.port) == (hostname, port)
    assert site.root_page.url_path == "/fr/"


def test_the_site_record_is_written_only_when_the_address_has_changed(db, django_assert_num_queries):
    from iom.core.apps import update_site_record

    update_site_record(sender=None)

    with django_assert_num_queries(1):
        update_site_record(sender=None)


def test_the_cookie_of_whoever_opens_a_private_page_ends_with_the_browser(visitor, db):
    page = article("canada-25000-syrian-refugees", "en")
    PageViewRestriction.objects.create(page=page, restriction_type="password", password="x")
    cookie = visitor.get(page.url).cookies[django_settings.CSRF_COOKIE_NAME]
    assert (cookie["max-age"], cookie["expires"]) == ("", "")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("chosen", "said"), [("fr", "Ce formulaire ne peut plus être envoyé"), ("en", "This form can no longer be sent")]
)
def test_a_form_of_an_earlier_session_is_refused_in_the_words_of_its_user(chosen, said):
    user = get_user_model().objects.get(email="officer@example.org")
    UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": chosen})
    client = Client(enforce_csrf_checks=True)
    client.force_login(user)
    answer = client.post("/admin/account/", headers={"Accept-Language": {"fr": "en", "en": "fr"}[chosen]})

    assert answer.status_code == 403
    assert said in answer.content.decode()
    assert answer["Content-Language"] == chosen
