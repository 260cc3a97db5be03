"""The page cache does not answer plain HTTP or other hosts, nor with a page for one reader."""

import pytest
from django.core.wsgi import get_wsgi_application

from iom.caching import addresses
from iom.caching.marking import CACHEABLE_HEADER
from iom.caching.page_cache import TO_BROWSERS, PageCache
from iom.caching.tests.readers import Reader
from iom.tests.addresses import NEWS, SEARCH
from newsroom.officers.tests.test_listing import withdrawn

pytestmark = pytest.mark.django_db


def test_plain_http_is_redirected_to_https_though_the_page_is_cached(settings, watch):
    settings.SECURE_SSL_REDIRECT, settings.SECURE_PROXY_SSL_HEADER = True, ("HTTP_X_FORWARDED_PROTO", "https")
    site = Reader(PageCache(get_wsgi_application(), watch))
    for _ in range(2):
        secure = site.get("/fr/", HTTP_X_FORWARDED_PROTO="https")
    assert (secure.status, secure.source) == ("200 OK", "hit")
    assert site.get("/fr/", HTTP_X_FORWARDED_PROTO="http").status.startswith("301")
    assert site.get("/fr/").status.startswith("301")


def test_another_host_is_refused_though_the_page_is_kept(settings, site):
    settings.ALLOWED_HOSTS = ["www.example.org"]
    addresses._is_allowed.cache_clear()
    try:
        site.get("/fr/")
        assert site.get("/fr/", HTTP_HOST="evil.example").status.startswith("400")
        assert site.get("/fr/").source == "hit"
    finally:
        addresses._is_allowed.cache_clear()


def test_other_caches_may_store_only_what_is_cached_here(settings, watch):
    settings.HTTP_CACHE_URL = "http://127.0.0.1:6081"
    site = Reader(PageCache(get_wsgi_application(), watch))
    for _ in range(2):
        kept = site.get(NEWS["fr"])
    assert (kept.source, kept.headers["cache-control"] != TO_BROWSERS) == ("hit", True)
    passed = site.get(f"{NEWS['fr']}?x=1")
    assert (passed.source, passed.headers["cache-control"]) == ("pass", TO_BROWSERS)


def test_a_withdrawn_text_is_never_answered_with_304(site):
    address = withdrawn(title="Un zirconium").url
    for _ in range(2):
        gone = site.get(address)
        assert gone.status.startswith("410")
        assert site.get(address, HTTP_IF_NONE_MATCH=gone.headers["etag"]).status.startswith("410")


def test_a_cached_page_has_no_request_id(site):
    assert "x-request-id" in site.get(f"{SEARCH['fr']}?q=Haiti").headers
    for _ in range(2):
        assert "x-request-id" not in site.get("/fr/").headers


def test_head_of_an_uncached_page_has_no_body(site):
    assert site.get(f"{SEARCH['fr']}?q=Haiti", method="HEAD").body == b""


@pytest.mark.parametrize("header", [("Set-Cookie", "a=b"), ("Vary", "Cookie")])
def test_a_response_for_one_reader_is_not_cached_even_if_a_view_marks_it(watch, header):
    class Answer(list):
        def close(self):
            pass

    def answer(environ, start_response):
        start_response("200 OK", [(CACHEABLE_HEADER, "/fr/"), header])
        return Answer([b"text"])

    site = Reader(PageCache(answer, watch))
    assert [site.get("/fr/").source for _ in range(2)] == ["pass", "pass"]


def test_a_long_address_is_answered_by_django(site):
    for address in (f"/fr/?q={'x' * addresses.MAX_QUERY_LENGTH}", f"/fr/{'x' * addresses.MAX_PATH_LENGTH}/"):
        assert site.get(address).source is None
