"""Draws the world map, a country on it, and locator maps, as SVG without text for light and dark screens."""

import hashlib
import math
from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from iom.maps import geometry
from iom.maps.geometry import Point, area, box_of, world
from iom.maps.projection import EqualEarth, Lambert
from iom.maps.view import View, path

WORLD = Path(__file__).resolve().parents[2] / "static" / "img" / "world.svg"
SOURCE_FILES = (
    "geometry.json",
    "geometry.py",
    "projection.py",
    "view.py",
    "draw.py",
)  # a change of these files may change the pictures

# With this central meridian the edge of the map runs through the Bering Strait and cuts no land.
MERIDIAN = 11.0
WORLD_WIDTH, WORLD_HEIGHT = 1000, 464
SKY = 14  # units above the northernmost land, so that it does not look cut off
WORLD_TOP, WORLD_BOTTOM = 83.7, -56  # latitudes of land, without Antarctica
# West, south, east and north of each region in an atlas (keys of iom.countries.REGION_NAMES).
REGION_BOXES = {
    "africa": (-26, -36, 58, 38),
    "americas": (-168, -56, -34, 78),
    "asia": (25, -12, 150, 56),
    "europe": (-26, 34, 66, 72),
    "oceania": (110, -48, 190, 20),
}
WORLD_TRIANGLE = 1.1  # square units: smaller shapes are not drawn
DOT = 4  # units: the radius of the dot for a country that is too small for a shape

WIDTH, HEIGHT = 720, 480
COARSE = 0.02  # square degrees: precise enough to find the middle of a country
FINE = 2  # units per pixel, so that coordinates can be whole units
MIN_WIDTH = 2600 / 6371  # kilometres across the picture, divided by the Earth's radius
MAX_DISTANCE = 1.9  # sphere's radii from the picture's middle to its corners; beyond that the whole world is shown
FILL, MAX_FILL = 0.66, 0.92  # share of the picture's sides that the countries take: the usual and the largest
MIN_LAND = 0.0055  # share of the picture; an island with less land around it is shown at a smaller scale
ZOOM_STEPS = (1, 0.75, 0.55, 0.4)
LOCATOR_TRIANGLES = (1, 1.5, 2, 3, 4.5, 7, 10, 15, 22, 32, 48)  # square pixels: the first that fits MAX_BYTES is used
MAX_BYTES = 6400
MIN_LINE = 3  # pixels; shorter lines are omitted
SMALL_COUNTRY = 22  # pixels: a country whose largest part is smaller gets a ring; the diameter of the smallest ring

# Contrast of the countries on the land: 5.7 light, 4.0 dark.
_WORLD_STYLE = (
    ".l{fill:#d9d4c7}.b{fill:none;stroke:#f7f5f1;stroke-width:.6;stroke-linejoin:round}.d{stroke-dasharray:2 1.5}"
    "@media(prefers-color-scheme:dark){.l{fill:#33424f}.b{stroke:#0f1822}}"
)
_LOCATOR_STYLE = (
    ".s{fill:#e8edf2}.l{fill:#d9d4c7}.c{fill:#0a4da6}.b{fill:none;stroke:#f7f5f1;stroke-width:2.4;stroke-linejoin:round}"
    ".d{stroke-dasharray:8 6}.r{fill:#0a4da6;fill-opacity:.12}.r,.o{stroke:#0a4da6;stroke-width:4}"
    ".o{stroke-linecap:round}"
    "@media(prefers-color-scheme:dark)"
    "{.s{fill:#16222e}.l{fill:#33424f}.c{fill:#6ea6f5}.b{stroke:#16222e}.r{fill:#6ea6f5}.r,.o{stroke:#6ea6f5}}"
)


@cache
def digest() -> str:
    """Returns a digest that changes with anything that may change a map."""
    folder = Path(__file__).parent
    return hashlib.sha256(b"".join((folder / name).read_bytes() for name in SOURCE_FILES)).hexdigest()[:8]


def _svg(size: tuple[int, int], units: int, style: str, shapes: Iterable[tuple[str, str]]) -> str:
    """Returns a picture of `size` pixels. `shapes`: class and path data, in `units` per pixel."""
    width, height = size
    drawn = "".join(f'<path class="{name}" d="{data}"/>' for name, data in shapes if data)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width * units} {height * units}"><style>{style}</style>{drawn}</svg>'
    )


def _circle(middle: Point, radius: int) -> str:
    x, y = round(middle[0]), round(middle[1])
    return f"M{x - radius} {y}a{radius} {radius} 0 1 0 {2 * radius} 0a{radius} {radius} 0 1 0-{2 * radius} 0z"


