"""The text of articles as HTML that stands alone, for feed readers."""

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

from iom.characters import change_texts, remove_control_characters
from iom.seo.templatetags.seo import absolute
from newsroom.models import NewsArticle
from newsroom.models.corrected import corrections_of

# Contacts leave their office, and a feed is kept for years; maps are drawn by the site's own styles.
_LEFT_OUT = {"contact_box", "map"}
_DROPPED = ["script", "style", "template", "svg", "button", "form", "iframe", "track"]
_KEPT = {
    "p", "br", "hr", "h2", "h3", "h4", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "cite", "a", "strong", "b",
    "em", "i", "sup", "sub", "time", "figure", "figcaption", "img", "video", "source", "table", "caption", "thead",
    "tbody", "tr", "th", "td", "details", "summary",
}  # fmt: skip
_ATTRIBUTES = {
    "lang", "dir", "href", "hreflang", "src", "alt", "width", "height", "controls", "poster", "datetime", "scope",
}  # fmt: skip
_ADDRESSES = ("href", "src", "poster")
_SCHEMES = {"http", "https", "mailto", "tel"}
_SEPARATOR = "\x1e"  # in no text
_TO_RECORD = "linktype="  # of a link to a page or document


class Text(NamedTuple):
    html: str
    reference: str = ""


def texts_of(keys: Iterable[int]) -> dict[int, Text]:
    """The summary, the corrections, the lead picture, the body and the number of each article in the active language,
    by its key. Many feed readers show the text without the summary.

    However many articles: a query for them, and one each for their corrections, pictures, linked pages and documents.
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
            if child["type"] in block.child_blocks and child["type"] not in _LEFT_OUT
        ]
    children = block.to_python(_with_links([child for _pk, child in stored]))
    for (pk, _child), child in zip(stored, children, strict=True):
        html[pk] += child.render({})
    for pk, reference in references.items():
        html[pk] += format_html("<p>{} {}</p>", gettext("Reference"), reference) if reference else ""
    return {pk: Text(clean(text), references[pk]) for pk, text in html.items()}


def clean(html: str) -> str:
    """Without scripts and what only the site's own styles use, and with absolute addresses."""
    soup = BeautifulSoup(html, "html.parser")
    for tag in [*soup.find_all(_DROPPED), *soup.select("picture > source")]:
        tag.decompose()
    for tag in soup.find_all(True):
        tag.attrs = dict(_attributes(tag))
        if tag.name not in _KEPT and not (tag.name == "span" and tag.attrs):
            tag.unwrap()
    return remove_control_characters(re.sub(r"[ \t\r\n]+", " ", str(soup)).strip())


def _attributes(tag: Tag) -> Iterator[tuple[str, Any]]:
    for name, value in tag.attrs.items():
        if name in _ADDRESSES:
            address = absolute(str(value))
            if urlsplit(address).scheme in _SCHEMES:
                yield name, address
        elif name in _ATTRIBUTES:
            yield name, value


def _with_links(children: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The stored blocks with the links of all their rich text expanded at once, not in a query for each paragraph."""
    linked: list[str] = []

    def collect(text: str) -> str:
        if _TO_RECORD in text:
            linked.append(text)
        return text

    change_texts(children, collect)
    expanded = iter(expand_db_html(_SEPARATOR.join(linked)).split(_SEPARATOR))
    return change_texts(children, lambda text: next(expanded) if _TO_RECORD in text else text) if linked else children
