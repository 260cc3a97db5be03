"""A client of the page cache for tests. It calls a process's WSGI application, without a server."""

import gzip
import io
import time
from wsgiref.util import setup_testing_defaults

import brotli
import zstandard
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from iom.caching import version
from iom.caching.watch import Observation
from iom.contacts.models import public_contacts
from iom.tests.addresses import COUNTRY, NAMES, NEWS, PRESS, page


class FakeWatch:
    """A watch that reads in the test's transaction.

    `away`: as if the database did not respond. `settled`: as if nothing had been written for long.
    """

    def __init__(self):
        self.away, self.grace, self.settled, self.last = False, False, False, None

    def observe(self, newer_than=0):
        if not self.away:
            number = version.read_number()
            self.last = None if number is None else version.version_for(number)
        return Observation(self.last, time.monotonic(), self.away)

    def is_in_grace(self, version):
        return self.grace

    def is_settled(self, version):
        return self.settled


class Reader:
    """Calls the application as a server does."""

    def __init__(self, application):
        self.application = application

    def get(self, address, method="GET", encoding="br", **headers):
        path, _, query = address.partition("?")
        environ = {
            "REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query, "HTTP_ACCEPT_ENCODING": encoding,
            "HTTP_HOST": "www.example.org", "wsgi.input": io.BytesIO(),
        } | headers  # fmt: skip
        setup_testing_defaults(environ)
        answer = Answer()
        # As in Django's test client. Otherwise the connection would close after a request, with the test's transaction.
        for signal in (request_started, request_finished):
            signal.disconnect(close_old_connections)
        result = self.application(environ, answer.start)
        answer.body = b"".join(result)
        if hasattr(result, "close"):
            result.close()
        return answer


class Answer:
    def start(self, status, headers, exc_info=None):
        self.status, self.headers = status, {name.lower(): value for name, value in headers}

    @property
    def source(self):
        return self.headers.get("x-page-cache")

    @property
    def text(self):
        unpack = {"br": brotli.decompress, "gzip": gzip.decompress, "zstd": zstandard.decompress, None: bytes}
        return unpack[self.headers.get("content-encoding")](self.body).decode()


def kept_addresses(language):
    news = NEWS[language]
    yield from (page(name, language).url for name in NAMES)
    yield from (COUNTRY[language], f"{news}?country=TD&kind=story", f"{news}?page=2", f"{news}?missing=1")
    yield from (f"{news}{feed}/" for feed in ("rss", "atom", "json"))
    yield from (f"{news}rss/?country=HT", "/sitemap.xml", "/sitemap-pages-1.xml")
    yield from (f"{PRESS[language]}?country=TD&language=fr", f"/{language}/vcard/{public_contacts()[0].pk}.vcf")
