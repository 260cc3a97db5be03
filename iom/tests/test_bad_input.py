"""Mistyped and invented addresses: the answer is never 500, and never the content of another page."""

import pytest

from iom.tests.addresses import LANGUAGES, NEWS, SEARCH

LONG = "x" * 5000
QUERIES = [
    "page=99", "page=x", "page=0", "page=-1", "page=1e9", "page=%00", "page=9999999999999999999999", f"page={LONG}",
    "kind=x", "kind=%00", "scope=x", "region=x", "country=XX", "country=%00", "country=FR&country=FR&country=x",
    "topic=x", "topic=%00", "year=x", "year=99999", "year=0000", "year=-1", "year=%00", "year=²⁰¹⁶",
    "q=%00", "q=%FF%FE", f"q={LONG}", "q=%22%27)(*&", "q=*", "q=AND+OR+NOT", "q=%F0%9F%92%A9", "q=12+99999999999+2023",
    "missing=x", "unknown=1",
    f"kind={LONG}&country={LONG}&topic={LONG}&year={LONG}",
]  # fmt: skip


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query[:40])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_list_never_fails(visitor, language, query):
    for address in (NEWS[language], SEARCH[language], f"/{language}/"):
        response = visitor.get(f"{address}?{query}")
        assert response.status_code in (200, 404), address


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_of_the_list_that_does_not_exist_is_404(visitor, language):
    for value in ("99", "0", "-1", "x"):
        assert visitor.get(f"{NEWS[language]}?page={value}").status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "/fr/%00/", "/%00", "/fr/actualites/%00/", "/fr/../admin", "//", "/fr//", "/xx/", f"/fr/{LONG}/", "/fr/actualites/1/2/3/4/",
        "/media/images/%00", "/media/images/../../db.sqlite3", "/media/images/..%2f..%2fdb.sqlite3", "/media/original_images/x.jpg",
        "/documents/0/x", "/documents/99999999999999999999/x.pdf", "/documents/1/%00", "/-/password/0/0/", "/fr/recherche/x/",
    ],
)  # fmt: skip
def test_a_strange_address_is_not_found(visitor, address):
    assert visitor.get(address).status_code in (301, 302, 400, 404)


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch", "options", "head"])
def test_no_http_method_causes_a_server_error(visitor, method):
    for address in ("/", "/fr/", NEWS["fr"], SEARCH["fr"]):
        assert getattr(visitor, method)(address).status_code < 500


def test_an_unknown_filter_value_filters_nothing(visitor):
    whole = visitor.get(NEWS["fr"]).context["articles"].paginator.count
    assert (
        visitor.get(NEWS["fr"], {"kind": "x", "country": "XX", "year": "1"}).context["articles"].paginator.count
        == whole
    )
