"""Reads the world's shapes from `geometry.json` (made by `tools.maps.build`) and simplifies them to a picture's scale.

The file contains arcs, which neighbouring countries share: the first vertex, then steps, in hundredths of a degree
(longitude, latitude). A ring is a list of indexes of arcs, `~index` for a reversed arc. Longitudes continue across the
date line: a step east from 179° leads to 181°, not to -179°.
"""

import heapq
import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

FILE = Path(__file__).with_name("geometry.json")
UNITS = 100  # to a degree

Point = tuple[float, float]
Box = tuple[float, float, float, float]  # west, south, east, north; or left, top, right, bottom
Ring = list[int]
KEPT_ALWAYS = math.inf  # the weight of a vertex that every scale keeps


@dataclass(frozen=True)
class Geometry:
    """The content of the file, with points in degrees."""

    arcs: list[list[Point]]
    land: list[Ring]
    countries: dict[str, list[Ring]]
    main: dict[str, int]  # the number of a country's rings, from the first, that form its main body
    borders: list[int]
    dashed: list[int]
    points: dict[str, Point]  # countries that are too small for a shape


@cache
def world() -> Geometry:
    """Returns the content of the file, read once."""
    data = json.loads(FILE.read_text())
    return Geometry(
        arcs=[_vertices(steps) for steps in data["arcs"]],
        land=data["land"],
        countries={code: rings for code, (_, *rings) in data["countries"].items()},
        main={code: count for code, (count, *_) in data["countries"].items()},
        borders=data["borders"],
        dashed=data["dashed"],
        points={code: (x / UNITS, y / UNITS) for code, (x, y) in data["points"].items()},
    )


def _vertices(steps: list[int]) -> list[Point]:
    x = y = 0
    vertices = []
    for dx, dy in zip(steps[::2], steps[1::2], strict=True):
        x, y = x + dx, y + dy
        vertices.append((x / UNITS, y / UNITS))
    return vertices


@cache
def codes() -> frozenset[str]:
    """Returns the codes of the countries that the map can show."""
    return frozenset(world().countries) | frozenset(world().points)


def arc(index: int, grain: float) -> list[Point]:
    """Returns the vertices of an arc with a weight of at least `grain` (square degrees, see `visvalingam`)."""
    vertices = world().arcs[index]
    return [vertex for vertex, weight in zip(vertices, _weights(index), strict=True) if weight >= grain]


@cache
def arcs(grain: float) -> list[list[Point]]:
    """Returns all arcs, cached: few grains are in use."""
    return [arc(index, grain) for index in range(len(world().arcs))]


@cache
def _weights(index: int) -> list[float]:
    return visvalingam(world().arcs[index])


def join(arcs: Sequence[list[Point]], ring: Ring) -> list[Point]:
    """Joins the arcs of a ring to a closed line."""
    vertices: list[Point] = []
    for index in ring:
        part = arcs[index] if index >= 0 else arcs[~index][::-1]
        if vertices:
            turns = 360 * round((vertices[-1][0] - part[0][0]) / 360)
            part = [(x + turns, y) for x, y in part[1:]]
        vertices += part
    return vertices


def visvalingam(vertices: Sequence[Point]) -> list[float]:
    """Returns the weight of each vertex: the area of its triangle with the neighbours once all lighter ones are gone.

    In square degrees at the equator. The ends are kept, and two more vertices of a closed line, so that an island does
    not become a line. (Visvalingam and Whyatt, "Line generalisation by repeated elimination of points", 1993.)
    """
    size = len(vertices)
    weights = [KEPT_ALWAYS] * size
    before, after = list(range(-1, size - 1)), list(range(1, size + 1))

    def triangle(index: int) -> float:
        (ax, ay), (bx, by), (cx, cy) = vertices[before[index]], vertices[index], vertices[after[index]]
        return abs((bx - ax) * (cy - ay) - (cx - ax) * (by - ay)) / 2 * math.cos(math.radians(by))

    areas = [KEPT_ALWAYS, *(triangle(index) for index in range(1, size - 1)), KEPT_ALWAYS]
    queue = [(areas[index], index) for index in range(1, size - 1)]
    heapq.heapify(queue)
    left = size - 2 - (2 if vertices[0] == vertices[-1] else 0)
    largest = 0.0
    while left > 0:
        weight, index = heapq.heappop(queue)
        if weight != areas[index]:
            continue  # an outdated entry: the triangle has changed
        largest = weights[index] = max(largest, weight)
        areas[index] = -1.0
        left -= 1
        before[after[index]], after[before[index]] = before[index], after[index]
        for neighbour in (before[index], after[index]):
            if 0 < neighbour < size - 1:
                areas[neighbour] = triangle(neighbour)
                heapq.heappush(queue, (areas[neighbour], neighbour))
    return weights


def area(ring: Sequence[Point]) -> float:
    """Returns the area of a closed ring in the plane. The sign shows its direction."""
    return sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairwise(ring)) / 2


def box_of(points: Iterable[Point]) -> Box:
    """Returns the smallest box that contains all points."""
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)
