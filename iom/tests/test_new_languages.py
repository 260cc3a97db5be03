"""A language is added by a setting and a command: every page works in Spanish and Arabic beside French and English."""

import re
from urllib.parse import urljoin

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from wagtail.models import GroupCollectionPermission, GroupPagePermission, Locale, Page

from iom import languages
from iom.contacts.models import Office
from iom.publishing.models import Job
from iom.tests import addresses, new_languages, sitemap
from iom.tests.catalogues import read_messages
from iom.tests.new_languages import ADDED
from iom.translation.content.segments import extract_strings
from iom.translation.models import Original, TranslationState

SITE = settings.SITE_URL
pytestmark = [pytest.mark.one_database, pytest.mark.xdist_group("new languages")]  # the shared fixture is slow


@pytest.fixture(scope="module")
def site(django_db_setup, django_db_blocker, tmp_path_factory):
    """Adds both languages, and translates a page of each type and its ancestors into each."""
    with django_db_blocker.unblock(), transaction.atomic():
        with new_languages.add_languages(tmp_path_factory.mktemp("locale")):
            for name in addresses.NAMES:
                page = addresses.page(name, "fr")
                for text in [*page.get_ancestors().filter(depth__gt=1), page]:
                    states = TranslationState.objects.filter(original__translation_key=text.translation_key)
                    for state in states.filter(locale__language_code__in=ADDED, published_at=None):
                        new_languages.publish_translation(state)
            yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def foreign(site):
    """Returns the texts that the site has in French or in English, but not in both."""
    found = []
    for code in ("fr", "en"):
        texts = {form.strip() for _entry, forms in read_messages(code) for form in forms if "%" not in form}
        for page in Page.objects.filter(locale__language_code=code, live=True, depth__gt=1).specific():
            texts |= {" ".join(segment.string.data.split()) for segment in extract_strings(page)}
        found.append(texts)
    postal = {
        line.strip() for address in Office.objects.values_list("address", flat=True) for line in address.splitlines()
    }
    return {text for text in (found[0] ^ found[1]) - postal if re.search(r"[^\W\d_]{3}", text)}


def soup_of(answer):
    return BeautifulSoup(answer.content, "html5lib") if "html" in answer.headers["Content-Type"] else None


def in_sitemap(client, code):
    found = re.findall(r"<loc>(.*?)</loc>", sitemap.text(client))
    return {address.removeprefix(SITE) for address in found if address.startswith(f"{SITE}/{code}/")}


def crawl(client, code, start):
    """Follows links from the addresses `start`, and returns the answers of all addresses of the language."""
    answers, waiting = {}, {*start}
    while waiting:
        address = waiting.pop()
        answers[address] = answer = client.get(address)
        if soup := soup_of(answer):
            links = {urljoin(SITE + address, link["href"]).split("#")[0] for link in soup.select("[href]")}
            there = {link.removeprefix(SITE) for link in links if link.startswith(f"{SITE}/{code}/")}
            waiting |= there - answers.keys()
    return answers


def own_texts(soup, code):
    """Returns the texts of a page that are marked as its own language."""
    for elsewhere in soup.select(f"[lang]:not([lang={code}]), meta[property='og:type']"):
        elsewhere.decompose()
    texts = {" ".join(text.split()) for text in soup.stripped_strings}
    return texts | {
        tag[name]
        for name in ("aria-label", "title", "alt", "placeholder", "content")
        for tag in soup.select(f"[{name}]")
    }


@pytest.mark.parametrize("code", ADDED)
def test_every_page_is_served_in_the_new_language_only(site, foreign, visitor, code):
    with translation.override(code):
        search = reverse("search")
    live = Page.objects.filter(locale__language_code=code, live=True)
    answers = crawl(visitor, code, [*in_sitemap(visitor, code), f"{search}?q=zzzz", f"{search}?q=a"])

    assert {page.url_path for page in live} <= answers.keys()
    assert len(live) >= len(addresses.NAMES)
    for address, answer in answers.items():
        assert answer.status_code == 200, address
        assert answer.headers["Content-Language"] == code, address
        if soup := soup_of(answer):
            assert (soup.html["lang"], soup.html["dir"]) == (code, languages.direction(code)), address
            assert own_texts(soup, code) & foreign == set(), address
        else:
            text = answer.content.decode()
            assert not [words for words in foreign if len(words) > 20 and words in text], address


