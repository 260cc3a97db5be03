"""Apps above the map say which countries it shows."""

import pytest
from wagtail import hooks

from iom.maps import places


def only_source(monkeypatch, *functions):
    """Replaces what apps have registered for the hook."""
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


@pytest.mark.parametrize(("count", "step"), [(1, 1), (2, 2), (4, 2), (5, 3), (500, 3)])
def test_there_are_three_steps(count, step):
    assert places.step(count) == step
