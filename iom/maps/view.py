"""Views: the part of the world in a picture, and the path data of the shapes in it."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from iom.maps import geometry
from iom.maps.geometry import Point, Ring, area, box_of
from iom.maps.projection import EqualEarth, Lambert

CLIP_MARGIN = 6  # units around the picture at which shapes are clipped
MAX_EDGE = 4.0  # degrees; the projection bends longer edges, so they get more vertices
HALF_TURN = 180.0


@dataclass(frozen=True)
class View:
    """A picture of `width` by `height` units, centred on `middle` in the projection's plane."""

    projection: EqualEarth | Lambert
    middle: Point
    scale: float  # units of the picture per sphere's radius
    width: int
    height: int

    def project(self, place: Point) -> Point:
        x, y = self.projection.forward(place)
        return (
            self.width / 2 + (x - self.middle[0]) * self.scale,
            self.height / 2 - (y - self.middle[1]) * self.scale,
        )

    def grain(self, triangle: float) -> float:
        """Converts square units of the picture to square degrees."""
        return triangle / math.radians(self.scale) ** 2

    @cached_property
    def window(self) -> geometry.Box:
        """A box of longitudes and latitudes with everything in view, without the far side of the Earth."""
        if isinstance(self.projection, EqualEarth):
            return self.projection.longitude - HALF_TURN, -90, self.projection.longitude + HALF_TURN, 90
        steps = [step / 8 - 1 for step in range(17)]
        half_width, half_height = self.width / 2 / self.scale, self.height / 2 / self.scale
        edge = [(x * half_width, y * half_height) for x in steps for y in steps if 1 in (abs(x), abs(y))]
        west, south, east, north = box_of(self.projection.inverse(point) for point in edge)
        longitude = self.projection.centre[0]
        if self._shows((longitude, 90)) or self._shows((longitude, -90)):
            west, east = longitude - HALF_TURN, longitude + HALF_TURN
            south, north = (south, 90) if self._shows((longitude, 90)) else (-90, north)
        return max(west - 5, longitude - 180), max(south - 5, -90), min(east + 5, longitude + 180), min(north + 5, 90)

    def wrap_longitude(self, place: Point) -> Point:
        """Returns the same place with a longitude in the window."""
        west = self.window[0]
        return (place[0] - west) % 360 + west, place[1]

    def _shows(self, place: Point) -> bool:
        x, y = self.project(place)
        return 0 <= x <= self.width and 0 <= y <= self.height

    def _copies_in_window(self, vertices: Sequence[Point]) -> Iterator[list[Point]]:
        """Yields the vertices, shifted by each multiple of 360° with which they may be in the window."""
        west, south, east, north = self.window
        left, low, right, high = box_of(vertices)
        if low <= north and high >= south:
            for turn in range(math.ceil((west - right) / 360), math.floor((east - left) / 360) + 1):
                yield [(x + 360 * turn, y) for x, y in vertices]

    def rings(self, rings: Iterable[Ring], arcs: Sequence[list[Point]], smallest: float) -> Iterator[list[Point]]:
        """Yields the closed rings in the picture, without those smaller than `smallest` square units."""
        for ring in rings:
            for copy in self._copies_in_window(geometry.join(arcs, ring)):
                seen = _clip(copy, self.window)
                points = [self.project(place) for place in _add_vertices([*seen, *seen[:1]])]
                points = _clip(
                    points, (-CLIP_MARGIN, -CLIP_MARGIN, self.width + CLIP_MARGIN, self.height + CLIP_MARGIN)
                )
                points = _round_vertices([*points, *points[:1]])
                if len(points) > 3 and abs(area(points)) >= smallest:
                    yield points

    def lines(self, arcs: Iterable[list[Point]], shortest: float) -> Iterator[list[Point]]:
        """Yields the visible parts of open lines, without those shorter than `shortest` units."""
        for arc in arcs:
            for copy in self._copies_in_window(arc):
                for part in _split_at_box(copy, self.window):
                    points = [self.project(place) for place in _add_vertices(part)]
                    for run in _split_at_box(points, (0, 0, self.width, self.height)):
                        whole = _round_vertices(run)
                        left, top, right, bottom = box_of(whole)
                        if max(right - left, bottom - top) > shortest:
                            yield whole


def _add_vertices(vertices: Sequence[Point]) -> Iterator[Point]:
    """Yields the vertices and more of them along long edges, so that a parallel becomes a curve."""
    before: Point | None = None
    for vertex in vertices:
        if before:
            pieces = math.ceil(max(abs(vertex[0] - before[0]), abs(vertex[1] - before[1])) / MAX_EDGE)
            for piece in range(1, pieces):
                share = piece / pieces
                yield before[0] + (vertex[0] - before[0]) * share, before[1] + (vertex[1] - before[1]) * share
        yield vertex
        before = vertex


def _clip(ring: Sequence[Point], box: geometry.Box) -> list[Point]:
    """Returns the part of a ring within a box, as an open line (Sutherland and Hodgman, 1974)."""
    inside = list(ring)
    for axis, bound, sign in ((0, box[0], 1), (1, box[1], 1), (0, box[2], -1), (1, box[3], -1)):
        before, inside = inside, []
        for index, vertex in enumerate(before):
            last = before[index - 1]
            here, there = (vertex[axis] - bound) * sign, (last[axis] - bound) * sign
            if (here >= 0) != (there >= 0):
                share = there / (there - here)
                inside.append((last[0] + (vertex[0] - last[0]) * share, last[1] + (vertex[1] - last[1]) * share))
            if here >= 0:
                inside.append(vertex)
    return inside


def _split_at_box(line: Sequence[Point], box: geometry.Box) -> Iterator[list[Point]]:
    """Yields the parts of a line whose edges touch a box (or pass close to it)."""
    run: list[Point] = []
    for (ax, ay), (bx, by) in pairwise(line):
        if max(ax, bx) < box[0] or min(ax, bx) > box[2] or max(ay, by) < box[1] or min(ay, by) > box[3]:
            if run:
                yield run
            run = []
        else:
            run = [*run, (bx, by)] if run else [(ax, ay), (bx, by)]
    if run:
        yield run


def _round_vertices(vertices: Sequence[Point]) -> list[Point]:
    """Rounds vertices to whole units, and removes those on a straight line between others."""
    rounded: list[Point] = []
    for x, y in vertices:
        vertex = (round(x), round(y))
        while vertex in rounded[-1:] or (len(rounded) > 1 and _is_straight(rounded[-2], rounded[-1], vertex)):
            rounded.pop()
        rounded.append(vertex)
    return rounded


def _is_straight(one: Point, two: Point, three: Point) -> bool:
    """Whether the second of three vertices is on the line between the others."""
    return (
        (two[0] - one[0]) * (three[1] - two[1]) == (two[1] - one[1]) * (three[0] - two[0])
        and (two[0] - one[0]) * (three[0] - two[0]) >= 0
        and (two[1] - one[1]) * (three[1] - two[1]) >= 0
    )


def path(lines: Iterable[Sequence[Point]], close: bool) -> str:
    """Returns path data in relative steps, with as few characters as possible."""
    data: list[str] = []
    at = (0.0, 0.0)
    for line in lines:
        numbers = []
        start = line[0]
        for vertex in line[:-1] if close else line:
            numbers += [vertex[0] - at[0], vertex[1] - at[1]]
            at = vertex
        joined = "".join(f"{' ' if index and number >= 0 else ''}{number:g}" for index, number in enumerate(numbers))
        data.append(f"m{joined}{'z' if close else ''}")
        if close:
            at = start
    return "".join(data)
