"""Makes `geometry.json` and `static/img/world.svg` from Natural Earth's map at 1:50 million (`make maps`).

The countries are the TopoJSON of the npm package `world-atlas`, whose version and checksum are locked in `.ci/node`.
`disputed_lines.json` has, by their `BRK_NAME`, the lines that this map needs of Natural Earth 5.1's
`ne_50m_admin_0_boundary_lines_disputed_areas`. Both are in the public domain. Natural Earth shows de facto control.
This map follows the United Nations' usage, with the countries of `iom.countries`:

- Taiwan, Hong Kong and Macao are drawn as China, without a line, Somaliland as Somalia, Northern Cyprus as Cyprus,
  Crimea as Ukraine. Hong Kong and Macao, whose codes the site has, are also points.
- Kosovo is drawn as Serbia, with a dashed line.
- Western Sahara reaches from the sea to its eastern borders (Natural Earth gives most of it to Morocco); its line with
  Morocco, at 27° 40′ N, is dashed.
- The Golan Heights are drawn as the Syrian Arab Republic, their western edge dashed; the lines between Israel and the
  State of Palestine are dashed.
- In Jammu and Kashmir the line of control and the edges of the Siachen Glacier (land of no country) are dashed, and so
  are both lines around Aksai Chin.
- The border of Sudan and South Sudan, which is yet to be determined, is dashed, with the edge of Abyei; so are the
  border of Egypt and Sudan from Halaib to the sea, and both lines of the Ilemi Triangle.
- The lines of Abkhazia, South Ossetia, Transnistria and Eastern Ukraine are not drawn.
- A territory with an ISO code of its own is drawn by that code, even if Natural Earth counts it to another country
  (French Guiana, Svalbard, Bonaire). Land with a code that the site does not have belongs to no country. Antarctica is
  left out.

Algorithm: the rings of all countries are split into edges, each with the country that it goes around. Edges with the
same country on both sides are removed, which merges areas, also across the date line. Edges without a neighbour are
coast. The remaining edges are joined into arcs that neighbours share, so that both sides of a border are simplified
alike (after Visvalingam and Whyatt) and rounded to a hundredth of a degree.
"""

import json
import math
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django_countries.data import ALT_CODES

from iom.countries import UNITED_NATIONS_NAMES
from iom.maps import draw, geometry
from iom.maps.geometry import UNITS, Box, Point, area, box_of, join, visvalingam
from tools.maps.topology import Edge, Edges, arcs_of, common_lines, contains, deltas, edges_of, rings_of, split_ring

COUNTRIES = Path(__file__).parents[2] / ".ci/node/node_modules/world-atlas/countries-50m.json"
DISPUTED_LINES = Path(__file__).with_name("disputed_lines.json")
KNOWN_CODES = set(ALT_CODES) - {code for code, name in UNITED_NATIONS_NAMES.items() if name is None}
NUMERIC = {f"{numeric:03}": code for code, (_, numeric) in ALT_CODES.items()}
NO_COUNTRY = ""
ANTARCTICA = "010"
# Areas that Natural Earth shows separately, by ISO code or, without one, by name.
KOSOVO = "Kosovo"
MERGED = {
    KOSOVO: "RS",
    "N. Cyprus": "CY",
    "Somaliland": "SO",
    "TW": "CN",
    "HK": "CN",
    "MO": "CN",
}
# Rings that are moved to another country: from, to, and the box (west, south, east, north) that contains them.
REASSIGNED = [
    ("RU", "UA", (32, 44, 37, 46.3)),
    ("FR", "GF", (-55, 2, -51, 6)),
    ("FR", "GP", (-62, 15.8, -60.9, 16.6)),
    ("FR", "MQ", (-61.3, 14.3, -60.7, 15)),
    ("FR", "RE", (55, -21.5, 56, -20.8)),
    ("FR", "YT", (44.9, -13.1, 45.4, -12.6)),
    ("NL", "BQ", (-69, 12, -62, 18)),
    ("NO", "SJ", (-10, 70.5, 0, 72)),
    ("NO", "SJ", (5, 74, 36, 81)),
    ("NO", "BV", (3, -55, 4, -54)),
    ("NZ", "TK", (-173, -10, -171, -8)),
    (NO_COUNTRY, "CX", (105, -11, 106, -10)),
    (NO_COUNTRY, "CC", (96, -13, 97.5, -11)),
]
# Parts that are cut off along a disputed line: from, to, the line's name, a place in the part.
CUT = [
    ("IL", "SY", "Golan Heights", (35.8, 33.0)),
    ("MA", "EH", "W. Sahara", (-13.2, 27.15)),
]
# Dashed borders: the pair of countries, and the box that contains the border.
EVERYWHERE = (-180, -90, 180, 90)
DASHED = [
    ("EH", "MA", EVERYWHERE),
    ("IL", "PS", EVERYWHERE),
    ("IL", "SY", EVERYWHERE),
    ("SD", "SS", EVERYWHERE),
    ("KE", "SS", EVERYWHERE),
    ("EG", "SD", (33.2, 21, 38, 24)),
    ("IN", "PK", (73, 32.75, 80, 37)),
    ("CN", "IN", (77, 33.3, 80, 36)),
    (NO_COUNTRY, "IN", (76, 35, 78, 36)),
    (NO_COUNTRY, "PK", (76, 35, 78, 36)),
    (NO_COUNTRY, "CN", (76, 35, 78, 36)),
]
# Disputed lines inside one country of this map.
CLAIMS = ["Abyei", "Aksai Chin", "Ilemi Triangle", KOSOVO]
# Countries that the data lack or that are smaller than its resolution, by their capitals.
POINTS = {
    "BV": (3.37, -54.42),
    "CC": (96.83, -12.17),
    "GI": (-5.35, 36.14),
    "HK": (114.16, 22.3),
    "MO": (113.55, 22.19),
    "TK": (-171.83, -9.2),
    "TV": (179.2, -8.52),
    "UM": (-176.6, 0.2),
}
# An archipelago is framed around its capital, or else around its largest island.
CENTRES = {"FM": (158.2, 6.9), "KI": (173.0, 1.4), "SC": (55.5, -4.7)}
NEAR = 3.5  # degrees at most between islands of one main body
GRAIN = 0.0027  # square degrees; a vertex with a smaller triangle is dropped


