"""Broken links are found: those within the site at once, others by a job that requests only public servers."""

import socket
import time
from contextlib import contextmanager, suppress
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from django.utils import timezone

from iom import findings
from iom.checks import addresses, fetching
from iom.checks.models import LinkAddress, LinkRound
from iom.checks.tests.broken import sound
from iom.media.models import SiteDocument
from iom.operation.status import FINE, WARNING
from iom.publishing import jobs
from iom.tests.factories import ArticleFactory
from newsroom.models import NewsArticle

OUTSIDE = "https://www.un.org/report"


def with_links(page, *html):
    page.body = [{"type": "paragraph", "id": "one", "value": f"<p>{' '.join(html)}</p>"}]
    return page


def link(address):
    return f'<a href="{address}">Le rapport annuel</a>'


def codes(page):
    return [one.code for one in findings.warnings_of(page)]


@pytest.fixture
def link_check(settings, monkeypatch):
    """The problem that a check finds, by address, and the addresses that were checked."""
    settings.LINK_CHECKS = True
    answers, urls = {}, []
    monkeypatch.setattr(fetching, "find_problem", lambda url: urls.append(url) or answers.get(url, ""))
    return answers, urls


def test_links_within_the_site_are_found_without_asking_anybody(db):
    page, other, draft = sound(), ArticleFactory(), ArticleFactory(live=False)
    document = SiteDocument.objects.create(title="Rapport", file="documents/a.pdf")
    inner = '<a linktype="{}" id="{}">Le rapport annuel</a>'
    assert codes(with_links(page, inner.format("page", other.pk), inner.format("document", document.pk))) == []
    assert codes(with_links(page, inner.format("page", 999_999))) == ["deleted"]
    assert codes(with_links(page, inner.format("document", 999_999))) == ["deleted"]
    assert codes(with_links(page, inner.format("page", draft.pk))) == ["unpublished"]


@pytest.mark.parametrize(
    "address",
    [
        "/fr/actualites/",
        "/fr/actualites/rss/",
        "/fr/actualites/?kind=news#a",
        "/robots.txt",
        "/fr/recherche",
        "#notes",
    ],
)
def test_addresses_of_the_site_that_exist_are_left(db, settings, address):
    page = sound()
    assert codes(with_links(page, link(address))) == []
    if address.startswith("/"):
        assert codes(with_links(page, link(f"{settings.SITE_URL}{address}"))) == []


@pytest.mark.parametrize("address", ["/fr/actualites/nulle-part/", "/fr/nulle-part/", "/nulle-part/", "/en/nowhere"])
def test_addresses_of_the_site_that_do_not_exist_are_found(db, settings, address):
    page = sound()
    assert codes(with_links(page, link(address))) == ["no page"]
    assert codes(with_links(page, link(f"{settings.SITE_URL}{address}"))) == ["no page"]


def test_a_new_link_is_checked_by_a_job_and_not_in_the_request(db, link_check):
    answers, urls = link_check
    answers[OUTSIDE] = LinkAddress.Problem.GONE
    page = with_links(sound(), link(f"{OUTSIDE}#page=3"))
    assert codes(page) == []
    assert urls == []

    jobs.enqueue_missing(["links"])
    jobs.run(kinds=["links"])

    assert urls == [OUTSIDE]
    assert codes(page) == ["silent link"]
    jobs.enqueue_missing(["links"])
    jobs.run(kinds=["links"])
    assert urls == [OUTSIDE]


def test_a_server_that_fails_once_is_checked_again_before_it_is_reported(db, link_check):
    answers, _urls = link_check
    answers[OUTSIDE] = LinkAddress.Problem.SILENT
    page = with_links(sound(), link(OUTSIDE))
    codes(page)
    addresses.check_new("due")
    assert codes(page) == []
    row = LinkAddress.objects.get()
    assert timedelta(0) < row.due_at - timezone.now() <= timedelta(hours=1)

    LinkAddress.objects.update(due_at=timezone.now())
    addresses.check_new("due")
    assert codes(page) == ["silent link"]
    answers[OUTSIDE] = ""
    addresses.check_address(LinkAddress.objects.get())
    assert codes(page) == []


@pytest.fixture
def night(monkeypatch):
    """It is three o'clock."""
    moment = timezone.localtime().replace(hour=3, minute=0)
    monkeypatch.setattr(addresses, "_night", lambda: moment.date())


def test_each_night_all_published_links_are_checked_once(db, link_check, night):
    answers, urls = link_check
    first, page = (with_links(sound(), link(OUTSIDE)) for _number in range(2))
    first.save()
    page.save()
    draft = with_links(sound(live=False), link("https://draft.example.org/"))
    draft.save()
    answers[OUTSIDE] = LinkAddress.Problem.GONE

    jobs.enqueue_missing(["links at night"])
    jobs.run(kinds=["links at night"])

    assert urls.count(OUTSIDE) == 1
    assert "https://draft.example.org/" not in urls
    assert addresses.broken_links().count() == 2
    assert addresses.missing_tonight() == []

    page.unpublish()
    assert addresses.broken_links().count() == 1
    LinkRound.objects.update(night=timezone.localdate() + timedelta(days=400))  # of a clock that was ahead
    with_links(NewsArticle.objects.get(pk=first.pk)).save()
    LinkAddress.objects.update(asked_at=timezone.now() - timedelta(days=30))
    addresses.check_tonight(addresses.missing_tonight()[0])
    assert not LinkAddress.objects.filter(url=OUTSIDE).exists()


