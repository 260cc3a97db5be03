"""The countries that the world map shows. Apps above return them by the hook `map_places(language)`."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from wagtail import hooks

from iom.caching.version import kept

STEPS = 3


@dataclass(frozen=True)
class Place:
    """A country on the map, in one language: `name` in lists, `short_name` on the map itself."""

    code: str
    name: str
    short_name: str
    url: str
    count: int  # of listed articles


@kept
def places(language: str) -> list[Place]:
    """The countries to show in a language, sorted for its readers."""
    return [place for hook in hooks.get_hooks("map_places") for place in hook(language)]


def least_of_steps(counts: Iterable[int]) -> list[int]:
    """The least number of articles of each step of blue: a third of the countries with news each.

    Fewer than three where the countries' numbers are alike: a number has one step.
    """
    counts = sorted(count for count in counts if count)
    least: list[int] = []
    for third in range(STEPS):
        later = (count for count in counts[len(counts) * third // STEPS :] if not least or count > least[-1])
        least += [count for count in [next(later, 0)] if count]
    return least


def step(count: int, least: list[int]) -> int:
    """The step of blue of a number of articles, from 1; 0 for none."""
    return bisect_right(least, count)
