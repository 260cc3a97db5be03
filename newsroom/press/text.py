"""An article as plain text, to be copied: all that is said in it, whatever block says it."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.utils.translation import gettext

from iom.core.templatetags.site import date_text, number, year
from iom.seo.templatetags.seo import absolute
from iom.translation.content import freshness
from newsroom.exporting import capture, content

if TYPE_CHECKING:  # an article's own page is made of this
    from newsroom.models import NewsArticle


def respond(article: "NewsArticle") -> HttpResponse:
    """The text as a page that needs no script; search engines are sent to the article."""
    headers = {"Link": f'<{article.full_url}>; rel="canonical"', "X-Robots-Tag": "noindex"}
    return HttpResponse(write(article), content_type="text/plain; charset=utf-8", headers=headers)


def write(article: "NewsArticle") -> str:
    """The text in the active language, which is the article's, with its address at the end."""
    parts = content.parts(article)
    release = content.release(article, parts)
    body = [passage for part in parts for passage in _passages(part)]
    return capture.text(
        [
            *capture.head(release),
            *_newer_original(article),
            *_corrections(article),
            *capture.with_dateline(release.dateline, body),
            capture.contact_line(release.contacts),
            article.full_url,
        ]
    )


def _newer_original(article: "NewsArticle") -> list[str]:
    original = freshness.newer_original(article)
    if original is None:
        return []
    return [f"{gettext('The original has changed since this translation.')} {absolute(original.url)}"]


def _corrections(article: "NewsArticle") -> list[str]:
    words = gettext("Correction, %(date)s: %(text)s")
    rows = article.corrections.order_by("-date")
    return [words % {"date": date_text(row.date), "text": " ".join(row.text.split())} for row in rows]


def _passages(part: content.Part) -> list[str]:
    """What a block says. Raises ValueError for a kind of block that it does not know, so that none is left out."""
    if part.is_carried:
        return [passage for block in part.blocks for passage in capture.lines(block)]
    value = part.value
    match part.type:
        case "key_figures":
            return [value["title"], _items(map(_figure, value["figures"]))]
        case "callout":
            return [value["title"], *_of_rich_text(value["text"])]
        case "table":
            rows = [[column["heading"] for column in value.columns], *(row["values"] for row in value.row_data)]
            return [
                value.caption,
                "\n".join("\t".join(" ".join((cell or "").split()) for cell in row) for row in rows),
            ]
        case "documents":
            items = [(item["label"], item["document"]) for item in value["items"] if item["document"]]
            return [value["title"], _items(_link(label or of.title, absolute(of.url)) for label, of in items)]
        case "links":
            return [value["title"], _items(_link(item["label"], item["url"]) for item in value["items"])]
        case "video":
            return [_link(value["title"], value["url"]), *_of_rich_text(value["transcript"])]
        case "contact_box":
            return [capture.contact_line(map(content.contact, value.cards))]
        case "picture" | "gallery" | "map" | "related_pages":  # their words are for where they are seen
            return []
        case "paragraph":  # an empty one
            return []
    raise ValueError(f"Plain text has no words for the block “{part.type}”.")


def _items(texts: Iterable[str]) -> str:
    return "\n".join(f"- {text}" for text in texts)


def _link(label: str, address: str) -> str:
    return gettext("%(label)s: %(address)s") % {"label": label, "address": address}


def _figure(figure: Any) -> str:
    """`25 000 réfugiés réinstallés au Canada (OIM, 29 février 2016)`."""
    amount = year(figure["number"]) if figure["is_year"] else number(figure["number"])
    source = ", ".join(part for part in (figure["source"], date_text(figure["date"])) if part)
    counted = " ".join(part for part in (amount, figure["unit"], figure["label"]) if part)
    return f"{counted} ({source})" if source else counted


def _of_rich_text(value: Any) -> list[str]:
    soup = BeautifulSoup(value.source if value else "", "html.parser")
    return [passage for block in content.blocks(soup) for passage in capture.lines(block)]
