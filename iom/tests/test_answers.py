"""Headers and methods of all responses: character sets, caching, policies, and limits of requests."""

import io
import re
import runpy

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from gunicorn.config import Config
from gunicorn.http import RequestParser
from wagtail.models import PageViewRestriction

from iom.core.static_headers import POLICY
from iom.operation.recovery import encryption
from iom.tests.databases import ROOT
from newsroom.models import NewsArticle

TEXT_TYPES = re.compile(r"^(text/|image/svg|application/(xml|json|javascript|manifest|rss|atom))|\+(xml|json)")


def test_every_text_names_its_characters(visitor):
    """This includes sitemaps, feeds, maps and health checks. JSON is UTF-8 by its standard."""
    addresses = [
        "/fr/",
        "/sitemap.xml",
        "/sitemap-pages-1.xml",
        "/news-sitemap.xml",
        "/robots.txt",
        "/-/live",
        "/-/ready",
    ]
    addresses += [
        "/.well-known/security.txt",
        "/fr/manifest.webmanifest",
        "/fr/actualites/rss/",
        "/fr/actualites/atom/",
    ]
    addresses += re.findall(r"/-/map/[^\"]+\.svg", visitor.get("/fr/ou-nous-travaillons/").content.decode())[:1]
    checked = 0
    for address in addresses:
        kind = visitor.get(address).headers.get("Content-Type", "")
        if TEXT_TYPES.search(kind) and "json" not in kind:
            checked += 1
            assert "charset=utf-8" in kind.lower(), (address, kind)
    assert checked >= 8


@pytest.mark.parametrize("address", ["/fr/", "/-/live", "/admin/", "/static/x.css", "/fr/-/account/sign-in/"])
@pytest.mark.parametrize("method", ["TRACE", "PUT", "DELETE", "PROPFIND"])
def test_a_method_that_nothing_uses_is_refused(visitor, address, method):
    used = address == "/admin/" and method in ("PUT", "DELETE")
    assert (visitor.generic(method, address).status_code != 405) == used


@pytest.mark.parametrize("address", ["/", "/fr/", "/fr/actualites/", "/fr/recherche/", "/fr/nowhere/", "/robots.txt"])
def test_an_address_without_a_form_reads_no_request_body(visitor, address):
    visitor.cookies["csrftoken"] = "a" * 32  # with it, Django would read the whole request
    body = io.BytesIO(b"a=b")
    answer = visitor.generic("POST", address, body, content_type="application/x-www-form-urlencoded")
    assert (answer.status_code, answer.headers["X-Content-Type-Options"]) == (405, "nosniff")


@pytest.mark.parametrize("address", ["/fr/-/account/sign-in/", "/admin/images/multiple/add/"])
def test_an_anonymous_request_has_a_maximum_size(visitor, sign_in, address):
    """Only the admin reads a long request without a session: the author of a long article may have been signed out."""
    large = b"x" * 3 * 1024 * 1024
    is_of_the_admin = address.startswith("/admin/")
    for cookie in ("", "made-up"):
        visitor.cookies[settings.SESSION_COOKIE_NAME] = cookie
        answer = visitor.post(address, {"files[]": SimpleUploadedFile("a.bin", large)})
        assert answer.status_code == (302 if is_of_the_admin else 413)
    assert visitor.post(address, {"a": "x" * 200_000}).status_code in (200, 302)
    assert sign_in("officer").post(address, {"files[]": SimpleUploadedFile("a.bin", large)}).status_code != 413


def test_a_dismissed_notice_of_the_admin_is_stored(sign_in):
    """The script of Wagtail sends PATCH."""
    answer = sign_in("editor").patch(
        reverse("wagtailadmin_dismissibles"), {"whats-new": True}, content_type="application/json"
    )
    assert answer.status_code == 200


def test_a_private_page_is_stored_by_no_browser(visitor, sign_in):
    article = NewsArticle.objects.live().filter(locale__language_code="fr").first()
    PageViewRestriction.objects.create(page=article, restriction_type="login")
    assert "no-store" not in visitor.get("/fr/").headers.get("Cache-Control", "")
    for client in (visitor, sign_in("officer")):
        assert "no-store" in client.get(article.url)["Cache-Control"]
    PageViewRestriction.objects.update(restriction_type="password", password="secret")
    assert "no-store" in visitor.get(article.url)["Cache-Control"]


@pytest.mark.parametrize("name", ["mfa_index", "usersessions_list", "account_reauthenticate", "account_logout"])
def test_no_page_of_an_account_is_stored(sign_in, name):
    assert "no-store" in sign_in("officer").get(reverse(name))["Cache-Control"]


def test_the_token_of_the_figures_is_not_led_from_http_to_https(db, settings):
    settings.METRICS_TOKEN, settings.SECURE_SSL_REDIRECT = "token", True
    settings.SECURE_REDIRECT_EXEMPT = [r"^-/metrics$"]
    client = Client(headers={"authorization": "Bearer token"})
    assert client.get("/-/metrics").status_code == 403
    assert client.get("/fr/").status_code == 301


def test_a_static_file_has_a_policy_and_is_for_the_site_alone(db, settings, tmp_path):
    from whitenoise.middleware import WhiteNoiseMiddleware

    settings.STATIC_ROOT = tmp_path
    (tmp_path / "x.css").write_text("a {}")
    middleware = WhiteNoiseMiddleware(None, settings)
    answer = middleware(type("Request", (), {"path_info": "/static/x.css", "method": "GET", "META": {}})())
    assert answer["Content-Security-Policy"] == POLICY
    assert "frame-ancestors 'none'" in POLICY
    assert "Access-Control-Allow-Origin" not in answer
    answer.close()


def test_a_backup_of_before_is_still_opened(monkeypatch):
    """The key of an earlier backup has a lower cost; new keys have N = 2^17."""
    import io

    def sealed() -> bytes:
        target = io.BytesIO()
        sealer = encryption.EncryptingWriter(target, "key", "file")
        sealer.write(b"content")
        sealer.finish()
        return target.getvalue()

    assert encryption.COSTS[encryption.MAGIC] == 2**17
    with monkeypatch.context() as before:
        before.setattr(encryption, "MAGIC", encryption.EARLIER_MAGIC)
        before.setattr(encryption._cipher, "__defaults__", (encryption.EARLIER_MAGIC,))
        old = sealed()
    assert old.startswith(b"IOMSEAL1")
    assert sealed().startswith(b"IOMSEAL2")
    for file in (old, sealed()):
        assert encryption.DecryptingReader(io.BytesIO(file), "key", "file").read() == b"content"


def test_client_headers_do_not_change_the_script_name():
    """A proxy may pass the header on. With another script name the site would not recognize admin addresses, and would
    show hidden titles."""
    config = Config()
    for name, value in runpy.run_path(str(ROOT / "deploy/gunicorn.conf.py")).items():
        if name in config.settings:
            config.set(name, value)
    sent = b"GET /x/admin/ HTTP/1.1\r\nHost: www.example.org\r\nSCRIPT_NAME: /x\r\nPATH_INFO: /y\r\n\r\n"
    request = next(RequestParser(config, iter([sent]), ("127.0.0.1", 50_000)))
    assert [name for name, _value in request.headers] == ["HOST"]
