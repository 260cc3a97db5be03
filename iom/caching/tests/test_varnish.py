"""The requests of Varnish to the site, and its responses while the site is down."""

import http.client
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import pytest
from django.test import Client

from iom.caching.tests import servers
from iom.core.request_limits import MAX_ANONYMOUS_BODY
from iom.tests.answers import STRICT_HEADERS
from iom.tests.serving import free_port

pytestmark = [
    pytest.mark.one_database,
    pytest.mark.skipif(not servers.has_varnish(), reason="Varnish is not installed (Debian: apt-get install varnish)"),
]


class Site(BaseHTTPRequestHandler):
    def do_GET(self):
        """Responds with the Accept-Encoding header of the request."""
        said = self.headers.get("Accept-Encoding", "").encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def do_POST(self):
        """Refuses the request, without reading it unless it has a session, as the site does."""
        if self.headers.get("Cookie"):
            self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(405)
        self.end_headers()

    def log_message(self, *_arguments):
        pass


@pytest.fixture
def site():
    site = HTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=site.serve_forever, daemon=True).start()
    yield site
    site.shutdown()
    site.server_close()


@pytest.fixture
def varnish(site, tmp_path):
    with servers.varnish(tmp_path, free_port(), f"http://127.0.0.1:{site.server_port}") as address:
        yield address


def test_a_page_that_is_not_kept_is_compressed_too_and_what_has_no_header_gets_none(varnish):
    """The site compresses uncached responses with gzip only."""
    for accepted, asked in (("gzip, deflate, br, zstd", "br, gzip"), ("gzip", "gzip"), ("br", "br"), ("zstd", "")):
        with urlopen(Request(f"{varnish}/en/search/", headers={"Accept-Encoding": accepted}), timeout=10) as answer:
            assert answer.read().decode() == asked
            assert "Cache-Control" not in answer.headers


def test_while_the_site_is_away_a_reader_is_told_in_both_languages(site, varnish):
    site.shutdown()
    site.server_close()
    with pytest.raises(HTTPError) as error:
        urlopen(f"{varnish}/en/", timeout=10)
    answer = error.value
    words = answer.read().decode()

    assert (answer.code, answer.headers["Retry-After"]) == (503, "30")
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert "Le site ne répond pas" in words
    assert "The site does not answer" in words
    assert "Varnish" not in words
    assert set(answer.headers) >= STRICT_HEADERS


FORMS = ["/admin/pages/3/edit/", "/documents/password/1/", "/fr/-/account/sign-in/", "/-/password/1/2/"]
PAGES = ["/", "/fr/", "/fr/actualites/?q=/-/", "/robots.txt", "/-", "/fr/admin/", "/static/x.css"]


def send(varnish, path, size, method="POST", cookie=""):
    """Sends a body of `size` bytes, and returns the answer with its text."""
    connection = http.client.HTTPConnection(urlsplit(varnish).netloc, timeout=10)
    connection.request(method, path, b"x" * size, {"Cookie": cookie})
    answer = connection.getresponse()
    answer.words = answer.read().decode()
    connection.close()
    return answer


@pytest.mark.parametrize("path", PAGES)
def test_a_large_form_to_a_page_is_answered_405_though_the_site_does_not_read_it(varnish, path):
    for method in ("POST", "PUT"):
        answer = send(varnish, path, 5 * 1024 * 1024, method)
        assert (answer.status, answer.headers["Allow"]) == (405, "GET, HEAD, OPTIONS")
        assert set(answer.headers) >= STRICT_HEADERS
        assert "Rien n’a été enregistré" in answer.words
        assert '<p lang="en">Nothing has been saved' in answer.words
        assert "Varnish" not in answer.words


def test_varnish_and_the_site_know_the_same_addresses_without_a_form(db):
    """The two lists are kept in two files."""
    for path in [*FORMS, *PAGES]:
        assert (Client().post(path).status_code == 405) == (path in PAGES), path


@pytest.mark.parametrize("path", FORMS)
def test_a_form_that_is_too_large_is_answered_before_the_site_refuses_it(varnish, path):
    """With a session, or below the limit, the site answers."""
    too_large = send(varnish, path, MAX_ANONYMOUS_BODY + 1)
    if path.startswith("/admin/"):
        assert (too_large.status, too_large.headers["Location"]) == (302, "/admin/login/")
    else:
        assert too_large.status == 413
    assert set(too_large.headers) >= STRICT_HEADERS
    for size, cookie in ((1000, ""), (MAX_ANONYMOUS_BODY + 1, "sessionid=x")):
        answered = send(varnish, path, size, cookie=cookie)
        assert answered.status not in (302, 413)
        assert "Allow" not in answered.headers
        # Varnish adds them to what the server of the site answers itself
        assert set(answered.headers) >= STRICT_HEADERS