def read_rings(topology: dict[str, Any]) -> Iterator[tuple[str, list[Point]]]:
    """Yields the code of the country and the points of each closed ring."""
    (scale_x, scale_y), (left, bottom) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for steps in topology["arcs"]:
        x = y = 0
        arc = []
        for dx, dy in steps:
            x, y = x + dx, y + dy
            arc.append((_one_turn(round(x * scale_x + left, 4)), round(y * scale_y + bottom, 4)))
        arcs.append(arc)
    for shape in topology["objects"]["countries"]["geometries"]:
        if shape.get("id") == ANTARCTICA:
            continue
        code = NUMERIC.get(shape.get("id", ""), shape["properties"]["name"])
        polygons = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
        for ring in (ring for polygon in polygons for ring in polygon):
            points: list[Point] = []
            for index in ring:
                points += (arcs[index] if index >= 0 else arcs[~index][::-1])[1 if points else 0 :]
            yield code, points


def country_code(code: str) -> str:
    """Returns the country of this map for a code or name of Natural Earth's."""
    code = MERGED.get(code, code)
    return code if code in KNOWN_CODES else NO_COUNTRY


def _one_turn(longitude: float) -> float:
    """Returns the longitude above -180 and up to 180, so that the date line has one value."""
    return longitude + 360 if longitude <= -180 else longitude


def _within(point: Point, box: Box) -> bool:
    return box[0] <= point[0] <= box[2] and box[1] <= point[1] <= box[3]


def reassign(code: str, ring: list[Point]) -> str:
    """Returns the country of this map for a ring of Natural Earth's `code`."""
    for source, target, box in REASSIGNED:
        if code == source and all(_within(point, box) for point in ring):
            return target
    return code


