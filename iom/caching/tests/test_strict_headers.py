"""Every answer of the site tells browsers the same: which scripts may run, and that no other site may frame it."""

import re
from contextlib import contextmanager

import pytest
from django.core.wsgi import get_wsgi_application
from django.db import OperationalError

from iom.caching import addresses
from iom.caching.page_cache import PageCache
from iom.caching.tests.readers import Reader
from iom.core.static_headers import POLICY
from iom.media import renditions
from iom.media.models import SiteDocument
from iom.tests.addresses import COUNTRY, NEWS, SEARCH, page
from iom.tests.answers import STRICT_HEADERS
from iom.tests.databases import ROOT
from newsroom.officers.tests.test_listing import withdrawn

pytestmark = pytest.mark.django_db
LARGE = {"CONTENT_LENGTH": "3000000", "CONTENT_TYPE": "application/x-www-form-urlencoded"}
ARTICLE = "article with every block"


def check(answer, status):
    assert answer.status[:3] == str(status)
    missing = {name for name in STRICT_HEADERS if name.lower() not in answer.headers}
    assert not missing, (answer.status, missing)
    return answer


def test_what_is_found_and_what_is_not_modified_have_the_strict_headers(site):
    article, document = page(ARTICLE, "en"), SiteDocument.objects.first()
    renditions.prepare(article.lead_picture)
    files = [
        article.lead_picture.renditions.first().url,
        re.search(r"/-/map/[^\"]+\.svg", site.get(COUNTRY["en"]).text)[0],
        f"/documents/{document.pk}/{document.filename}",
    ]
    others = ["/robots.txt", "/sitemap.xml", "/news-sitemap.xml", "/-/live", "/en/manifest.webmanifest"]
    others += [f"{NEWS['en']}rss/", f"{article.url}text/", f"{SEARCH['en']}?q=water", "/en/-/account/sign-in/"]
    site.get("/en/")
    assert site.get("/en/").source == "hit"
    for address in ["/en/", article.url, *files, *others]:
        answer = check(site.get(address), 200)
        if tag := answer.headers.get("etag"):
            again = check(site.get(address, HTTP_IF_NONE_MATCH=tag), 304)
            assert again.headers["content-security-policy"] == answer.headers["content-security-policy"], address


def test_a_static_file_has_the_strict_headers(settings, tmp_path, watch):
    settings.STATIC_ROOT = tmp_path
    (tmp_path / "x.css").write_text("a {}")
    site = Reader(PageCache(get_wsgi_application(), watch))
    first = check(site.get("/static/x.css"), 200)
    again = check(site.get("/static/x.css", HTTP_IF_MODIFIED_SINCE=first.headers["last-modified"]), 304)
    assert again.headers["content-security-policy"] == first.headers["content-security-policy"] == POLICY


def test_each_redirect_has_the_strict_headers(site, settings, watch):
    check(site.get("/"), 302)
    check(site.get("/admin/"), 302)
    check(site.get("/admin/images/multiple/add/", method="POST", **LARGE), 302)
    assert check(site.get("/en/news"), 301).headers["location"] == "/en/news/"
    settings.SECURE_SSL_REDIRECT, settings.SECURE_PROXY_SSL_HEADER = True, ("HTTP_X_FORWARDED_PROTO", "https")
    check(Reader(PageCache(get_wsgi_application(), watch)).get("/en/"), 301)


def test_each_refusal_has_the_strict_headers(site, settings):
    check(site.get("/en/-/account/sign-in/", method="POST", CONTENT_LENGTH="0"), 403)
    check(site.get("/-/metrics"), 404)
    for address in ("/en/nothing-here/", "/nothing", "/media/images/none.jpg", "/documents/1/none.pdf"):
        check(site.get(address), 404)
    for method, address in (("POST", "/en/"), ("TRACE", "/en/"), ("PUT", "/static/x.css"), ("DELETE", "/-/live")):
        assert check(site.get(address, method=method), 405).headers["allow"]
    check(site.get(withdrawn(title="Un zirconium").url), 410)
    check(site.get("/en/-/account/sign-in/", method="POST", **LARGE), 413)
    settings.SEARCHES_PER_MINUTE = 1
    answers = [site.get(f"{SEARCH['en']}?q=water{number}", REMOTE_ADDR="192.0.2.7") for number in range(3)]
    check(answers[-1], 429)
    with only_host(settings, "www.example.org"):
        check(site.get("/en/", HTTP_HOST="evil.example"), 400)


def test_what_caddy_answers_itself_has_the_strict_headers():
    answered = (ROOT / "deploy/Caddyfile").read_text().split("handle_errors")[1]
    assert {name for name in STRICT_HEADERS if f"\t{name} " in answered} == STRICT_HEADERS


@contextmanager
def only_host(settings, host):
    settings.ALLOWED_HOSTS = [host]
    addresses._is_allowed.cache_clear()
    yield
    addresses._is_allowed.cache_clear()


@pytest.mark.parametrize(("error", "status"), [(ValueError(), 500), (OperationalError("away"), 503)])
@pytest.mark.parametrize("address", ["/en/", "/en/-/account/sign-in/", "/robots.txt"])
def test_an_error_has_the_strict_headers(watch, monkeypatch, error, status, address):
    def fail(*_args, **_kwargs):
        raise error

    monkeypatch.setattr("iom.navigation.middleware.AddressLanguageMiddleware.__call__", fail)
    check(Reader(PageCache(get_wsgi_application(), watch)).get(address), status)


@pytest.mark.parametrize(
    ("address", "language", "words"),
    [
        ("/fr/", "fr", "Cette adresse ne reçoit aucun formulaire"),
        ("/en/", "en", "This address takes no forms"),
        ("/fr/-/account/sign-in/", "fr", "Cette demande est trop volumineuse"),
        ("/en/-/account/sign-in/", "en", "This request is too large"),
    ],
)
def test_a_refused_form_is_explained_in_the_language_of_the_address(
    site, django_assert_num_queries, address, language, words
):
    with django_assert_num_queries(0):
        answer = site.get(address, method="POST", encoding="", **LARGE)
    assert answer.headers["content-language"] == language
    assert f'<html lang="{language}"' in answer.text
    assert f'<h1 class="page-title">{words}</h1>' in answer.text
