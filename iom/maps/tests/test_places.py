"""Higher apps provide the countries of the map."""

import pytest
from wagtail import hooks

from iom.maps import places


def only_source(monkeypatch, *functions):
    """Replaces the functions that apps have registered for the hook."""
    hooks.search_for_hooks()
    monkeypatch.setitem(hooks._hooks, "map_places", [(function, 0) for function in functions])


def test_no_country_is_shown_where_no_app_says_which(monkeypatch):
    only_source(monkeypatch)
    assert places.places("fr") == []


def test_the_hook_is_called_with_the_readers_language(monkeypatch):
    haiti = places.Place(code="HT", name="Haïti", short_name="Haïti", url="/fr/haiti/", count=3)
    only_source(monkeypatch, lambda language: [haiti] if language == "fr" else [])

    assert places.places("fr") == [haiti]
    assert places.places("en") == []


@pytest.mark.parametrize(
    ("counts", "least"),
    [
        ([], []),
        ([0, 0], []),
        ([7], [7]),
        ([4, 4, 4], [4]),
        ([1, 1, 1, 1, 1, 2, 3], [1, 2, 3]),
        ([3, 500, 2, 40, 60, 1], [1, 3, 60]),
        (range(1, 301), [1, 101, 201]),
    ],
)
def test_each_step_has_a_third_of_the_countries_where_their_numbers_differ(counts, least):
    assert places.step_thresholds(counts) == least


def test_a_number_has_one_step_and_none_has_none():
    assert [places.step(count, [1, 3, 60]) for count in (0, 1, 2, 3, 59, 60, 9000)] == [0, 1, 1, 2, 2, 3, 3]
