"""The banner, for readers and for editors."""

import time
from datetime import timedelta

import pytest
from django.core.cache import caches
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction

from iom.banner.models import Banner
from iom.banner.tests.banners import TEXTS, send, shown, stored
from iom.caching.page_cache import PageCache
from iom.caching.tests.readers import FakeWatch, Reader
from iom.contacts.models import Office
from iom.tests.addresses import LANGUAGES, NAMES, article, other_addresses, page
from iom.tests.browser.page_checks import PRIVATE

pytestmark = pytest.mark.django_db


def on(client, address):
    return shown(client.get(address).content)


@pytest.fixture
def readers():
    """A reader of cached pages."""
    caches["pages"].clear()
    return Reader(PageCache(get_wsgi_application(), FakeWatch()))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_public_page_has_it_in_its_language_and_error_pages_too(visitor, language):
    stored(level="emergency")
    addresses = [page(name, language).url for name in NAMES] + list(other_addresses(language).values())
    for address in [*addresses, article(PRIVATE, language).url]:
        found = on(visitor, address)
        assert found.select_one(".banner-text").get_text(strip=True) == TEXTS[language], address
    level = {"fr": "Urgence", "en": "Emergency"}[language]
    assert found.select_one(f"#{found['aria-labelledby']}").get_text(strip=True) == level


def test_there_is_none_before_its_box_is_ticked_and_after_it_is_unticked(visitor):
    assert on(visitor, "/fr/") is None
    stored(is_shown=False)
    assert on(visitor, "/fr/") is None
    stored()
    assert on(visitor, "/fr/")
    stored(is_shown=False)
    assert on(visitor, "/fr/") is None


@pytest.mark.parametrize("address", ["/fr/", "/en/", "/en/news/"])
def test_a_kept_page_has_it_from_its_beginning_to_its_end(readers, address, monkeypatch):
    now = timezone.now()
    stored(begins_at=now + timedelta(seconds=10), ends_at=now + timedelta(seconds=20))

    def read_at(seconds):
        moment = now + timedelta(seconds=seconds)
        monkeypatch.setattr(timezone, "now", lambda: moment)
        monkeypatch.setattr(time, "time", moment.timestamp)
        return [readers.get(address), readers.get(address)]

    before, during, after = read_at(0), read_at(15), read_at(25)
    assert [one.source for one in before] == ["miss", "hit"]
    assert [bool(shown(one.text)) for one in before + during + after] == [False] * 2 + [True] * 2 + [False] * 2
    assert during[1].source == after[1].source == "hit"


def test_a_page_that_was_kept_has_it_as_soon_as_it_is_saved(readers, sign_in):
    assert shown(readers.get("/en/").text) is None
    send(sign_in("editor"))
    assert shown(readers.get("/en/").text)


def test_all_readers_have_the_same_bytes_and_no_cookie(readers, visitor):
    stored()
    first, second = readers.get("/en/"), readers.get("/en/", HTTP_COOKIE="a=b", HTTP_USER_AGENT="Other")
    assert first.body == second.body
    assert not {"set-cookie", "cookie"} & {*first.headers, first.headers.get("vary", "").lower()}
    assert visitor.get("/en/").content.decode() == first.text


def queries_about_it(client):
    with CaptureQueriesContext(connection) as captured:
        client.get("/fr/")
    return sum("banner_banner" in query["sql"] for query in captured)


@pytest.mark.parametrize("is_shown", [False, True])
def test_a_page_takes_no_query_for_it_but_after_a_change(visitor, is_shown):
    if is_shown:
        stored(page=page("legal", "fr"))
    visitor.get("/fr/")
    assert queries_about_it(visitor) == 0
    Office.objects.update(phone="+41 22 717 91 12")
    assert queries_about_it(visitor) <= 2  # one for its text, one for the clock
    assert queries_about_it(visitor) == 0
    assert Banner.objects.exists() == is_shown  # a reader writes nothing


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_link_to_a_page_leads_to_it_in_the_readers_language(visitor, language):
    stored({"fr": {"name": "Texte.", "label": "Nos règles"}, "en": "Text."}, page=page("legal", "en"))
    link = on(visitor, f"/{language}/").a
    assert link["href"] == page("legal", language).url
    assert link.get_text() == {"fr": "Nos règles", "en": page("legal", "en").title}[language]


