"""What the world map shows: told by a higher floor, which knows the news, to the map, which knows only shapes."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """A country on the map, in one language."""

    code: str
    name: str
    url: str
    count: int  # of listed articles


Source = Callable[[str], list[Place]]
_sources: list[Source] = []


def register(function: Source) -> Source:
    """Makes `function(language)` the answer to `places()`; the last one registered counts."""
    _sources[:] = [function]
    return function


def places(language: str) -> list[Place]:
    """The countries to show in a language, in the order in which its reader looks for them."""
    return _sources[0](language) if _sources else []


def step(count: int) -> int:
    """The step of blue for a number of articles: 1 for one, 2 for two to four, 3 for five and more."""
    return 1 + (count >= 2) + (count >= 5)