def test_no_address_is_requested_if_checks_are_off(db, link_check, night, settings):
    settings.LINK_CHECKS = False
    codes(with_links(sound(), link(OUTSIDE)))
    assert not LinkAddress.objects.exists()
    assert addresses.missing_tonight() == addresses.missing_checks() == []


def test_the_state_of_the_site_names_them(db, link_check, night):
    from iom.checks.status import links as part

    assert next(part()).state == FINE
    link_check[0][OUTSIDE] = LinkAddress.Problem.GONE
    with_links(sound(), link(OUTSIDE)).save()
    addresses.check_tonight(addresses.missing_tonight()[0])
    assert next(part()).state == WARNING
    assert OUTSIDE in next(part()).detail


PRIVATE = [
    "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",  # noqa: S104
    "255.255.255.255", "192.0.2.1", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1", "::ffff:127.0.0.1",
    "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:db8::1",
]  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_an_address_that_is_not_public_is_not_asked(monkeypatch, address):
    def connect(*args, **kwargs):
        raise AssertionError("It was connected to.")

    monkeypatch.setattr(socket, "create_connection", connect)
    monkeypatch.setattr(socket.socket, "connect", connect)
    family = [(socket.AF_INET6 if ":" in address else socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 0))]
    public = (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("8.8.8.8", 0))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: [public, *family])
    assert fetching.find_problem("http://innocent.example.org/") == LinkAddress.Problem.REFUSED


@pytest.mark.parametrize(
    "url",
    ["ftp://a.org/", "file:///etc/passwd", "http://a.org:8080/", "https://a.org:22/", "http://u:p@a.org/", "http:///"],
)
def test_only_addresses_of_the_web_are_requested(url):
    assert fetching.find_problem(url) == LinkAddress.Problem.REFUSED


class Server(BaseHTTPRequestHandler):
    seen: list = []

    def answer(self):
        if self.path == "/slowly":
            self.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
            with suppress(OSError):
                for _second in range(200):
                    self.wfile.write(b"x")
                    time.sleep(0.05)
            return
        self.seen.append((self.command, self.path, self.headers["Host"]))
        kind, _slash, rest = self.path.strip("/").partition("/")
        status = (
            302
            if kind == "to"
            else 405
            if kind == "get" and self.command == "HEAD"
            else 200
            if kind == "get"
            else int(kind)
        )
        self.send_response(status)
        if kind == "to":
            self.send_header("Location", "http://127.0.0.1/" if rest == "inside" else f"/{rest or 'to'}")
        self.send_header("Content-Length", "1000000000")
        self.end_headers()

    do_HEAD = do_GET = answer  # noqa: N815  (names of http.server)

    def log_message(self, *args):
        pass


@pytest.fixture
def server(monkeypatch):
    """A public server: its name has a public address, which leads to this machine."""
    Server.seen = []
    web = ThreadingHTTPServer(("127.0.0.1", 0), Server)
    Thread(target=web.serve_forever, daemon=True).start()
    monkeypatch.setitem(fetching.PORTS, "http", web.server_port)

    def public_address(host):
        if host == "127.0.0.1":
            raise fetching.NotPublic(host)
        return "127.0.0.1"

    monkeypatch.setattr(fetching, "public_address", public_address)
    yield "http://public.example.org"
    web.shutdown()
    web.server_close()


@pytest.mark.parametrize(
    ("path", "problem"),
    [
        ("/200", ""), ("/404", "gone"), ("/410", "gone"), ("/500", "error"), ("/403", ""), ("/429", ""), ("/get", ""),
        ("/to/200", ""), ("/to/404", "gone"), ("/to/inside", "refused"), ("/to", "error"),
    ],
)  # fmt: skip
def test_what_a_server_answers(server, path, problem):
    assert fetching.find_problem(f"{server}{path}") == problem
    assert {host for _command, _path, host in Server.seen} == {"public.example.org"}
    assert len(Server.seen) <= 2 * (fetching.REDIRECTS + 1)


def test_a_server_that_sends_its_answer_slowly_is_not_waited_for(server, monkeypatch):
    monkeypatch.setattr(fetching, "DEADLINE", 0.3)
    began = time.monotonic()
    assert fetching.find_problem(f"{server}/slowly") == LinkAddress.Problem.SILENT
    assert time.monotonic() - began < 5


def test_a_server_that_is_not_there(monkeypatch):
    @contextmanager
    def closed():
        with socket.socket() as one:
            one.bind(("127.0.0.1", 0))
            yield one.getsockname()[1]

    with closed() as port:
        monkeypatch.setitem(fetching.PORTS, "http", port)
        monkeypatch.setattr(fetching, "public_address", lambda host: "127.0.0.1")
        assert fetching.find_problem("http://public.example.org/") == LinkAddress.Problem.SILENT