def test_it_does_not_lead_to_a_page_that_is_not_public(visitor):
    stored(page=page("legal", "en"))
    PageViewRestriction.objects.create(page=page("legal", "fr"), restriction_type="login")
    assert on(visitor, "/en/").a is None


def test_each_language_has_its_own_address(visitor, sign_in):
    rows = {code: {"name": "Text.", "label": code, "address": f"https://www.example.org/{code}"} for code in LANGUAGES}
    send(sign_in("editor"), rows)
    for code in LANGUAGES:
        assert on(visitor, f"/{code}/").a["href"] == f"https://www.example.org/{code}"


def test_a_language_without_a_text_has_that_of_the_default_language_marked_as_such(visitor):
    stored({"fr": "Texte."})
    assert str(on(visitor, "/en/").span) == '<span dir="ltr" lang="fr">Texte.</span>'


def test_markup_in_its_text_is_text(visitor):
    stored({"fr": "<script>alert(1)</script>", "en": "x"})
    assert on(visitor, "/fr/").script is None


# Those who write it


@pytest.mark.parametrize(
    ("texts", "missing"),
    [
        ({"fr": "Texte."}, "anglais"),
        ({"en": "Text."}, "français"),
        ({}, "français, anglais"),
        ({"fr": " "}, "français"),
    ],
)
def test_it_is_not_shown_without_a_text_in_each_language_which_is_named(sign_in, visitor, texts, missing):
    answer = send(sign_in("editor"), texts)
    assert f"Il manque : {missing}".replace(" :", "\u00a0:") in answer.content.decode()
    assert on(visitor, "/fr/") is None


def test_an_unfinished_one_is_saved_as_long_as_it_is_not_shown(sign_in):
    send(sign_in("editor"), {"fr": "Texte."}, is_shown="")
    assert [row.name for row in Banner.load().names.all()] == ["Texte."]


@pytest.mark.parametrize(
    ("texts", "fields"),
    [
        (TEXTS, {"begins_at": "2026-05-02 12:00", "ends_at": "2026-05-02 12:00"}),
        ({"fr": {"name": "Texte.", "label": "L", "address": "javascript:alert(1)"}, "en": "Text."}, {}),
        ({"fr": {"name": "Texte.", "address": "https://www.example.org/"}, "en": "Text."}, {}),
        ({"fr": "x" * 201, "en": "Text."}, {}),
    ],
)
def test_what_cannot_be_shown_is_refused(sign_in, texts, fields):
    answer = send(sign_in("editor"), texts, **fields)
    assert "error-message" in answer.content.decode()
    assert not Banner.load().is_shown


def test_the_history_of_the_site_says_who_has_shown_it(sign_in):
    send(sign_in("editor"))
    history = sign_in("admin").get(reverse("wagtailadmin_reports:site_history")).content.decode()
    assert TEXTS["fr"] in history


def test_an_officer_does_not_find_it(sign_in):
    address = reverse("wagtailsettings:edit", args=["banner", "banner"])
    assert address in sign_in("editor").get("/admin/").content.decode()
    assert address not in sign_in("officer").get("/admin/").content.decode()


def test_no_tick_stands_beside_the_box_that_is_not_ticked(sign_in):
    """Wagtail's icon for such a field is a ticked box."""
    address = reverse("wagtailsettings:edit", args=["banner", "banner", Banner.load().pk])
    form = sign_in("editor").get(address).content.decode()
    assert 'name="is_shown"' in form
    assert "icon-tick-inverse" not in form
