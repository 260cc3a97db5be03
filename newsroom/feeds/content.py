"""The content of feed items: articles as HTML that needs neither the site's styles nor its scripts."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Tag
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.translation import gettext
from wagtail.rich_text import expand_db_html

from iom.characters import map_texts, remove_control_characters, texts_in
from iom.seo.templatetags.seo import absolute
from newsroom.models import NewsArticle
from newsroom.models.corrected_articles import corrections_of

# Feed readers keep items for years, while contacts leave; maps need the site's styles.
_OMITTED_BLOCKS = {"contact_box", "map"}
_REMOVED_TAGS = ["script", "style", "template", "svg", "button", "form", "iframe", "track"]
_ALLOWED_TAGS = {
    "p", "br", "hr", "h2", "h3", "h4", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "cite", "a", "strong", "b",
    "em", "i", "sup", "sub", "time", "figure", "figcaption", "img", "video", "source", "table", "caption", "thead",
    "tbody", "tr", "th", "td", "details", "summary",
}  # fmt: skip
_ALLOWED_ATTRIBUTES = {
    "lang", "dir", "href", "hreflang", "src", "alt", "width", "height", "controls", "poster", "datetime", "scope",
}  # fmt: skip
_URL_ATTRIBUTES = ("href", "src", "poster")
_ALLOWED_SCHEMES = {"http", "https", "mailto", "tel"}
_SEPARATOR = "\x1e"  # a control character, which no text contains
_LINK_TYPE = "linktype="  # the attribute of a link to a page or document in stored rich text


class ItemContent(NamedTuple):
    html: str
    reference: str = ""


def get_contents(keys: Iterable[int]) -> dict[int, ItemContent]:
    """Returns the content of each article in the active language, by the key of the article.

    It begins with the summary, since many feed readers show the content alone. Corrections, lead picture, body and
    reference number follow. The number of queries is constant: one each for the articles, their corrections,
    pictures, linked pages and documents.
    """
    keys = list(keys)
    articles = NewsArticle.objects.filter(pk__in=keys).select_related("lead_picture")
    html: dict[int, str] = defaultdict(str)
    references: dict[int, str] = {}
    corrections = corrections_of(keys)
    stored: list[tuple[int, dict[str, Any]]] = []
    block = NewsArticle._meta.get_field("body").stream_block
    for article in articles.order_by():
        references[article.pk] = article.reference
        shown = {"image": article.lead_picture, "alt": article.picture_alt, "caption": article.picture_caption}
        shown["decorative"] = article.picture_decorative
        html[article.pk] = format_html("<p>{}</p>", article.summary) if article.summary else ""
        html[article.pk] += render_to_string(
            "newsroom/corrections/feed.html", {"corrections": corrections[article.pk]}
        )
        html[article.pk] += render_to_string("partials/figure.html", {"picture": shown, "use": "lead"})
        stored += [
            (article.pk, child)
            for child in article.body.raw_data
            if child["type"] in block.child_blocks and child["type"] not in _OMITTED_BLOCKS
        ]
    children = block.to_python(_with_links([child for _pk, child in stored]))
    for (pk, _child), child in zip(stored, children, strict=True):
        html[pk] += child.render({})
    for pk, reference in references.items():
        html[pk] += format_html("<p>{} {}</p>", gettext("Reference"), reference) if reference else ""
    return {pk: ItemContent(clean_html(text), references[pk]) for pk, text in html.items()}


def clean_html(html: str) -> str:
    """Removes scripts and what only the site's own styles use, and makes addresses absolute."""
    soup = BeautifulSoup(html, "html.parser")
    for tag in [*soup.find_all(_REMOVED_TAGS), *soup.select("picture > source")]:
        tag.decompose()
    for tag in soup.find_all(True):
        tag.attrs = dict(_attributes(tag))
        if tag.name not in _ALLOWED_TAGS and not (tag.name == "span" and tag.attrs):
            tag.unwrap()
    return remove_control_characters(re.sub(r"[ \t\r\n]+", " ", str(soup)).strip())


def _attributes(tag: Tag) -> Iterator[tuple[str, Any]]:
    for name, value in tag.attrs.items():
        if name in _URL_ATTRIBUTES:
            address = absolute(str(value))
            if urlsplit(address).scheme in _ALLOWED_SCHEMES:
                yield name, address
        elif name in _ALLOWED_ATTRIBUTES:
            yield name, value


def _with_links(children: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Expands the links in the rich text of all stored blocks at once, to avoid a query for each paragraph."""
    linked = [text for text in texts_in(children) if _LINK_TYPE in text]
    expanded = iter(expand_db_html(_SEPARATOR.join(linked)).split(_SEPARATOR))
    return map_texts(children, lambda text: next(expanded) if _LINK_TYPE in text else text)
