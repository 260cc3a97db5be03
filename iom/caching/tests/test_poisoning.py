"""Nothing that one reader sends is shown to another. Each attack comes first, then a reader requests the same page."""

import pytest
from django.conf import settings
from django.core.cache import cache

from iom.tests.addresses import NEWS, SEARCH, page

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

ATTACKS = {
    "host": {"HTTP_HOST": "evil.example"},
    "host with a port": {"HTTP_HOST": "www.example.org:1337"},
    "host in capitals": {"HTTP_HOST": "WWW.EXAMPLE.ORG"},
    "two hosts": {"HTTP_HOST": "www.example.org,evil.example"},
    "X-Forwarded-Host": {"HTTP_X_FORWARDED_HOST": "evil.example"},
    "X-Forwarded-Server": {"HTTP_X_FORWARDED_SERVER": "evil.example"},
    "X-Forwarded-Port": {"HTTP_X_FORWARDED_PORT": "1337"},
    "X-Forwarded-Prefix": {"HTTP_X_FORWARDED_PREFIX": "/evil"},
    "X-Forwarded-Proto": {"HTTP_X_FORWARDED_PROTO": "evil"},
    "X-Forwarded-For": {"HTTP_X_FORWARDED_FOR": "<script>"},
    "Forwarded": {"HTTP_FORWARDED": "host=evil.example;proto=http"},
    "X-Original-URL": {"HTTP_X_ORIGINAL_URL": "/admin/"},
    "X-Rewrite-URL": {"HTTP_X_REWRITE_URL": "/admin/"},
    "X-HTTP-Method-Override": {"HTTP_X_HTTP_METHOD_OVERRIDE": "POST"},
    "SCRIPT_NAME": {"SCRIPT_NAME": "/evil"},
    "language": {"HTTP_ACCEPT_LANGUAGE": "en"},
    "cookie of a language": {"HTTP_COOKIE": f"{settings.LANGUAGE_COOKIE_NAME}=en"},
    "cookie": {"HTTP_COOKIE": "csrftoken=evil; theme=<script>"},
    "session": {"HTTP_COOKIE": f"{settings.SESSION_COOKIE_NAME}=evil"},
    "messages": {"HTTP_COOKIE": "messages=evil"},
    "authorization": {"HTTP_AUTHORIZATION": "Basic eA=="},
    "range": {"HTTP_RANGE": "bytes=0-10"},
    "if range": {"HTTP_RANGE": "bytes=0-10", "HTTP_IF_RANGE": '"x"'},
    "not modified": {"HTTP_IF_NONE_MATCH": "*"},
    "not modified since": {"HTTP_IF_MODIFIED_SINCE": "Fri, 31 Dec 9999 23:59:59 GMT"},
    "unmodified since": {"HTTP_IF_UNMODIFIED_SINCE": "Thu, 01 Jan 1970 00:00:00 GMT"},
    "if match": {"HTTP_IF_MATCH": '"x"'},
    "encoding": {"encoding": "evil, br;q=0"},
    "no encoding": {"encoding": "identity"},
    "two encodings at once": {"encoding": "gzip, br, gzip"},
    "HEAD": {"method": "HEAD"},
    "POST": {"method": "POST"},
    "another method": {"method": "EVIL"},
    "method with a body": {"CONTENT_LENGTH": "5", "CONTENT_TYPE": "application/x-www-form-urlencoded"},
    "fragment of a page": {"HTTP_X_REQUESTED_WITH": "XMLHttpRequest"},
    "user agent": {"HTTP_USER_AGENT": "<script>"},
    "oversized header": {"HTTP_X_EVIL": "x" * 100_000},
    "oversized cookie": {"HTTP_COOKIE": "x=" + "x" * 100_000},
    "save data": {"HTTP_SAVE_DATA": "on", "HTTP_SEC_FETCH_DEST": "image"},
}
# Additions to an address. The response must not be cached for the address itself.
TAILS = [
    "?utm_source=<script>", "?x=<script>", "?page=1&page=2", "?kind=story&kind=%00", "?_method=POST", "?%00", "?lang=en",
    "?missing=1&missing=<script>", "?" + "x" * 10_000, "?country=" + "&country=".join("AB"), "?q=<script>", "?;page=2",
    "style.css", "x.js", "..%2f", "../", "//", "%2e%2e/", ";x", "%00", "?utm_source=x&page=2", "?PAGE=2",
]  # fmt: skip


@pytest.fixture(params=[NEWS["fr"], f"{NEWS['en']}rss/", "article"])
def address(request):
    return page("article", "fr").url if request.param == "article" else request.param


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
def test_what_one_reader_sends_is_not_shown_to_another(site, another_process, address, attack, client):
    clean = client.get(address, headers={"host": "www.example.org"}).content.decode()
    for _ in range(2):
        site.get(address, **attack)
    for process in (site, another_process):
        shown = process.get(address)
        assert (shown.status, shown.text) == ("200 OK", clean)
        assert "evil" not in str(shown.headers)
        assert "set-cookie" not in shown.headers


@pytest.mark.parametrize("tail", TAILS)
def test_what_one_reader_adds_to_an_address_is_not_shown_to_another(site, another_process, address, tail, client):
    clean = client.get(address, headers={"host": "www.example.org"}).content.decode()
    for _ in range(2):
        answer = site.get(f"{address}{tail}")
        assert not answer.status.startswith("5")
    for process in (site, another_process):
        shown = process.get(address)
        assert (shown.status, shown.text) == ("200 OK", clean)
    assert len(site.application._memory._pages) <= 2  # nor does it fill the memory


def test_a_page_that_someone_signed_in_sees_is_not_kept(site, sign_in):
    client = sign_in("officer")
    cookie = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
    assert site.get("/fr/", HTTP_COOKIE=cookie).source is None
    assert not site.application._memory._pages
    assert site.get("/fr/").source == "miss"


def test_a_private_page_is_kept_for_nobody(site, another_process):
    from wagtail.models import PageViewRestriction

    here = page("article", "fr")
    site.get(here.url)
    PageViewRestriction.objects.create(page=here, restriction_type="password", password="open sesame")
    for process in (site, another_process):
        answer = process.get(here.url)
        assert answer.source == "pass"
        assert here.title not in answer.text


def test_who_searches_too_often_is_told_from_others_behind_a_proxy(site, settings):
    settings.SEARCHES_PER_MINUTE, settings.TRUSTED_PROXIES = 2, 1
    cache.clear()

    def search(client):
        return site.get(f"{SEARCH['en']}?q=Mali", HTTP_X_FORWARDED_FOR=client).status[:3]

    assert [search("203.0.113.5") for _time in range(3)] == ["200", "200", "429"]
    assert search("203.0.113.6") == "200"
