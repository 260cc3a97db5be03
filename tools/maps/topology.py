"""Splits rings into edges, and joins edges into the arcs that neighbours share (for `tools.maps.build`)."""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise

from iom.maps.geometry import Point

Edge = tuple[Point, Point]
Edges = dict[Edge, str]  # edge → the country that it goes around


def edges_of(rings: Iterable[tuple[str, list[Point]]]) -> Edges:
    """Returns the edges of all rings with their countries, without edges that have one country on both sides."""
    edges = {}
    for code, ring in rings:
        for edge in pairwise(ring):
            if edge[0] != edge[1]:
                edges[edge] = code
    return {edge: code for edge, code in edges.items() if edges.get(edge[::-1]) != code}


def arcs_of(edges: Edges, is_dashed: Callable[[Edges, Edge], bool]) -> Iterator[list[Point]]:
    """Joins edges into arcs, each edge once. An arc ends where three borders meet or where the kind of border changes."""

    def label(edge: Edge) -> tuple[frozenset[str | None], bool]:
        return frozenset((edges.get(edge), edges.get(edge[::-1]))), is_dashed(edges, edge)

    around: dict[Point, set[Point]] = defaultdict(set)
    for start, end in edges:
        around[start].add(end)
        around[end].add(start)
    nodes = {
        point
        for point, others in around.items()
        if len(others) != 2 or len({label((point, other)) for other in others}) > 1
    }
    done: set[Edge] = set()
    # From the nodes first. The rings that remain have no node and begin anywhere.
    for start in [*sorted(nodes), *sorted(around)]:
        for second in sorted(around[start]):
            if (start, second) in done:
                continue
            arc = [start, second]
            while arc[-1] not in nodes and arc[-1] != start:
                arc.append(next(point for point in around[arc[-1]] if point != arc[-2]))
            done.update(pairwise(arc))
            done.update(pairwise(reversed(arc)))
            yield arc


def rings_of(arcs: dict[int, list[Point]]) -> Iterator[list[int]]:
    """Yields rings as indices of arcs. `arcs` are those of one country, each in the direction of its ring."""
    leaving: dict[Point, list[int]] = defaultdict(list)
    for index, arc in arcs.items():
        leaving[arc[0]].append(index)
    while leaving:
        place = start = next(iter(leaving))
        ring: list[int] = []
        while not ring or place != start:
            ring.append(leaving[place].pop())
            if not leaving[place]:
                del leaving[place]
            place = arcs[ring[-1]][-1]
        yield ring


def common_lines(rings: list[tuple[str, list[Point]]], one: str, other: str) -> Iterator[list[Point]]:
    """Yields the lines along which two countries of Natural Earth's meet."""
    edges = {edge for code, ring in rings if code == one for edge in pairwise(ring)}
    back = {edge[::-1] for code, ring in rings if code == other for edge in pairwise(ring)}
    following = dict(edges & back)
    for start in set(following) - set(following.values()):
        line = [start]
        while line[-1] in following:
            line.append(following[line[-1]])
        yield line


def split_ring(ring: list[Point], line: list[Point]) -> tuple[list[Point], list[Point]]:
    """Splits a ring along a line into two rings. The line's ends are moved to the ring's nearest vertices."""
    vertices = ring[:-1]
    start, end = (_nearest(vertices, tip) for tip in (line[0], line[-1]))
    turned = vertices[start:] + vertices[: start + 1]
    end = (end - start) % len(vertices)
    return [*turned[: end + 1], *reversed(line[1:-1]), turned[0]], [turned[0], *line[1:-1], *turned[end:]]


def _nearest(points: list[Point], place: Point) -> int:
    return min(range(len(points)), key=lambda index: math.dist(points[index], place))


def contains(rings: Iterable[Sequence[Point]], place: Point) -> bool:
    """Whether a place is inside one of the rings and not in a hole."""
    inside = False
    for ring in rings:
        for (ax, ay), (bx, by) in pairwise(ring):
            if (ay > place[1]) != (by > place[1]) and place[0] < (bx - ax) * (place[1] - ay) / (by - ay) + ax:
                inside = not inside
    return inside


def deltas(arc: list[Point]) -> list[float]:
    """Returns one flat list: the first vertex, then the steps from each vertex to the next."""
    steps = [(x - before[0], y - before[1]) for before, (x, y) in pairwise(arc)]
    return [value for pair in [arc[0], *steps] for value in pair]
