"""The page cache in one process, with Django's application behind it and a watch that reads the test's database."""

import io
import time
from wsgiref.util import setup_testing_defaults

import pytest
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.utils.http import http_date

from iom.caching import page_cache, version
from iom.caching.page_cache import PageCache
from iom.caching.stored_page import choose_encoding
from iom.caching.stores import MemoryStore
from iom.caching.tests.readers import Answer, Reader, kept_addresses
from iom.contacts.models import Office
from iom.tests.addresses import COUNTRY, LANGUAGES, NEWS, SEARCH

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_public_page_is_kept_and_given_as_it_was_rendered(site, another_process, language, client):
    for address in kept_addresses(language):
        rendered, first, second, elsewhere = (
            client.get(address, headers={"host": "www.example.org"}),
            site.get(address),
            site.get(address),
            another_process.get(address),
        )
        sources = [first.source, second.source, elsewhere.source]
        assert sources == ["miss", "hit", "hit"], address
        assert first.text == second.text == elsewhere.text == rendered.content.decode(), address
        for name, value in rendered.headers.items():
            own = {"vary", "etag", "cache-control", "content-length", "content-encoding", "x-request-id"}
            if name.lower() not in own:
                assert second.headers[name.lower()] == value, (address, name)


@pytest.mark.parametrize("encoding", ["br", "gzip", "zstd", "identity"])
def test_each_encoding_has_its_own_validator(site, encoding):
    first = site.get("/fr/", encoding=encoding)
    second = site.get("/fr/", encoding=encoding)
    assert first.text == second.text == site.get("/fr/").text
    assert first.headers["etag"] == second.headers["etag"]
    assert not second.headers["etag"].startswith("W/")
    assert second.headers["vary"] == "Accept-Encoding"
    assert second.headers["cache-control"] == "no-cache"
    assert int(second.headers["content-length"]) == len(second.body)
    if encoding != "br":
        assert second.headers["etag"] != site.get("/fr/").headers["etag"]


@pytest.mark.parametrize(
    ("accepted", "chosen"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, zstd", "zstd"),
        ("gzip", "gzip"),
        ("", "identity"),
        ("identity", "identity"),
        ("br;q=0, gzip;q=0.5", "gzip"),
        ("gzip;q=1.0, br;q=0.2", "gzip"),
        ("*", "br"),
        ("*;q=0", "identity"),
        ("GZIP", "gzip"),
        ("br;q=x", "identity"),
    ],
)
def test_the_encoding_is_one_that_the_reader_accepts(accepted, chosen):
    assert choose_encoding(accepted) == chosen


def test_a_matching_etag_is_answered_with_304(site):
    tag = site.get("/en/").headers["etag"]
    again = site.get("/en/", HTTP_IF_NONE_MATCH=f'"other", W/{tag}')
    assert (again.status, again.body, again.headers["etag"]) == ("304 Not Modified", b"", tag)
    assert site.get("/en/", HTTP_IF_NONE_MATCH='"other"').status == "200 OK"


def test_a_feed_has_no_last_modified_and_ignores_if_modified_since(site):
    address = f"{NEWS['fr']}rss/"
    assert "last-modified" not in site.get(address).headers
    assert site.get(address, HTTP_IF_MODIFIED_SINCE=http_date()).status == "200 OK"


@pytest.mark.parametrize("feed", ["rss", "atom", "json"])
def test_a_feed_of_a_search_is_answered_with_304_though_it_is_not_cached(site, feed):
    address = f"{NEWS['fr']}{feed}/?q=eau"
    tag = site.get(address).headers["etag"]
    again = site.get(address, HTTP_IF_NONE_MATCH=f'"other", {tag}')
    assert (again.status, again.body, again.headers["etag"]) == ("304 Not Modified", b"", tag)
    assert (again.source, "content-length" in again.headers) == ("pass", False)
    assert site.get(address, HTTP_IF_NONE_MATCH='"other"').status == "200 OK"


def test_head_has_no_body(site):
    got, headed = site.get("/fr/"), site.get("/fr/", method="HEAD")
    assert (headed.body, headed.source) == (b"", "hit")
    assert headed.headers["content-length"] == got.headers["content-length"]
    assert site.get("/en/", method="HEAD").body == b""
    assert site.get("/en/").source == "hit"


def test_a_change_is_shown_at_once(site):
    address = COUNTRY["fr"]
    site.get(address)
    Office.objects.update(phone="+41 22 000 00 00")
    after = site.get(address)
    assert after.source == "miss"
    assert "22 000 00 00" in after.text.replace(" ", " ").replace(" ", " ")


def test_a_page_whose_rendering_began_before_a_change_is_not_cached(watch):
    django = get_wsgi_application()

    def slow(environ, start_response):
        answer = django(environ, start_response)
        Office.objects.update(phone="+41 22 000 00 00")  # while it is being rendered
        return answer

    site = Reader(PageCache(slow, watch))
    answer = site.get("/fr/")
    assert (answer.source, answer.headers["content-encoding"]) == ("pass", "br")


def test_while_the_database_is_migrated_nothing_is_kept(site, monkeypatch):
    monkeypatch.setattr(version, "read_number", lambda: None)
    answers = [site.get("/fr/", encoding="gzip") for _ in range(2)]
    assert [answer.source for answer in answers] == ["pass", "pass"]
    assert answers[0].headers["content-encoding"] == "gzip"


def test_without_the_database_every_stored_page_is_given(site, watch, another_process):
    for address in kept_addresses("fr"):
        site.get(address)
    Office.objects.update(phone="+41 22 000 00 00")  # so that all of them are of an earlier version
    watch.observe()
    watch.away = True
    for address in kept_addresses("fr"):
        for process in (site, another_process):
            answer = process.get(address)
            assert (answer.status, answer.source) == ("200 OK", "stale")


