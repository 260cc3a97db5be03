"""Properties of every page type in both languages."""

import html5lib
import pytest
from bs4 import BeautifulSoup
from django.conf import settings

from iom.tests.addresses import LANGUAGES, NAMES, SEARCH, page
from iom.tests.catalogues import read_messages

BASE = settings.SITE_URL


def soup_of(response) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html5lib")


@pytest.fixture(params=LANGUAGES)
def language(request):
    return request.param


@pytest.mark.parametrize("name", NAMES)
def test_a_page_is_whole_and_in_its_language(visitor, language, name):
    response = visitor.get(page(name, language).url)
    assert response.status_code == 200
    html5lib.HTMLParser(strict=True).parse(response.content.decode())  # raises at the first error
    soup = soup_of(response)
    assert soup.html["lang"] == language
    assert response["Content-Language"] == language
    assert len(soup.find_all("h1")) == 1
    assert soup.title.string.strip()
    assert len(soup.find_all("main")) == 1


@pytest.mark.parametrize("name", NAMES)
def test_hreflang_links_name_all_translations(visitor, language, name):
    here = page(name, language)
    links = {
        link["hreflang"]: link["href"]
        for link in soup_of(visitor.get(here.url)).select("link[rel=alternate][hreflang]")
    }
    expected = {code: BASE + page(name, code).url for code in LANGUAGES}
    original = (
        f"{BASE}/" if name == "home" else BASE + min((page(name, code) for code in LANGUAGES), key=lambda p: p.pk).url
    )
    assert links == expected | {"x-default": original}


@pytest.mark.parametrize("name", NAMES)
def test_the_language_switch_leads_to_the_same_page(visitor, language, name):
    other = next(code for code in LANGUAGES if code != language)
    switch = soup_of(visitor.get(page(name, language).url)).select_one(f"header a[hreflang={other}]")
    assert switch["href"] == page(name, other).url
    assert switch["lang"] == other


@pytest.mark.parametrize("name", NAMES)
def test_the_canonical_address_is_absolute_and_has_no_parameters(visitor, language, name):
    here = page(name, language)
    canonical = soup_of(visitor.get(here.url, {"missing": "1"})).select_one("link[rel=canonical]")
    assert canonical["href"] == BASE + here.url


def own_words(language: str, other: str) -> set[str]:
    """Returns the messages of the interface in a language that are not also messages in the other."""
    ours, theirs = (
        {said.strip() for entry, (said, *_plural) in read_messages(code) if "%(" not in entry.msgid}
        for code in (language, other)
    )
    return ours - theirs


@pytest.mark.parametrize("name", [*NAMES, "search"])
def test_a_page_has_no_interface_words_of_the_other_language(visitor, language, name):
    other = next(code for code in LANGUAGES if code != language)
    address = f"{SEARCH[language]}?q=xyzzy" if name == "search" else page(name, language).url
    soup = soup_of(visitor.get(address))
    for elsewhere in soup.select(f"[lang={other}]"):
        elsewhere.decompose()
    texts = {" ".join(text.split()) for text in soup.stripped_strings}
    texts |= {tag[name] for name in ("aria-label", "title", "alt", "placeholder") for tag in soup.select(f"[{name}]")}
    assert not own_words(other, language) & texts


def test_the_root_address_redirects_by_the_accepted_language_without_a_cookie(visitor):
    for accepted, home in {
        "en-GB,en;q=0.9,fr;q=0.1": "/en/",
        "fr-CA": "/fr/",
        "de": "/fr/",
        "": "/fr/",
    }.items():
        response = visitor.get("/", headers={"accept-language": accepted})
        assert response.status_code == 302
        assert response["Location"] == home
        assert "Accept-Language" in response["Vary"]
        assert not response.cookies


def test_an_unknown_address_answers_404_in_its_language(visitor, language):
    response = visitor.get(f"/{language}/no-such-page/")
    assert response.status_code == 404
    soup = soup_of(response)
    assert soup.html["lang"] == language
    assert {"fr": "Page introuvable", "en": "Page not found"}[language] in soup.h1.get_text()


def test_a_server_error_answers_500_in_its_language(language, client, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr("iom.core.routing.resolve", fail)
    client.raise_request_exception = False
    response = client.get(f"/{language}/")
    assert response.status_code == 500
    assert soup_of(response).html["lang"] == language


def test_visitors_get_no_cookie(visitor, language):
    for name in NAMES:
        assert not visitor.get(page(name, language).url).cookies, name
    assert not visitor.get(SEARCH[language], {"q": "OIM"}).cookies


def test_an_untranslated_page_links_to_its_nearest_translated_ancestor_with_a_notice(visitor):
    from iom.tests.addresses import NEWS, article

    only_french = article("public-letter-writers", "fr")
    soup = soup_of(visitor.get(only_french.url))
    assert soup.select_one("header a[hreflang=en]")["href"] == f"{NEWS['en']}?missing=1"
    assert not soup.select("link[rel=alternate][hreflang=en]")
    notice = soup_of(visitor.get(f"{NEWS['en']}?missing=1"))
    assert "This page is not available in English" in notice.get_text()
    assert "This page is not available in English" not in soup_of(visitor.get(NEWS["en"])).get_text()
