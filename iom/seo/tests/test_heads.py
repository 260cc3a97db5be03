"""What search engines and social networks read in the head of a page."""

from types import SimpleNamespace

import pytest
from django.contrib.staticfiles import finders
from django.template import Context
from django.urls import reverse
from PIL import Image
from wagtail.models import Page, PageViewRestriction

from iom.seo.templatetags import seo
from iom.tests.addresses import LANGUAGES, NEWS, SEARCH
from iom.tests.factories import ArticleFactory
from newsroom.models import NewsArticle


@pytest.mark.parametrize(
    ("url", "absolute"),
    [
        ("/fr/", "https://www.example.org/fr/"),
        ("https://elsewhere.example/x", "https://elsewhere.example/x"),
        ("", ""),
        (None, ""),
    ],
)
def test_addresses_of_the_site_are_made_absolute(url, absolute):
    assert seo.absolute(url) == absolute


def test_the_canonical_address_has_neither_filters_nor_notice_but_the_page_of_a_list(rf):
    request = rf.get("/en/news/?missing=1&kind=story&page=2")

    assert seo.canonical_url(Context({"request": request})) == "https://www.example.org/en/news/"
    listed = Context({"request": request, "articles": SimpleNamespace(number=2)})
    assert seo.canonical_url(listed) == "https://www.example.org/en/news/?page=2"
    assert seo.canonical_url(Context({})) == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_page_of_a_list_alone_names_its_translation(visitor, language):
    for query, has in (("", True), ("?page=1", True), ("?kind=news", True), ("?page=2", False)):
        head = visitor.get(f"{NEWS[language]}{query}").content.decode().partition("</head>")[0]

        assert (head.count(' hreflang="'), head.count("og:locale:alternate")) == ((3, 1) if has else (0, 0)), query


@pytest.mark.parametrize("language", LANGUAGES)
def test_search_engines_keep_pages_and_no_choices_nor_searches(visitor, language):
    def is_kept(address):
        return '<meta name="robots" content="noindex">' not in visitor.get(address).content.decode()

    article = ArticleFactory(language=language)
    assert is_kept(NEWS[language])
    assert is_kept(article.url)
    assert not is_kept(f"{NEWS[language]}?kind=story")
    assert not is_kept(SEARCH[language])
    assert not is_kept(f"{SEARCH[language]}?q=Mali")


@pytest.mark.parametrize("language", LANGUAGES)
def test_search_engines_do_not_keep_what_is_private(sign_in, language):
    """A user with access sees the page, and it has `noindex`."""
    article = ArticleFactory(language=language)
    PageViewRestriction.objects.create(page=article, restriction_type="login")
    answer = sign_in("officer").get(article.url)
    assert answer.status_code == 200
    assert '<meta name="robots" content="noindex">' in answer.content.decode()


@pytest.mark.parametrize(("code", "name"), [("fr", "fr_FR"), ("en", "en_GB"), ("ar", "ar_EG"), ("pt-br", "pt_BR")])
def test_social_networks_name_languages_with_a_country(code, name):
    assert seo.og_locale(code) == name


def test_the_description_is_what_was_written_for_search_engines_else_the_summary_else_the_introduction():
    page = SimpleNamespace(search_description="", summary="", introduction="Introduction")
    assert seo.description_of(page) == "Introduction"
    page.summary = "Summary"
    assert seo.description_of(page) == "Summary"
    page.search_description = "Description"
    assert seo.description_of(page) == "Description"
    assert seo.description_of(object()) == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_without_a_picture_has_the_card_of_its_kind(visitor, language):
    article = ArticleFactory(language=language, kind="speech")

    assert (
        f"https://www.example.org/static/img/cards/speech-{language}.png" in visitor.get(article.url).content.decode()
    )
    assert (
        f"https://www.example.org/static/img/cards/site-{language}.png"
        in visitor.get(f"/{language}/").content.decode()
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_has_a_card_in_every_language(language):
    for kind in [*NewsArticle.Kind.values, "site"]:
        with Image.open(finders.find(f"img/cards/{kind}-{language}.png")) as card:
            assert card.size == (1200, 630)


@pytest.mark.parametrize(("language", "name"), [("fr", "OIM"), ("en", "IOM")])
def test_the_manifest_has_the_name_and_the_icons_of_the_site(visitor, language, name):
    head = visitor.get(f"/{language}/").content.decode()
    answer = visitor.get(f"/{language}/manifest.webmanifest")
    manifest = answer.json()

    assert f'<link rel="manifest" href="/{language}/manifest.webmanifest">' in head
    assert answer["Content-Type"] == "application/manifest+json"
    assert (manifest["short_name"], manifest["lang"], manifest["start_url"]) == (name, language, f"/{language}/")
    for icon in manifest["icons"]:
        with Image.open(finders.find(icon["src"].removeprefix("/static/"))) as picture:
            assert "{}x{}".format(*picture.size) == icon["sizes"]


def test_the_icon_is_found_without_reading_the_head(visitor):
    answer = visitor.get("/favicon.ico")
    assert finders.find(answer["Location"].removeprefix("/static/"))


def test_the_root_of_the_tree_asks_for_no_password(visitor):
    """Anybody can derive its address from that of a restricted page."""
    page = Page.objects.get(depth=3, slug="actualites")
    lock = PageViewRestriction.objects.create(page=page, restriction_type="password", password="x")
    answer = visitor.get(
        reverse("wagtailcore_authenticate_with_password", args=[lock.pk, Page.get_first_root_node().pk])
    )
    assert answer.status_code < 500