def _land(view: View, arcs: Sequence[list[Point]], smallest: float) -> str:
    return path(view.rings(world().land, arcs, smallest), close=True)


def _lines(view: View, arcs: Sequence[list[Point]], indices: Iterable[int], shortest: float = 0) -> str:
    return path(view.lines((arcs[index] for index in indices), shortest), close=False)


# --- The world ------------------------------------------------------------------------------------------------------


@cache
def world_view() -> View:
    projection = EqualEarth(MERIDIAN)
    scale = WORLD_WIDTH / 2 / projection.forward((MERIDIAN + 180, 0))[0]
    top = projection.forward((0, WORLD_TOP))[1]
    return View(projection, (0, top + (SKY - WORLD_HEIGHT / 2) / scale), scale, WORLD_WIDTH, WORLD_HEIGHT)


@cache
def region_box(region: str) -> tuple[int, int, int, int]:
    """Returns the part of the world map that shows a region: left, top, width, height; all of it for ""."""
    if region not in REGION_BOXES:
        return 0, 0, WORLD_WIDTH, WORLD_HEIGHT
    west, south, east, north = REGION_BOXES[region]
    middle = (west + east) / 2, (south + north) / 2
    edge = [(x, y) for x in (west, middle[0], east) for y in (south, middle[1], north)]
    left, top, right, bottom = box_of(world_view().project(place) for place in edge)
    return round(left), round(top), round(right - left), round(bottom - top)


def world_svg() -> str:
    """Draws the land with its borders, the background for the countries of `country_path`."""
    view = world_view()
    arcs = geometry.arcs(view.grain(WORLD_TRIANGLE))
    shapes = [
        ("l", _land(view, arcs, WORLD_TRIANGLE)),
        ("b", _lines(view, arcs, world().borders)),
        ("b d", _lines(view, arcs, world().dashed)),
    ]
    return _svg((WORLD_WIDTH, WORLD_HEIGHT), 1, _WORLD_STYLE, shapes)


@cache
def country_path(code: str) -> str:
    """Returns the path data of a country on the world map; a dot for a very small country."""
    view = world_view()
    arcs = geometry.arcs(view.grain(WORLD_TRIANGLE))
    rings = list(view.rings(world().countries.get(code, []), arcs, WORLD_TRIANGLE))
    if sum(abs(area(ring)) for ring in rings) >= math.pi * DOT**2 / 2:
        return path(rings, close=True)
    return _circle(view.project(view.wrap_longitude(_middle(code))), DOT)


# --- Locators -------------------------------------------------------------------------------------------------------


def _outline(code: str) -> list[Point]:
    """Returns places along the outline of a country's main body, or its point."""
    if code in world().points:
        return [world().points[code]]
    rings = world().countries[code][: world().main[code]]
    return [place for ring in rings for index in ring for place in geometry.arcs(COARSE)[max(index, ~index)]]


def _middle(code: str) -> Point:
    """Returns the middle of a country's largest part (or of the part on which maps are centred)."""
    if code in world().points:
        return world().points[code]
    return _middle_of_ring(world().countries[code][0])


def _middle_of_ring(ring: geometry.Ring) -> Point:
    west, south, east, north = box_of(geometry.join(world().arcs, ring))
    return (west + east) / 2, (south + north) / 2


def locator_view(codes: Collection[str]) -> View:
    """Returns a view that shows the main bodies of the countries and their surroundings."""
    places = [place for code in codes for place in _outline(code)]
    centre = _mean(_middle(code) for code in codes)
    for _ in range(5):  # each iteration approaches the middle of the projected countries
        projection = Lambert(centre)
        left, low, right, high = box = box_of(projection.forward(place) for place in places)
        centre = projection.inverse(((left + right) / 2, (low + high) / 2))
    view = _fit(projection, box)
    farthest = math.hypot(WIDTH, HEIGHT) / 2 * FINE / MAX_DISTANCE
    if view.scale >= farthest:
        return _with_surroundings(view)
    view = replace(view, scale=farthest)
    left, top, right, bottom = box_of(view.project(place) for place in places)
    if right - left <= view.width * MAX_FILL and bottom - top <= view.height * MAX_FILL:
        return view
    return _world_locator_view(places)


def _with_surroundings(view: View) -> View:
    """Returns the view, or a wider one if it would show almost only sea."""
    arcs = geometry.arcs(COARSE)
    for share in ZOOM_STEPS:
        wider = replace(view, scale=view.scale * share)
        land = sum(abs(area(ring)) for ring in wider.rings(world().land, arcs, 0))
        if land >= MIN_LAND * wider.width * wider.height:
            break
    return wider


