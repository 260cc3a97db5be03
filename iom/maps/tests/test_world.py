"""The world map, and the countries on it."""

import gzip
import re
from xml.etree import ElementTree

import pytest

from iom.maps.draw import WORLD, WORLD_HEIGHT, WORLD_WIDTH, country_path, world_svg
from iom.maps.geometry import codes


def test_the_picture_on_disk_is_what_the_code_draws():
    assert WORLD.read_text() == world_svg()


def test_it_is_light_and_well_formed():
    root = ElementTree.fromstring(world_svg())  # noqa: S314

    assert root.get("viewBox") == f"0 0 {WORLD_WIDTH} {WORLD_HEIGHT}"
    assert len(gzip.compress(world_svg().encode())) <= 16_000
    assert [path.get("class") for path in root.iter("{http://www.w3.org/2000/svg}path")] == ["l", "b", "b d"]


def test_it_is_dark_for_who_prefers_dark():
    assert "@media(prefers-color-scheme:dark){" in world_svg()


@pytest.mark.parametrize("code", sorted(codes()))
def test_every_country_can_be_laid_over_it(code):
    path = country_path(code)
    first = re.match(r"[mM](-?\d+) ?(-?\d+)", path)

    assert path.endswith("z")
    assert -10 <= int(first[1]) <= WORLD_WIDTH + 10
    assert -10 <= int(first[2]) <= WORLD_HEIGHT + 10


@pytest.mark.parametrize("code", ["MT", "TV", "VA", "SG", "BB", "HK"])
def test_a_country_too_small_for_its_shape_is_a_dot(code):
    assert re.fullmatch(r"M\d+ \d+a4 4 0 1 0 8 0a4 4 0 1 0-8 0z", country_path(code))


def test_all_countries_together_weigh_little():
    assert len(gzip.compress("".join(country_path(code) for code in sorted(codes())).encode())) <= 18_000
