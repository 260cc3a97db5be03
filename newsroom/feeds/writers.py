"""Writers of RSS 2.0, Atom (RFC 4287) and JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from django.utils.html import escape
from django.utils.xmlutils import SimplerXMLGenerator

from iom.seo.templatetags.seo import absolute
from newsroom.feeds.content import ItemContent
from newsroom.feeds.items import Item

# Media RSS for pictures. XHTML links for translations, as in sitemaps: many feed readers would use an RSS or Atom
# `link` with a language as the link of the article itself.
_EXTENSIONS = {"xmlns:media": "http://search.yahoo.com/mrss/", "xmlns:xhtml": "http://www.w3.org/1999/xhtml"}
_DUBLIN_CORE = {"xmlns:dc": "http://purl.org/dc/elements/1.1/"}
_CONTENT = {"xmlns:content": "http://purl.org/rss/1.0/modules/content/"}


class RssFeed(Rss201rev2Feed):
    """Adds the whole content, the picture and the translations of each article."""

    def rss_attributes(self) -> dict[str, str]:
        return super().rss_attributes() | _EXTENSIONS | _CONTENT

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("content:encoded", item["content"])
        _write_extensions(handler, item)


class AtomFeed(Atom1Feed):
    """Adds the whole content, the picture and the translations of each article."""

    def root_attributes(self) -> dict[str, str]:
        return super().root_attributes() | _EXTENSIONS

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("content", item["content"], {"type": "html"})
        _write_extensions(handler, item)


def _write_extensions(handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
    for language, url in item["alternates"]:
        handler.addQuickElement("xhtml:link", None, {"rel": "alternate", "hreflang": language, "href": url})
    if item["reference"]:
        handler.addQuickElement("dc:identifier", item["reference"], _DUBLIN_CORE)
    if item["picture"]:
        handler.addQuickElement("media:content", None, item["picture"] | {"medium": "image"})


class JsonFeed(SyndicationFeed):
    """The same data as JSON. `_iom` is an extension, an object as the specification requires."""

    def write(self, outfile: Any, encoding: str) -> None:
        feed = {
            "version": "https://jsonfeed.org/version/1.1",
            "title": self.feed["title"],
            "home_page_url": self.feed["link"],
            "feed_url": self.feed["feed_url"],
            "description": self.feed["description"],
            "language": self.feed["language"],
            "authors": [{"name": self.feed["author_name"]}],
            "items": [_json_item(item) for item in self.items],
        }
        json.dump(feed, outfile, ensure_ascii=False)


def _json_item(item: dict[str, Any]) -> dict[str, Any]:
    translations = [{"language": language, "url": url} for language, url in item["alternates"]]
    written = {
        "id": item["unique_id"],
        "url": item["link"],
        "title": item["title"],
        "summary": item["summary"],
        "content_html": item["content"],
        "image": item["picture"] and item["picture"]["url"],
        "date_published": item["pubdate"].isoformat(),
        "date_modified": item["updateddate"].isoformat(),
        "tags": item["categories"],
        "_iom": ({"reference": item["reference"]} if item["reference"] else {}) | {"translations": translations},
    }
    return {name: value for name, value in written.items() if value is not None}


_FEEDS = {"rss": RssFeed, "atom": AtomFeed, "json": JsonFeed}


def render(name: str, metadata: Mapping[str, Any], items: Sequence[tuple[Item, ItemContent]]) -> str:
    """Renders a feed. `name` is a key of FORMATS; `metadata` is that of `feed_metadata`."""
    feed = _FEEDS[name](**metadata, subtitle=metadata["description"] or None)
    for item, text in items:
        feed.add_item(
            title=item.title,
            link=item.entry.full_url,
            description=escape(item.summary),  # feed readers read it as HTML
            summary=item.summary,
            unique_id=item.id,
            unique_id_is_permalink=False,
            pubdate=item.published_at,
            updateddate=item.updated_at,
            categories=item.categories,
            content=text.html,
            reference=text.reference,
            alternates=item.alternates,
            picture=_attributes(item),
        )
    return feed.writeString("utf-8")


def _attributes(item: Item) -> dict[str, str] | None:
    if item.picture is None:
        return None
    file, media_type = item.picture
    return {"url": absolute(file.url), "type": media_type, "width": str(file.width), "height": str(file.height)}