def test_without_the_database_another_page_is_said_to_come_later(site, watch, monkeypatch):
    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.utils import OperationalError

    def refuse(self, *args):
        raise OperationalError

    Office.objects.update(phone="+41 22 000 00 00")  # so that the page cannot be made from cached results
    watch.observe()
    watch.away = True
    monkeypatch.setattr(BaseDatabaseWrapper, "_cursor", refuse)
    answer = site.get("/en/")
    assert answer.status == "503 Service Unavailable"
    assert answer.headers["retry-after"] == "30"
    assert 'lang="en"' in answer.text


def test_a_failure_that_is_not_the_databases_is_not_hidden_by_an_earlier_page(watch):
    django = get_wsgi_application()
    fails = []

    def failing(environ, start_response):
        if fails:
            start_response("500 Internal Server Error", [])
            return Closing(b"failed")
        return django(environ, start_response)

    site = Reader(PageCache(failing, watch))
    site.get("/fr/")
    Office.objects.update(phone="+41 22 000 00 00")
    fails.append(True)
    assert site.get("/fr/").status == "500 Internal Server Error"
    watch.observe()
    watch.away = True
    assert site.get("/fr/").source == "stale"


class Closing(list):
    def __init__(self, *parts):
        super().__init__(parts)

    def close(self):
        pass


def test_while_another_renders_the_last_copy_is_given_for_a_moment(site, watch):
    site.get("/fr/")
    Office.objects.update(phone="+41 22 000 00 00")
    now = watch.observe().version
    shared = site.application._shared
    assert shared.claim("/fr/", now)
    watch.grace = True
    assert site.get("/fr/").source == "stale"
    watch.grace = False
    began = time.monotonic()
    assert site.get("/fr/").source == "miss"  # the other process takes too long
    assert time.monotonic() - began < page_cache.MAX_WAIT + 1
    shared.release_claim("/fr/", now)


def test_a_process_waits_for_a_page_that_another_renders(site, another_process, watch):
    now = watch.observe().version
    shared = site.application._shared
    assert shared.claim("/fr/", now)
    original = site.application._find
    rendered = []

    def look_again(address, version):
        if not rendered:
            rendered.append(another_process.application._render(address, now, None, ENVIRON, Answer().start))
        return original(address, version)

    site.application._find = look_again
    assert site.get("/fr/").source == "hit"


ENVIRON = {"REQUEST_METHOD": "GET", "PATH_INFO": "/fr/", "HTTP_HOST": "www.example.org", "wsgi.input": io.BytesIO()}
setup_testing_defaults(ENVIRON)


@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_COOKIE": f"{settings.SESSION_COOKIE_NAME}=x"},
        {"HTTP_COOKIE": "messages=x"},
        {"HTTP_AUTHORIZATION": "Basic eA=="},
        {"method": "POST"},
        {"method": "OPTIONS"},
        {"SCRIPT_NAME": "/x"},
        {"HTTP_HOST": ""},
    ],
)
def test_requests_with_a_session_or_a_form_are_answered_by_django(site, headers):
    site.get("/fr/")
    assert site.get("/fr/", **headers).source is None


@pytest.mark.parametrize(
    "address", ["/admin/login/", "/fr/-/account/sign-in/", "/", "/-/live", "/-/ready", "/robots.txt", "/documents/1/x"]
)
def test_what_is_no_page_is_answered_by_django(site, address):
    assert site.get(address).source is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_search_and_errors_are_not_kept(site, language):
    unknown = [
        f"/{language}/rien/",
        f"{SEARCH[language]}?q=Haiti",
        f"{NEWS[language]}?q=Haiti",
        f"{NEWS[language]}?page=999",
    ]
    for address in unknown:
        assert [site.get(address).source for _ in range(2)] == ["pass", "pass"], address


@pytest.mark.parametrize(
    "query", ["x=1", "page=1", "page=02", "kind=nothing", "country=HT&country=HT", "q=", "page=2&x=2", "missing=2"]
)
def test_parameters_without_effect_do_not_fill_the_cache(site, query):
    address = NEWS["fr"]
    site.get(address)
    answers = [site.get(f"{address}?{query}") for _ in range(2)]
    sources = [answer.source for answer in answers]
    assert {answer.headers["content-encoding"] for answer in answers} == {"br"}
    assert sources == (["hit", "hit"] if query == "q=" else ["pass", "pass"])
    assert len(site.application._memory._pages) == 1


@pytest.mark.parametrize("query", ["utm_source=x", "fbclid=1&gclid=2", "utm_campaign=%00", "&&", "a"])
def test_campaigns_and_empty_parameters_lead_to_the_same_page(site, query):
    kept = site.get("/fr/")
    assert site.get(f"/fr/?{query}").source == "hit"
    assert site.get(f"/fr/?{query}").body == kept.body


def test_the_order_of_filters_does_not_matter(site):
    address = NEWS["en"]
    assert site.get(f"{address}?kind=story&country=TD&country=HT").source == "miss"
    assert site.get(f"{address}?country=HT&country=TD&kind=story").source == "hit"


def test_only_a_part_of_the_memory_is_kept(site):
    memory = MemoryStore(size=site.application._memory._room)
    site.get("/fr/")
    one = site.application._memory.get("/fr/")
    memory = MemoryStore(size=3 * one.size)
    for number in range(5):
        memory.put(f"/{number}/", one)
        memory.get("/0/")
    assert [number for number in range(5) if memory.get(f"/{number}/")] == [0, 3, 4]
    memory.put("/4/", one)
    assert [number for number in range(5) if memory.get(f"/{number}/")] == [0, 3, 4]
