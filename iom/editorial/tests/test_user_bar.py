"""Wagtail's user bar on public pages, for those who work in the admin and nobody else."""

import re

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.urls import reverse

from iom.contacts.models import Office
from iom.core.translation_role import Role, role_of
from iom.editorial.tests.test_policies import directives
from iom.tests.addresses import COUNTRY, LANGUAGES, NAMES, other_addresses, page
from iom.translation.tests.test_minor_corrections import form_data

pytestmark = pytest.mark.django_db
PEOPLE = ("officer", "editor", "translator.fr", "translator.en", "admin")


def after_the_footer(answer):
    return answer.content.decode().rpartition("</footer>")[2]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [*NAMES, *other_addresses("fr")])
def test_a_visitor_gets_no_user_bar_and_the_session_is_not_read(visitor, name, language):
    answer = visitor.get(
        other_addresses(language)[name] if name in other_addresses(language) else page(name, language).url
    )

    assert after_the_footer(answer).split() == ["</body>", "</html>"]
    assert "Cookie" not in answer.get("Vary", "")
    assert not answer.cookies
    assert not hasattr(answer.wsgi_request, "_cached_user")


@pytest.mark.parametrize("cookie", ["", "x", "of-a-session-that-has-ended"])
def test_a_cookie_without_a_session_shows_no_user_bar(visitor, cookie):
    visitor.cookies[settings.SESSION_COOKIE_NAME] = cookie

    assert after_the_footer(visitor.get("/fr/")).split() == ["</body>", "</html>"]


def test_someone_who_may_not_enter_the_admin_sees_nothing(sign_in):
    client = sign_in("officer")
    client.get("/fr/").wsgi_request.user.groups.clear()

    assert "wagtail-userbar" not in client.get("/fr/").content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_an_editor_sees_it_under_the_strict_policy_of_public_pages(sign_in, name, language):
    text = page(name, language)
    answer = sign_in("editor").get(text.url)
    html = BeautifulSoup(answer.content, "html.parser")

    edit = reverse("wagtailadmin_pages:edit", args=[text.pk])
    assert html.find("a", href=re.compile(f"{edit}$"))
    policy = directives(answer)
    assert (policy["script-src"], policy["style-src"]) == ("'self'", "'self'")
    assert not [tag for tag in html.find_all("script", src=None) if not tag.get("type", "").endswith("json")]
    assert not html.find_all("style") + html.find_all(style=True)
    assert "Cookie" in answer["Vary"]


@pytest.mark.parametrize("account", PEOPLE)
def test_everyone_in_the_admin_has_one_on_every_public_page(sign_in, account):
    client = sign_in(account)

    for address in ("/fr/", "/en/news/", *other_addresses("en").values()):
        assert "<wagtail-userbar>" in client.get(address).content.decode(), address


def test_it_offers_no_more_than_the_person_may_do(sign_in):
    original = page("corrected article", "fr")
    edit = reverse("wagtailadmin_pages:edit", args=[original.pk])

    assert edit in sign_in("officer").get(original.url).content.decode()
    assert edit not in sign_in("translator.en").get(original.url).content.decode()


def test_the_preview_beside_an_article_has_what_checks_it(sign_in):
    article = page("article", "fr")
    client, address = sign_in("officer"), reverse("wagtailadmin_pages:preview_on_edit", args=[article.pk])
    client.post(address, form_data(article))

    assert "checker-axe-configuration" in client.get(address, {"in_preview_panel": "true"}).content.decode()


# What it offers beside the page itself


def links(client, address):
    html = BeautifulSoup(client.get(address).content, "html.parser")
    return [link["href"] for link in html.find_all("a", role="menuitem") if "/edit/" in link["href"]]


def edits(here):
    return f"//testserver{reverse('wagtailadmin_pages:edit', args=[here.pk])}"


@pytest.mark.parametrize("name", NAMES)
def test_a_translator_edits_the_translation_from_either_language(sign_in, name):
    """A user who may not edit an original gets from it to its translation with one click."""
    original, translation = page(name, "fr"), page(name, "en")
    if role_of(original) == Role.TRANSLATION:
        original, translation = translation, original
    account = f"translator.{translation.locale.language_code}"

    for here in (original, translation):
        assert links(sign_in(account), here.url) == [edits(translation)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_editor_edits_both_languages(sign_in, language):
    here, there = page("article", language), page("article", "en" if language == "fr" else "fr")
    assert links(sign_in("editor"), here.url) == [edits(here), edits(there)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_on_the_page_of_a_country_are_its_offices(sign_in, language):
    office = Office.objects.get(country="HT")
    address = reverse(office.snippet_viewset.get_url_name("edit"), args=[office.pk])
    assert f"//testserver{address}" in links(sign_in("editor"), COUNTRY[language])
    assert f"//testserver{address}" not in links(sign_in("officer"), COUNTRY[language])
    assert f"//testserver{address}" not in links(sign_in("editor"), page("map", language).url)
