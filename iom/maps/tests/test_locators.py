"""Locator maps are small, valid, and show the right countries."""

import gzip
import re
from xml.etree import ElementTree

import pytest

from iom.maps.draw import FINE, HEIGHT, WIDTH, digest, locator_svg
from iom.maps.geometry import codes

SVG = "{http://www.w3.org/2000/svg}"


def shapes(svg):
    """The picture's path data by class."""
    return {path.get("class"): path.get("d") for path in ElementTree.fromstring(svg).iter(f"{SVG}path")}  # noqa: S314


def vertices(data):
    """Returns the vertices of path data in relative steps."""
    x = y = 0
    found = []
    for subpath in re.findall(r"m([^mz]*)(z?)", data):
        numbers = [int(number) for number in re.findall(r"-?\d+", subpath[0])]
        start = (x + numbers[0], y + numbers[1])
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            found.append((x, y))
        if subpath[1]:
            x, y = start
    return found


def middle(data):
    """Returns the middle of a shape's box, as shares of the picture's width and height."""
    xs, ys = zip(*vertices(data), strict=True)
    return (min(xs) + max(xs)) / 2 / WIDTH / FINE, (min(ys) + max(ys)) / 2 / HEIGHT / FINE


def width_of(data):
    xs, _ = zip(*vertices(data), strict=True)
    return (max(xs) - min(xs)) / WIDTH / FINE


@pytest.mark.parametrize("code", sorted(codes()))
def test_every_country_has_a_light_and_well_formed_map_that_shows_it(code):
    svg = locator_svg([code])
    drawn = shapes(svg)

    assert ElementTree.fromstring(svg).get("viewBox") == f"0 0 {WIDTH * FINE} {HEIGHT * FINE}"  # noqa: S314
    assert len(svg) <= 8_000
    assert len(gzip.compress(svg.encode())) <= 3_300
    assert "c" in drawn or "r" in drawn


@pytest.mark.parametrize("code", ["HT", "FR", "TD", "RU", "CA", "US", "FJ", "NZ", "CN", "ID"])
def test_a_country_stands_in_the_middle(code):
    across, down = middle(shapes(locator_svg([code]))["c"])

    assert across == pytest.approx(0.5, abs=0.12)
    assert down == pytest.approx(0.5, abs=0.12)


@pytest.mark.parametrize("group", [["FJ"], ["FJ", "TO"], ["NZ"], ["RU"], ["FJ", "KI", "NZ"], ["NZ", "US"]])
def test_the_date_line_does_not_make_a_map_of_the_whole_world(group):
    """On a map of the whole world there are more than two hundred borders."""
    assert shapes(locator_svg(group)).get("b", "").count("m") < 180


def test_countries_on_both_sides_of_the_date_line_stand_near_each_other():
    assert width_of(shapes(locator_svg(["FJ", "TO", "WS"]))["c"]) < 0.75


def test_countries_far_apart_are_all_on_the_picture():
    svg = locator_svg(["AU", "BR", "CA", "GB", "IN", "ZA"])
    drawn = vertices(shapes(svg)["c"])

    assert len(svg) <= 10_000
    assert min(x for x, _ in drawn) >= -10
    assert max(x for x, _ in drawn) <= WIDTH * FINE + 10
    assert width_of(shapes(svg)["c"]) > 0.6


@pytest.mark.parametrize("code", ["MT", "KI", "MH", "TV", "SG", "VA", "HK", "LI", "BB"])
def test_a_country_that_would_be_overlooked_is_ringed(code):
    assert "r" in shapes(locator_svg([code]))


@pytest.mark.parametrize("code", ["HT", "FR", "FJ", "CH"])
def test_a_country_that_can_be_seen_is_not_ringed(code):
    assert "r" not in shapes(locator_svg([code]))


def test_a_small_country_is_shown_with_the_land_around_it():
    for code in ("KI", "MH", "TV", "SC"):
        assert "l" in shapes(locator_svg([code]))


def test_what_is_far_from_a_country_does_not_widen_its_map():
    """Corsica is shown with France, La Réunion is not; Alaska and Hawaii do not make the United States small."""
    assert width_of(shapes(locator_svg(["FR"]))["c"]) > 0.3
    main = [vertex for vertex in vertices(shapes(locator_svg(["US"]))["c"]) if vertex[1] > 0.2 * HEIGHT * FINE]
    assert max(x for x, _ in main) - min(x for x, _ in main) > 0.55 * WIDTH * FINE


def test_disputed_lines_are_dashed():
    assert "b d" in shapes(locator_svg(["RS"]))
    assert re.search(r"\.d\{stroke-dasharray:\d", locator_svg(["RS"]))


def luminance(colour):
    channels = [int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return sum(share * value for share, value in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_countries_stand_out_against_land_and_sea_in_light_and_dark():
    style = locator_svg(["HT"]).split("<style>")[1].split("</style>")[0]
    for scheme in style.split("@media(prefers-color-scheme:dark)"):
        fill = dict(re.findall(r"\.([slc])\{fill:(#\w{6})", scheme))
        assert contrast(fill["c"], fill["l"]) >= 3
        assert contrast(fill["c"], fill["s"]) >= 3
    assert "@media(prefers-color-scheme:dark)" in style


def test_there_is_no_text_nor_anything_from_elsewhere_in_it():
    svg = locator_svg(["HT", "CU"])

    assert {element.tag for element in ElementTree.fromstring(svg).iter()} == {  # noqa: S314
        f"{SVG}svg",
        f"{SVG}style",
        f"{SVG}path",
    }
    assert "url(" not in svg


def test_the_edition_changes_with_the_shapes(monkeypatch, tmp_path):
    before = digest.__wrapped__()
    monkeypatch.setattr("iom.maps.draw.SOURCE_FILES", ("geometry.json",))

    assert digest.__wrapped__() != before