def cut_along_line(
    code: str, ring: list[Point], lines: dict[str, list[list[Point]]]
) -> Iterator[tuple[str, list[Point]]]:
    """Yields the ring, or the two parts into which a disputed line splits it, with their countries."""
    for source, target, name, place in CUT:
        line = lines[name][0]
        if code == source and contains([ring], line[len(line) // 2]):
            for part in split_ring(ring, line):
                yield target if contains([part], place) else source, part
            return
    yield code, ring


def is_dashed(edges: Edges, edge: Edge) -> bool:
    """Whether the United Nations show a border as undetermined or disputed."""
    sides = {edges.get(edge), edges.get(edge[::-1])}
    return any(sides == {one, other} and all(_within(point, box) for point in edge) for one, other, box in DASHED)


def simplify(arc: list[Point]) -> list[Point]:
    """Returns the arc in whole units, without the vertices that are too small for this map's scale."""
    unwrapped = [arc[0]]
    for x, y in arc[1:]:
        step = (x - unwrapped[-1][0] + 180) % 360 - 180
        unwrapped.append((round(unwrapped[-1][0] + step, 4), y))
    kept = [point for point, weight in zip(unwrapped, visvalingam(unwrapped), strict=True) if weight >= GRAIN]
    whole = [(round(x * UNITS), round(y * UNITS)) for x, y in kept]
    return [point for index, point in enumerate(whole) if not index or point != whole[index - 1]]


def main_body_first(code: str, rings: list[tuple[list[int], list[Point]]]) -> tuple[int, list[list[int]]]:
    """Returns the number of rings of the country's main body, which a map of it has to show, and all rings with those
    first."""
    boxes = {id(ring): box_of(points) for ring, points in rings}
    if code in CENTRES:
        rings = sorted(rings, key=lambda pair: _gap(boxes[id(pair[0])], (*CENTRES[code], *CENTRES[code])))
    else:
        rings = sorted(rings, key=lambda pair: -abs(area(pair[1])))
    main, rest = [rings[0][0]], [ring for ring, _ in rings[1:]]
    if code not in CENTRES:  # a country in two halves, such as Malaysia, is shown whole
        main += [ring for ring, points in rings[1:] if abs(area(points)) > abs(area(rings[0][1])) / 3]
        rest = [ring for ring in rest if ring not in main]
    for ring in main:  # grows in the loop: rings near to near rings are added
        near = [other for other in rest if _gap(boxes[id(ring)], boxes[id(other)]) < NEAR]
        main += near
        rest = [other for other in rest if other not in near]
    return len(main), main + rest


def _gap(one: Box, other: Box) -> float:
    """Returns the distance of two boxes, in degrees of the equator."""
    turns = 360 * round((one[0] - other[0]) / 360)
    across = max(other[0] + turns - one[2], one[0] - other[2] - turns, 0)
    up = max(other[1] - one[3], one[1] - other[3], 0)
    return math.hypot(across * math.cos(math.radians(one[1])), up)


def build(topology: dict[str, Any], disputed: dict[str, list[Point]]) -> dict[str, Any]:
    """Returns the content of `geometry.json`, whose format is described in `iom.maps.geometry`."""
    rings = list(read_rings(topology))
    lines = {name: [[(x, y) for x, y in line]] for name, line in disputed.items()}
    lines[KOSOVO] = list(common_lines(rings, KOSOVO, "RS"))
    drawn = ((reassign(country_code(code), ring), ring) for code, ring in rings)
    edges = edges_of(part for code, ring in drawn for part in cut_along_line(code, ring, lines))
    originals = list(arcs_of(edges, is_dashed))
    arcs = [simplify(arc) for arc in originals]

    sides: dict[str, dict[int, list[Point]]] = defaultdict(dict)
    coast: dict[int, list[Point]] = {}
    borders: list[int] = []
    dashed: list[int] = []
    for index, arc in enumerate(originals):
        edge = (arc[0], arc[1])
        one, other = edges.get(edge), edges.get(edge[::-1])
        if one is not None:
            sides[one][index] = arc
        if other is not None:
            sides[other][~index] = arc[::-1]
        if one is None:
            coast[~index] = arc[::-1]
        elif other is None:
            coast[index] = arc
        else:
            (dashed if is_dashed(edges, edge) else borders).append(index)
    for name in CLAIMS:
        for line in lines[name]:
            dashed.append(len(arcs))
            arcs.append(simplify(line))

    countries, points = _countries(sides, arcs)
    return {
        "arcs": [deltas(arc) for arc in arcs],
        "land": list(rings_of(coast)),
        "countries": {code: [main, *rings] for code, (main, rings) in countries.items()},
        "borders": borders,
        "dashed": dashed,
        "points": {code: [round(x * UNITS), round(y * UNITS)] for code, (x, y) in sorted(points.items())},
    }


def _countries(
    sides: dict[str, dict[int, list[Point]]], arcs: list[list[Point]]
) -> tuple[dict[str, tuple[int, list[list[int]]]], dict[str, Point]]:
    """Returns the rings of each country, and the points of countries that are too small to be drawn."""

    def degrees(ring: list[int]) -> list[Point]:
        return join([[(x / UNITS, y / UNITS) for x, y in arc] for arc in arcs], ring)

    points = dict(POINTS)
    countries = {}
    for code, own in sorted(sides.items()):
        if code == NO_COUNTRY:
            continue
        shapes = [(ring, degrees(ring)) for ring in rings_of(own)]
        shapes = [(ring, vertices) for ring, vertices in shapes if abs(area(vertices)) > 2 / UNITS**2]
        if shapes:
            countries[code] = main_body_first(code, shapes)
        else:
            points[code] = next(iter(own.values()))[0]
    return countries, points


def geometry_json() -> str:
    """Returns the text of `geometry.json`, made from the sources."""
    topology, disputed = (json.loads(file.read_text()) for file in (COUNTRIES, DISPUTED_LINES))
    return json.dumps(build(topology, disputed), separators=(",", ":")) + "\n"


def main() -> None:
    geometry.FILE.write_text(geometry_json())
    draw.WORLD.write_text(draw.world_svg())


if __name__ == "__main__":
    main()
