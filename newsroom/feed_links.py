"""The formats of feeds, and the links and titles by which a page refers to the feeds of a newsroom."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext

from iom.caching.version import cached_per_version
from iom.listing.reading import shown

# The part of the address → name, media type
FORMATS = {
    "rss": ("RSS", "application/rss+xml"),
    "atom": ("Atom", "application/atom+xml"),
    "json": ("JSON", "application/feed+json"),
}


@dataclass(frozen=True)
class FeedLink:
    name: str
    url: str
    content_type: str


def get_links(index_url: str, query: str = "") -> list[FeedLink]:
    """Returns the links to the feeds of the newsroom at `index_url`. `query` has the filters of the list."""
    return [FeedLink(name, f"{index_url}{part}/{query}", media_type) for part, (name, media_type) in FORMATS.items()]


def list_title(index_title: str, filtered: list[str]) -> str:
    """Returns a title such as `Actualités : Discours, Égypte`. `filtered` has the labels of the filters."""
    words = {"title": index_title, "filters": ", ".join(filtered)}
    return gettext("%(title)s: %(filters)s") % words if filtered else index_title


def feed_title(index_title: str, filtered: list[str]) -> str:
    """Returns a title such as `Colombie – Actualités – OIM`. The filters come first, so that a narrow list of feeds
    shows them."""
    return " – ".join([*filter(None, [", ".join(filtered)]), index_title, gettext("IOM")])


@cached_per_version
def get_newsroom(locale: int) -> tuple[str, str] | None:
    """Returns the address and the title of the public newsroom in a locale; None without one. One query."""
    listed = shown(locale).filter(content_type__app_label="newsroom", content_type__model="newsindex")
    return listed.values_list("url_path", "title").first()


def filter_query(request: HttpRequest, q: str = "") -> str:
    """Returns the filters of a list or a search as the query string of its feeds. `q` replaces the search words."""
    parameters = request.GET.copy()
    for name in ("page", "order", "section"):
        parameters.pop(name, None)
    if q:
        parameters["q"] = q
    return f"?{parameters.urlencode()}" if parameters else ""
