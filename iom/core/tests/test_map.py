"""The world map in a text: its list of links is complete, and the picture adds nothing."""

import re

import pytest
from bs4 import BeautifulSoup
from django.utils import translation

from iom.core.blocks.map import MapBlock, get_world_map
from iom.countries import REGION_NAMES, official_name, region_of, short_name
from iom.maps.draw import WORLD_WIDTH, country_path
from iom.maps.notes import world_notes
from iom.maps.places import Place
from iom.maps.tests.test_places import only_source

PLACES = [
    Place("AQ", "Antarctique", "Antarctique", "/fr/x/antarctique/", 1),
    Place("GP", "Guadeloupe", "Guadeloupe", "/fr/x/guadeloupe/", 2),
    Place("HT", "Haïti", "Haïti", "/fr/x/haiti/", 5),
    Place("KE", "Kenya", "Kenya", "/fr/x/kenya/", 0),
    Place("MX", "Mexique", "Mexique", "/fr/x/mexique/", 1200),
    Place("TV", "Tuvalu", "Tuvalu", "/fr/x/tuvalu/", 4),
]


@pytest.fixture
def requested_languages(monkeypatch):
    """The languages for which the map has requested countries."""
    languages = []
    only_source(monkeypatch, lambda language: languages.append(language) or PLACES)
    return languages


def rendered(language="fr", **value):
    block = MapBlock()
    with translation.override(language):
        return BeautifulSoup(block.render(block.normalize({"title": "Carte", "region": ""} | value)), "html5lib")


def test_the_map_asks_for_the_countries_of_the_readers_language(requested_languages):
    rendered("fr")
    rendered("en")

    assert requested_languages == ["fr", "en"]


def test_countries_are_listed_by_region_with_the_number_of_their_articles(requested_languages):
    page = rendered("en")
    listed = {
        region.h3.text: [
            " ".join(item.text.replace("\N{NARROW NO-BREAK SPACE}", " ").split()) for item in region.find_all("li")
        ]
        for region in page.select(".map-region")
    }

    assert listed == {
        "Africa": ["Kenya office"],
        "Americas": ["Guadeloupe 2 articles", "Haïti 5 articles", "Mexique 1,200 articles"],
        "Oceania": ["Tuvalu 4 articles"],
        "Other territories": ["Antarctique 1 article"],
    }


@pytest.mark.parametrize("region", REGION_NAMES)
def test_one_region_fills_the_map_and_the_list_beside_it(requested_languages, region):
    world, page = rendered(), rendered(region=region)
    left, top, width, height = map(int, page.select_one(".map-countries")["viewBox"].split())

    assert page.select_one(".map-land")["src"].endswith(f"#svgView(viewBox({left},{top},{width},{height}))")
    assert "#" not in world.select_one(".map-land")["src"]
    assert width < WORLD_WIDTH / 2
    codes = [place.code for place in PLACES if region_of(place.code) == region]
    assert len(page.select(".map-regions a")) == len(page.select(".map-countries a")) == len(codes)
    for code in codes:
        x, y = map(int, re.match(r"[mM](-?\d+) ?(-?\d+)", country_path(code)).groups())
        assert left <= x <= left + width, code
        assert top <= y <= top + height, code


def test_pointing_at_the_map_adds_nothing_that_the_list_lacks(requested_languages):
    page = rendered()
    told = {(a["href"], a.title.text) for a in page.select(".map-countries a")}
    listed = {(item.a["href"], f"{item.a.text} – {item.span.text}") for item in page.select(".map-regions li")}

    assert told
    assert told <= listed


def test_the_map_is_walked_through_by_its_list_alone(requested_languages):
    page = rendered()

    assert page.select_one("svg.map-countries")["aria-hidden"] == "true"
    assert all(link["tabindex"] == "-1" for link in page.select(".map-countries a"))
    assert page.select_one("img.map-land")["alt"] == ""


def test_steps_of_blue_follow_the_number_of_articles(requested_languages):
    steps = {a["href"].split("/")[-2]: a.parent["class"][0] for a in rendered().select(".map-countries a")}

    assert steps == {
        "guadeloupe": "map-step-2",
        "haiti": "map-step-3",
        "kenya": "map-step-0",
        "mexique": "map-step-3",
        "tuvalu": "map-step-2",
    }


def test_land_that_no_map_shows_is_in_the_list(requested_languages):
    page = rendered()

    assert page.select(".map-regions a[href='/fr/x/antarctique/']")
    assert not page.select(".map-countries a[href='/fr/x/antarctique/']")


@pytest.mark.parametrize(("title", "hidden"), [("Nos pays", False), ("", True)])
def test_the_map_has_a_heading_whether_or_not_its_author_gave_one(requested_languages, title, hidden):
    (heading,) = rendered(title=title).find_all("h2")

    assert heading.text.strip()
    assert ("visually-hidden" in heading["class"]) is hidden


@pytest.mark.parametrize("language", ["fr", "en"])
def test_all_notes_stand_beside_the_map_of_the_world(requested_languages, language):
    (note,) = rendered(language).select(".map-note")

    with translation.override(language):
        assert len(world_notes()) == 6
        for text in (*world_notes(), "Natural Earth"):
            assert str(text) in note.text


def test_the_list_has_official_names_and_the_map_short_ones(monkeypatch):
    bolivia = Place("BO", official_name("BO", "en"), short_name("BO", "en"), "/en/x/bolivia/", 2)
    only_source(monkeypatch, lambda language: [bolivia])
    page = rendered("en")

    assert page.select_one(".map-regions a").text == "Bolivia (Plurinational State of)"
    assert page.select_one(".map-countries title").text == "Bolivia – 2 articles"


def test_without_countries_the_map_is_land_alone(monkeypatch):
    only_source(monkeypatch, lambda language: [])

    assert get_world_map()["world"].regions == []
    assert not rendered().select("svg.map-countries a")


def test_every_region_can_be_chosen():
    values = [value for value, _label in MapBlock().child_blocks["region"].field.choices]

    assert set(values) - {""} == set(REGION_NAMES)


def test_paths_lie_within_the_picture(requested_languages):
    page = rendered()
    box = page.select_one("svg.map-countries")["viewBox"].split()

    assert box == ["0", "0", page.select_one("img")["width"], page.select_one("img")["height"]]
    assert all(re.match(r"[mM]", path["d"]) for path in page.select("path"))
