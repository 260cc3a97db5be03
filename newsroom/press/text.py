"""Releases and articles as plain text: one line a paragraph, a blank line between two."""

from collections.abc import Iterable

from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.utils.translation import gettext, pgettext
from wagtail.blocks import StructValue
from wagtail.rich_text import RichText

from iom.core.templatetags.site import date_text, number, phone_display, year
from iom.seo.templatetags.seo import absolute
from iom.translation.content import freshness
from newsroom.kinds import Kind, Scope
from newsroom.models import NewsArticle
from newsroom.press import as_release
from newsroom.release import Block, Contact, Dateline, Heading, ListBlock, Paragraph, PressRelease, Quotation

_DASH = "\N{NO-BREAK SPACE}– "
# A paragraph ends with one of these, a heading does not.
_ENDS = (".", "!", "?", "…", ":", ";", "»", "”", ")")


def respond(article: NewsArticle) -> HttpResponse:
    """The text as a page that needs no script; search engines are sent to the article."""
    headers = {"Link": f'<{article.full_url}>; rel="canonical"', "X-Robots-Tag": "noindex"}
    return HttpResponse(article_text(article), content_type="text/plain; charset=utf-8", headers=headers)


def article_text(article: NewsArticle) -> str:
    """All that the article says, in the active language, which is its own. Its address stands at the end."""
    parts = as_release.parts(article)
    release = as_release.release(article, parts)
    return _joined(
        [
            *_head(release),
            *_newer_original(article),
            *_corrections(article),
            *_with_dateline(release.dateline, [passage for part in parts for passage in _passages(part)]),
            contact_line(release.contacts),
            article.full_url,
        ]
    )


def release_text(release: PressRelease) -> str:
    """The release as `newsroom.importing` reads it, in the active language, which is its own."""
    passages = [passage for block in release.blocks for passage in block_passages(block)]
    return _joined([*_head(release), *_with_dateline(release.dateline, passages), contact_line(release.contacts)])


def block_passages(block: Block) -> list[str]:
    """The passages of a block. A list is one passage with a line for each item."""
    match block:
        case Paragraph() | Heading():
            return [block.text]
        case ListBlock():
            items = enumerate(block.items, start=1)
            return ["\n".join(f"{n}. {item.text}" if block.ordered else f"- {item.text}" for n, item in items)]
        case Quotation():
            return _quotation(block)
    return []


def contact_line(contacts: Iterable[Contact]) -> str:
    """Whom to ask, on one line; empty where nobody is named."""
    people = "; ".join(filter(None, map(_contact, contacts)))
    return gettext("For more information, please contact %(contacts)s.") % {"contacts": people} if people else ""


def _joined(passages: Iterable[str]) -> str:
    return "\n\n".join(passage for passage in passages if passage) + "\n"


def _head(release: PressRelease) -> list[str]:
    """The type and scope, the title, the summary."""
    labels = [Kind(release.kind).label] if release.kind else []
    labels += [Scope(release.scope).label] if release.scope else []
    return [" / ".join(map(str, labels)), release.title, release.summary]


def _with_dateline(dateline: Dateline, passages: list[str]) -> list[str]:
    """The passages with place and day before the first one, or above it where it is a heading or a list."""
    printed = ", ".join(part for part in (dateline.place, date_text(dateline.date)) if part)
    if not printed:
        return passages
    if not passages or "\n" in passages[0] or not passages[0].endswith(_ENDS):
        return [printed, *passages]
    return [printed + _DASH + passages[0], *passages[1:]]


def _quotation(quotation: Quotation) -> list[str]:
    """« … » — Mohammed (nom changé), de l’OIM à Damas. Each paragraph begins with the opening mark."""
    opening = pgettext("opening quotation mark", "“")
    closing = pgettext("closing quotation mark", "”")
    passages = [opening + paragraph for paragraph in quotation.paragraphs]
    name = quotation.speaker
    if name and quotation.name_changed:
        name = gettext("%(name)s (name changed)") % {"name": name}
    source = ", ".join(part for part in (name, quotation.role) if part)
    passages[-1] += closing + (f" — {source}" if source else "")
    return passages


def _contact(contact: Contact) -> str:
    ways = [
        gettext("email: %(email)s") % {"email": contact.email} if contact.email else "",
        gettext("tel.: %(phone)s") % {"phone": phone_display(contact.phone)} if contact.phone else "",
    ]
    return ", ".join(part for part in (contact.name, contact.office, *ways) if part)


def _newer_original(article: NewsArticle) -> list[str]:
    original = freshness.newer_original(article)
    if original is None:
        return []
    return [f"{gettext('The original has changed since this translation.')} {absolute(original.url)}"]


def _corrections(article: NewsArticle) -> list[str]:
    words = gettext("Correction, %(date)s: %(text)s")
    rows = article.corrections.order_by("-date")
    return [words % {"date": date_text(row.date), "text": " ".join(row.text.split())} for row in rows]


def _passages(part: as_release.Part) -> list[str]:
    """The passages of a block of the body. Raises ValueError for an unknown block, so that none is left out."""
    if part.is_carried:
        return [passage for block in part.blocks for passage in block_passages(block)]
    value = part.value
    match part.type:
        case "key_figures":
            return [value["title"], _items(map(_figure, value["figures"]))]
        case "callout":
            return [value["title"], *_rich_text(value["text"])]
        case "table":
            rows = [[column["heading"] for column in value.columns], *(row["values"] for row in value.row_data)]
            cells = ("\t".join(" ".join((cell or "").split()) for cell in row) for row in rows)
            return [value.caption, "\n".join(cells)]
        case "documents":
            items = [(item["label"], item["document"]) for item in value["items"] if item["document"]]
            return [value["title"], _items(_link(label or of.title, absolute(of.url)) for label, of in items)]
        case "links":
            return [value["title"], _items(_link(item["label"], item["url"]) for item in value["items"])]
        case "video":
            return [_link(value["title"], value["url"]), *_rich_text(value["transcript"])]
        case "contact_box":
            return [contact_line(map(as_release.contact, value.cards))]
        case "picture" | "gallery" | "map" | "related_pages":  # their words belong to what is seen
            return []
        case "paragraph":  # an empty one
            return []
    raise ValueError(f"Plain text has no words for the block “{part.type}”.")


def _items(texts: Iterable[str]) -> str:
    return "\n".join(f"- {text}" for text in texts)


def _link(label: str, address: str) -> str:
    return gettext("%(label)s: %(address)s") % {"label": label, "address": address}


def _figure(figure: StructValue) -> str:
    """`25 000 réfugiés réinstallés au Canada (OIM, 29 février 2016)`."""
    amount = year(figure["number"]) if figure["is_year"] else number(figure["number"])
    source = ", ".join(part for part in (figure["source"], date_text(figure["date"])) if part)
    counted = " ".join(part for part in (amount, figure["unit"], figure["label"]) if part)
    return f"{counted} ({source})" if source else counted


def _rich_text(value: RichText | None) -> list[str]:
    soup = BeautifulSoup(value.source if value else "", "html.parser")
    return [passage for block in as_release.blocks(soup) for passage in block_passages(block)]