def _world_locator_view(places: list[Point]) -> View:
    """Returns a part of the world map, or all of it, for countries that are too far apart for one hemisphere."""
    projection = EqualEarth(MERIDIAN)
    west = MERIDIAN - 180
    box = box_of(projection.forward(((x - west) % 360 + west, y)) for x, y in places)
    whole = WIDTH / 2 / projection.forward((MERIDIAN + 180, 0))[0]
    view = _fit(projection, box)
    if view.scale > whole * FINE * 1.15:
        return view
    top, bottom = (projection.forward((0, latitude))[1] for latitude in (WORLD_TOP, WORLD_BOTTOM))
    return View(projection, (0, (top + bottom) / 2), whole * FINE, WIDTH * FINE, HEIGHT * FINE)


def _fit(projection: EqualEarth | Lambert, box: geometry.Box) -> View:
    """Returns the view of a box in the projection's plane, with a margin."""
    left, low, right, high = box
    scale = min(WIDTH / MIN_WIDTH, WIDTH * FILL / max(right - left, 1e-9), HEIGHT * FILL / max(high - low, 1e-9))
    return View(projection, ((left + right) / 2, (low + high) / 2), scale * FINE, WIDTH * FINE, HEIGHT * FINE)


def _mean(places: Iterable[Point]) -> Point:
    """Returns the mean of places on the sphere."""
    x = y = z = 0.0
    for longitude, latitude in places:
        across, up = math.radians(longitude), math.radians(latitude)
        x, y, z = x + math.cos(up) * math.cos(across), y + math.cos(up) * math.sin(across), z + math.sin(up)
    return math.degrees(math.atan2(y, x)), math.degrees(math.atan2(z, math.hypot(x, y)))


def locator_svg(codes: Collection[str]) -> str:
    """Draws a locator map of 720 by 480 pixels; about 5 KB, half of that when compressed."""
    view = locator_view(codes)
    svg = cache(lambda triangle: _locator(view, codes, triangle * FINE**2))
    fits = bisect_left(LOCATOR_TRIANGLES, True, key=lambda triangle: len(svg(triangle)) <= MAX_BYTES)
    return svg(LOCATOR_TRIANGLES[min(fits, len(LOCATOR_TRIANGLES) - 1)])


def _locator(view: View, codes: Collection[str], triangle: float) -> str:
    """Draws the map with shapes simplified to `triangle` square units, the countries' own to a quarter of that."""
    own = [ring for code in codes for ring in world().countries.get(code, [])]
    fine = {max(index, ~index) for ring in own for index in ring}
    grain = view.grain(triangle)
    arcs = [geometry.arc(index, grain / 4 if index in fine else grain) for index in range(len(world().arcs))]
    marks = [_mark(view, code, arcs) for code in codes]
    shapes = [
        ("s", f"M0 0h{view.width}v{view.height}H0z"),
        ("l", _land(view, arcs, triangle * 2)),
        ("c", path(view.rings(own, arcs, triangle), close=True)),
        ("b", _lines(view, arcs, world().borders, MIN_LINE * FINE)),
        ("b d", _lines(view, arcs, world().dashed, MIN_LINE * FINE)),
        ("r", "".join(circle for circle, _ in marks)),
        ("o", "".join(dots for _, dots in marks)),
    ]
    return _svg((WIDTH, HEIGHT), FINE, _LOCATOR_STYLE, shapes)


def _mark(view: View, code: str, arcs: Sequence[list[Point]]) -> tuple[str, str]:
    """Returns a ring around a small country and dots for its islands; empty for other countries."""
    rings = world().countries.get(code, [])[: world().main.get(code, 0)]
    boxes = [box_of(ring) for ring in view.rings(rings, arcs, 0)]
    if any(max(right - left, bottom - top) >= SMALL_COUNTRY * FINE for left, top, right, bottom in boxes):
        return "", ""
    islands = [_middle_of_ring(ring) for ring in rings] or [world().points[code]]
    dots = [view.project(view.wrap_longitude(place)) for place in islands]
    left, top, right, bottom = box_of(dots)
    radius = math.hypot(right - left, bottom - top) / 2 + SMALL_COUNTRY
    dotted = "".join(f"M{round(x)} {round(y)}h0" for x, y in dots)
    return _circle(((left + right) / 2, (top + bottom) / 2), round(radius)), dotted