@pytest.mark.parametrize("code", [*dict(settings.LANGUAGES), *ADDED])
def test_all_translations_of_a_page_link_to_each_other(site, visitor, code):
    texts = {
        text.locale.language_code: text.url_path
        for text in addresses.article("every-block", "fr").get_translations(inclusive=True)
    }
    soup = soup_of(visitor.get(texts[code]))
    named = {link["hreflang"]: link["href"] for link in soup.select("link[rel=alternate][hreflang]")}

    assert texts.keys() == {"fr", "en", "es", "ar"}
    assert named == {one: SITE + url for one, url in texts.items()} | {"x-default": SITE + texts["fr"]}
    assert {link["hreflang"]: link["href"] for link in soup.select("header .languages a")} == {
        one: url for one, url in texts.items() if one != code
    }
    assert len(soup.select("meta[property='og:locale:alternate']")) == 3
    assert not {"undefined", "", "_"} & {meta["content"] for meta in soup.select("meta[property^='og:']")}


@pytest.mark.parametrize("code", ADDED)
def test_an_untranslated_page_links_to_its_nearest_translated_ancestor(site, foreign, visitor, code):
    soup = soup_of(visitor.get(addresses.article("public-letter-writers", "fr").url))
    there = soup.select_one(f"header a[hreflang={code}]")["href"]

    assert there.endswith("?missing=1")
    soup = soup_of(visitor.get(there))
    assert soup.html["lang"] == code
    assert soup.select(".notice")
    assert own_texts(soup, code) & foreign == set()


@pytest.mark.parametrize(
    ("accepted", "home"), [("es-MX,en;q=0.5", "/es/"), ("ar-EG", "/ar/"), ("de,es;q=0.1", "/es/"), ("de", "/fr/")]
)
def test_the_language_that_the_browser_prefers_is_chosen(site, visitor, accepted, home):
    assert visitor.get("/", headers={"accept-language": accepted}).headers["Location"] == home


@pytest.mark.parametrize("code", ADDED)
def test_error_pages_are_in_the_new_language(site, foreign, visitor, monkeypatch, code):
    not_found = visitor.get(f"/{code}/nowhere/")
    monkeypatch.setattr("iom.core.routing.resolve", lambda *arguments: 1 / 0)
    visitor.raise_request_exception = False
    failed = visitor.get(f"/{code}/")

    for answer, status in ((not_found, 404), (failed, 500)):
        soup = soup_of(answer)
        assert answer.status_code == status
        assert (soup.html["lang"], soup.html["dir"]) == (code, languages.direction(code))
        assert own_texts(soup, code) & foreign == set()


@pytest.mark.parametrize("code", ADDED)
def test_every_published_text_is_on_the_desk_of_the_new_language(site, db, code):
    texts = Original.objects.filter(page__live=True)
    assert texts.exclude(page__locale__language_code="fr").exists()
    assert not texts.exclude(translations__locale__language_code=code)


def test_roles_have_the_same_permissions_on_a_new_home_page(site, db):
    def granted(code):
        rows = GroupPagePermission.objects.filter(page__url_path=f"/{code}/")
        return {(group, codename) for group, codename in rows.values_list("group__name", "permission__codename")}

    def without(code, name):
        return {(group, codename) for group, codename in granted(code) if group != f"Translators into {name}"}

    def files(name):
        rows = GroupCollectionPermission.objects.filter(group__name=f"Translators into {name}")
        return set(rows.values_list("collection", "permission"))

    assert without("es", "Spanish") == without("ar", "Arabic") == without("fr", "French") != set()
    assert granted("es") - without("es", "Spanish") == {
        ("Translators into Spanish", "change_page"),
        ("Translators into Spanish", "publish_page"),
    }
    assert files("Spanish") == files("Arabic") == files("French") != set()


def test_a_second_run_of_add_language_changes_nothing(site, db):
    def state():
        models = (Page, Locale, Group, GroupPagePermission, GroupCollectionPermission, TranslationState, Job)
        return [list(model._default_manager.order_by("pk").values()) for model in models]

    before = state()
    call_command("add_language", "es", verbosity=0)
    assert state() == before
