"""A locator map is served at `/-/map/<digest>/<codes>.svg` only, and cached without expiry."""

import pytest
from django.core.cache import cache

from iom.maps import views
from iom.maps.draw import digest, locator_svg
from iom.maps.views import locator_url


def test_the_address_holds_the_edition_and_the_codes_in_order():
    assert locator_url(["TD", "CM", "NE", "TD"]) == f"/-/map/{digest()}/cm-ne-td.svg"


def test_a_visitor_gets_the_map_to_keep(visitor):
    answer = visitor.get(locator_url(["HT"]))

    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/svg+xml; charset=utf-8"
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer["Content-Security-Policy"] == "default-src 'none'; style-src 'unsafe-inline'"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert not answer.cookies
    assert answer.content.decode() == locator_svg(["HT"])


def test_a_map_is_drawn_once(visitor, monkeypatch, django_assert_num_queries):
    cache.clear()
    drawn = []
    monkeypatch.setattr(views, "locator_svg", lambda codes: drawn.append(codes) or "<svg/>")
    try:
        with django_assert_num_queries(0):
            answers = [visitor.get(locator_url(["CU", "HT"])).content for _ in range(2)]
    finally:
        cache.clear()

    assert drawn == [["CU", "HT"]]
    assert answers == [b"<svg/>", b"<svg/>"]


@pytest.mark.parametrize(
    "names",
    [
        "HT",  # upper case
        "ht-cu",  # not in order
        "cu-cu",  # twice
        "zz",  # no country
        "tw",  # not one that the site knows
        "aq",  # not on the map
        "cu-",
        "-",
        "cu_ht",
    ],
)
def test_there_is_one_address_for_a_map(visitor, names):
    assert visitor.get(f"/-/map/{digest()}/{names}.svg").status_code == 404


def test_another_edition_is_not_answered_with_this_one(visitor):
    assert visitor.get("/-/map/00000000/ht.svg").status_code == 404


def test_forty_countries_are_enough(visitor):
    from iom.maps.geometry import codes

    many = sorted(codes())[:41]
    too_many = "-".join(many).lower()

    assert visitor.get(f"/-/map/{digest()}/{too_many}.svg").status_code == 404
    assert visitor.get(locator_url(many)).status_code == 200
