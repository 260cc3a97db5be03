"""The feeds of a newsroom, as a page links to them."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext

from iom.caching.version import kept
from iom.listing.reading import shown

# The part of the address → name, media type.
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


def links(index_url: str, query: str = "") -> list[FeedLink]:
    """The feeds of the newsroom at `index_url`; `query`: the filters of the list that is being read."""
    return [FeedLink(name, f"{index_url}{part}/{query}", media_type) for part, (name, media_type) in FORMATS.items()]


def title(index_title: str, filtered: list[str]) -> str:
    """`Actualités : Discours, Égypte`; `filtered`: what the list is filtered by, in words."""
    words = {"title": index_title, "filters": ", ".join(filtered)}
    return gettext("%(title)s: %(filters)s") % words if filtered else index_title


def feed_title(index_title: str, filtered: list[str]) -> str:
    """`Colombie – Actualités – OIM`: what a feed holds stands first, where a narrow list of feeds shows it."""
    return " – ".join([*filter(None, [", ".join(filtered)]), index_title, gettext("IOM")])


@kept
def newsroom(locale: int) -> tuple[str, str] | None:
    """The address and the title of the newsroom in a language; None where readers have none. One query."""
    listed = shown(locale).filter(content_type__app_label="newsroom", content_type__model="newsindex")
    return listed.values_list("url_path", "title").first()


def query(request: HttpRequest, q: str = "") -> str:
    """The filters of a list or a search, as its address and its feeds have them; `q`: for other words."""
    parameters = request.GET.copy()
    for name in ("page", "order", "section"):
        parameters.pop(name, None)
    if q:
        parameters["q"] = q
    return f"?{parameters.urlencode()}" if parameters else ""
