"""Both machines and Varnish serve the same public site."""

import re

import pytest

from iom.tests.addresses import LANGUAGES, NEWS, SEARCH
from iom.tests.services.browsing import Browser

pytestmark = pytest.mark.services
OWN_HEADERS = {"date", "server", "connection", "x-request-id", "x-page-cache", "via", "age", "x-varnish", "accept-ranges", "cache-control", "transfer-encoding", "content-length", "keep-alive"}  # fmt: skip


def sitemap_paths(server, site):
    """Returns the paths of all pages."""
    reader, found = Browser(), []
    read = lambda path: re.findall(r"<loc>(.*?)</loc>", reader.get(server + path).text)  # noqa: E731
    for part in read("/sitemap.xml"):
        found += [address.removeprefix(site.url) for address in read(part.removeprefix(site.url))]
    return found


def other_paths():
    for language in LANGUAGES:
        yield from (SEARCH[language], f"{SEARCH[language]}?q=Canada", f"{NEWS[language]}?country=TD&kind=story")
        yield from (f"{NEWS[language]}{feed}/" for feed in ("rss", "atom", "json"))
    yield from ("/sitemap.xml", "/robots.txt", "/.well-known/security.txt")


@pytest.fixture(scope="module")
def paths(services):
    found = sitemap_paths(services.first, services.site)
    assert len(found) > 100
    return [*found, *other_paths()]


def test_every_page_is_the_same_on_both_machines_and_through_varnish(services, paths):
    reader = Browser()
    for path in paths:
        first, second, cached = (reader.get(server + path) for server in services.addresses)
        assert (first.status, second.status, cached.status) == (200, 200, 200), path
        for other in (second, cached):
            if "recherche" not in path and "search" not in path:
                assert other.content == first.content, path
            assert headers(other) == headers(first), path
        assert "s-maxage" not in cached.headers.get("Cache-Control", ""), path  # only Varnish reads it


def headers(answer):
    return {name.lower(): text for name, text in answer.headers.items() if name.lower() not in OWN_HEADERS}


def test_no_server_finds_an_unknown_address(services):
    for server in services.addresses:
        assert Browser().get(f"{server}/fr/rien-ici/").status == 404


def test_the_pictures_of_pages_come_from_the_store(services, paths):
    reader, seen = Browser(), set()
    for path in paths[:40]:
        seen |= set(re.findall(r'(/media/images/[^" ,]+)', reader.get(services.second + path).text))
    assert len(seen) > 20
    for picture in sorted(seen)[:40]:
        first, second = (reader.get(server + picture) for server in (services.first, services.second))
        assert first.status == second.status == 200, picture
        assert first.content == second.content
        assert first.headers["Content-Type"].startswith("image/")
