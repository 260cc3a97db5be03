"""What a higher floor tells the map."""

import pytest

from iom.maps import places


@pytest.fixture(autouse=True)
def _nobody_registered(monkeypatch):
    monkeypatch.setattr(places, "_sources", [])


def test_no_country_is_shown_before_someone_says_which():
    assert places.places("fr") == []


def test_the_one_who_registered_is_asked_in_the_readers_language():
    haiti = places.Place(code="HT", name="Haïti", url="/fr/haiti/", count=3)

    @places.register
    def of_the_news(language):
        return [haiti] if language == "fr" else []

    assert places.places("fr") == [haiti]
    assert places.places("en") == []


@pytest.mark.parametrize(("count", "step"), [(1, 1), (2, 2), (4, 2), (5, 3), (500, 3)])
def test_there_are_three_steps(count, step):
    assert places.step(count) == step
