"""The countries on the world map. Higher apps return them from the hook `map_places(language)`."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from wagtail import hooks

from iom.caching.version import cached_per_version

STEP_COUNT = 3


@dataclass(frozen=True)
class Place:
    """A country on the map, in one language: `name` in lists, `short_name` on the map itself."""

    code: str
    name: str
    short_name: str
    url: str
    count: int  # of listed articles


@cached_per_version
def places(language: str) -> list[Place]:
    """Returns the countries of the map in a language, sorted for its readers."""
    return [place for hook in hooks.get_hooks("map_places") for place in hook(language)]


def step_thresholds(counts: Iterable[int]) -> list[int]:
    """Returns the smallest number of articles of each step of blue. Each step has a third of the countries with news.

    There are fewer than three steps if countries have the same numbers, since a number belongs to one step.
    """
    counts = sorted(count for count in counts if count)
    thresholds: list[int] = []
    for third in range(STEP_COUNT):
        later = (
            count for count in counts[len(counts) * third // STEP_COUNT :] if not thresholds or count > thresholds[-1]
        )
        thresholds += [count for count in [next(later, 0)] if count]
    return thresholds


def step(count: int, thresholds: list[int]) -> int:
    """Returns the step of blue for a number of articles, from 1; 0 for none."""
    return bisect_right(thresholds, count)
