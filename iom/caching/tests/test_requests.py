"""What the page cache answers whom: not by plain HTTP, not as another host, and nothing that is one reader's alone."""

import pytest
from django.core.wsgi import get_wsgi_application

from iom.caching import addresses
from iom.caching.marking import HEADER
from iom.caching.pages import TO_BROWSERS, PageCache
from iom.caching.tests.readers import Reader
from iom.tests.addresses import NEWS, SEARCH
from newsroom.officers.tests.test_listing import withdrawn

pytestmark = pytest.mark.django_db


def test_who_asks_by_plain_http_is_led_to_https_though_the_page_is_kept(settings, watch):
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


def test_other_caches_keep_only_what_is_kept_here(settings, watch):
    settings.HTTP_CACHE_URL = "http://127.0.0.1:6081"
    site = Reader(PageCache(get_wsgi_application(), watch))
    for _ in range(2):
        kept = site.get(NEWS["fr"])
    assert (kept.source, kept.headers["cache-control"] != TO_BROWSERS) == ("hit", True)
    passed = site.get(f"{NEWS['fr']}?x=1")
    assert (passed.source, passed.headers["cache-control"]) == ("pass", TO_BROWSERS)


def test_who_has_read_a_text_that_was_withdrawn_is_told_so_again(site):
    address = withdrawn(title="Un zirconium").url
    for _ in range(2):
        gone = site.get(address)
        assert gone.status.startswith("410")
        assert site.get(address, HTTP_IF_NONE_MATCH=gone.headers["etag"]).status.startswith("410")


def test_a_page_that_is_kept_has_the_number_of_no_request(site):
    assert "x-request-id" in site.get(f"{SEARCH['fr']}?q=Haiti").headers
    for _ in range(2):
        assert "x-request-id" not in site.get("/fr/").headers


def test_head_of_what_is_not_kept_has_no_body(site):
    assert site.get(f"{SEARCH['fr']}?q=Haiti", method="HEAD").body == b""


@pytest.mark.parametrize("header", [("Set-Cookie", "a=b"), ("Vary", "Cookie")])
def test_what_is_one_readers_alone_is_not_kept_whatever_a_view_says(watch, header):
    class Answer(list):
        def close(self):
            pass

    def answer(environ, start_response):
        start_response("200 OK", [(HEADER, "/fr/"), header])
        return Answer([b"text"])

    site = Reader(PageCache(answer, watch))
    assert [site.get("/fr/").source for _ in range(2)] == ["pass", "pass"]


def test_a_long_address_is_answered_by_django(site):
    for address in (f"/fr/?q={'x' * addresses.LONGEST_QUERY}", f"/fr/{'x' * addresses.LONGEST_PATH}/"):
        assert site.get(address).source is None
