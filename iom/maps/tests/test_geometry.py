"""The data of the map, and the usage of the United Nations in it (tools/maps/build.py lists the decisions)."""

import pytest
from django_countries import countries

from iom.maps.geometry import box_of, codes, join, visvalingam, world
from tools.maps.topology import contains

NOT_ON_THE_MAP = {"AQ"}  # Antarctica: no view of ours reaches it


def countries_at(place):
    """Returns the codes of the countries whose rings contain a place, on either side of the date line."""
    turned = [(place[0] + turn, place[1]) for turn in (-360, 0, 360)]
    return {
        code
        for code, rings in world().countries.items()
        if any(contains([join(world().arcs, ring) for ring in rings], place) for place in turned)
    }


def lines_in(indices, west, south, east, north):
    """Returns the arcs within a box."""
    boxes = [box_of(world().arcs[index]) for index in indices]
    return [box for box in boxes if box[0] >= west and box[1] >= south and box[2] <= east and box[3] <= north]


def test_every_country_of_the_site_is_on_the_map_and_no_other():
    assert {code for code, _ in countries} - codes() == NOT_ON_THE_MAP
    assert codes() - {code for code, _ in countries} == set()


@pytest.mark.parametrize(
    ("name", "place", "code"),
    [
        ("Simferopol", (34.1, 44.95), "UA"),
        ("Sevastopol’s hinterland", (33.7, 44.7), "UA"),
        ("Taipei", (121.5, 25.0), "CN"),
        ("Hargeisa", (44.06, 9.56), "SO"),
        ("Pristina", (21.16, 42.66), "RS"),
        ("Laayoune", (-13.0, 27.1), "EH"),
        ("Tifariti, east of the berm", (-10.57, 26.16), "EH"),
        ("Tan-Tan", (-11.1, 28.4), "MA"),
        ("Quneitra", (35.82, 33.12), "SY"),
        ("Tiberias’ hinterland", (35.4, 32.75), "IL"),
        ("Hebron", (35.1, 31.53), "PS"),
        ("Northern Cyprus", (33.4, 35.3), "CY"),
        ("Cayenne", (-52.4, 4.8), "GF"),
        ("Saint-Denis", (55.5, -21.1), "RE"),
        ("Longyearbyen", (15.6, 78.2), "SJ"),
        ("Nuuk’s hinterland", (-50.5, 64.3), "GL"),
        ("Chukotka, beyond the date line", (-175, 66.5), "RU"),
        ("Baku’s hinterland", (49.0, 40.4), "AZ"),
        ("Sukhumi", (41.1, 43.05), "GE"),
        ("Donetsk", (37.8, 48.0), "UA"),
        ("Tiraspol", (29.5, 46.9), "MD"),
        ("Port Stanley’s hinterland", (-58.5, -51.8), "FK"),
    ],
)
def test_a_place_lies_in_the_country_that_the_united_nations_say(name, place, code):
    assert countries_at(place) == {code}


def test_the_siachen_glacier_belongs_to_no_country():
    assert countries_at((77.2, 35.45)) == set()


@pytest.mark.parametrize(
    ("line", "box"),
    [
        ("Kosovo", (20, 41.8, 21.9, 43.4)),
        ("Western Sahara and Morocco", (-13.3, 27.5, -8.6, 27.8)),
        ("the West Bank", (34.8, 31.2, 35.7, 32.7)),
        ("Gaza", (34.1, 31.1, 34.7, 31.7)),
        ("the Golan Heights", (35.5, 32.6, 35.9, 33.5)),
        ("the line of control in Jammu and Kashmir", (73, 32.7, 78, 36)),
        ("Aksai Chin", (77.7, 33.3, 80.4, 36)),
        ("Sudan and South Sudan", (24, 8, 35, 13)),
        ("Abyei", (27.7, 9.5, 29.1, 10.3)),
        ("Halaib", (33, 21.9, 37, 22.2)),
        ("the Ilemi Triangle", (33.9, 4.1, 36, 5.6)),
    ],
)
def test_a_disputed_line_is_dashed_and_not_drawn_as_a_border_too(line, box):
    assert lines_in(world().dashed, *box)
    assert not set(world().dashed) & set(world().borders)


@pytest.mark.parametrize(
    ("what", "box"),
    [
        ("Crimea and the rest of Ukraine", (33, 45.5, 35.2, 46.3)),
        ("Somaliland", (47.5, 7.8, 49.2, 11.5)),
        ("Northern Cyprus", (32, 34.5, 35, 35.8)),
        ("Hong Kong and Macao", (113, 22, 114.6, 22.7)),
        ("Russia at the date line", (179.5, 60, 180.5, 72)),
    ],
)
def test_no_line_parts_what_is_one_country(what, box):
    assert not lines_in([*world().borders, *world().dashed], *box)


def test_the_file_is_small():
    from iom.maps.geometry import FILE

    assert FILE.stat().st_size <= 256_000


def test_rings_are_closed():
    for rings in (world().land, *world().countries.values()):
        for ring in rings:
            vertices = join(world().arcs, ring)
            assert vertices[0] == pytest.approx(vertices[-1])


def test_a_vertex_on_the_way_tells_least_and_a_corner_most():
    line = [(0, 0), (1, 0.01), (2, 0), (3, 2), (4, 0), (5, 0)]
    weights = visvalingam(line)

    assert weights[0] == weights[-1] == float("inf")
    assert min(weights) == weights[1]
    assert max(weights[1:-1]) == weights[3]


def test_an_island_keeps_three_corners_at_every_scale():
    island = [(0, 0), (0, 0.01), (0.01, 0.01), (0.01, 0), (0.005, -0.002), (0, 0)]

    assert sum(weight == float("inf") for weight in visvalingam(island)) == 4  # the first is also the last
