"""The countries that the world map shows. Apps above return them by the hook `map_places(language)`."""

from dataclasses import dataclass

from wagtail import hooks

from iom.caching.version import kept


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


def step(count: int) -> int:
    """The step of blue for a number of articles: 1 for one, 2 for two to four, 3 for five and more."""
    return 1 + (count >= 2) + (count >= 5)
