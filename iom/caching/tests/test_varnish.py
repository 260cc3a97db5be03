"""The requests of Varnish to the site, and its responses while the site is down."""

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from iom.caching.tests import servers
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
