"""Renders press releases and articles as plain text: a line for each paragraph, blank lines between them."""

from collections.abc import Iterable

from django.http import HttpResponse
from django.utils.translation import gettext

from iom.contacts.models import offices_by_key
from iom.core.blocks.plain_text import format_contact_line, format_list, format_quotation
from iom.core.templatetags.site import date_text
from iom.seo.templatetags.seo import absolute
from iom.translation.content import freshness
from newsroom.kinds import Kind, Scope
from newsroom.models import NewsArticle
from newsroom.press import conversion
from newsroom.release import Block, Dateline, Heading, ListBlock, Paragraph, PressRelease, Quotation
from newsroom.templatetags.newsroom import moment_text

_DASH = "\N{NO-BREAK SPACE}– "
# A paragraph ends with one of these; a heading does not
_PARAGRAPH_ENDS = (".", "!", "?", "…", ":", ";", "»", "”", ")")


def text_response(article: NewsArticle) -> HttpResponse:
    """Returns the plain text of an article. Its headers send search engines to the article itself."""
    headers = {"Link": f'<{article.full_url}>; rel="canonical"', "X-Robots-Tag": "noindex"}
    return HttpResponse(article_text(article), content_type="text/plain; charset=utf-8", headers=headers)


def article_text(article: NewsArticle) -> str:
    """Returns the whole text of an article, with its address at the end. The active language must be its own."""
    release = conversion.to_release(article, conversion.to_parts(article))
    passages = [passage for child in article.body for passage in child.block.passages(child.value)]
    return _join(
        [
            *_head(release, _office(article)),
            _facts(article),
            *_newer_original(article),
            *_corrections(article),
            *_with_dateline(release.dateline, passages),
            format_contact_line(article.cards()),
            article.full_url,
        ]
    )


def release_text(release: PressRelease) -> str:
    """Returns a release in the format that `newsroom.importing` reads. The active language must be its own."""
    passages = [passage for block in release.blocks for passage in block_passages(block)]
    contacts = format_contact_line(release.contacts)
    return _join([*_head(release), *_with_dateline(release.dateline, passages), contacts])


def block_passages(block: Block) -> list[str]:
    """Returns the passages of a block. A list is one passage with a line for each item."""
    match block:
        case Paragraph() | Heading():
            return [block.text]
        case ListBlock():
            return [format_list((item.text for item in block.items), ordered=block.ordered)]
        case Quotation():
            return format_quotation(block.paragraphs, block.speaker, block.role, block.name_changed)
    return []


def _join(passages: Iterable[str]) -> str:
    return "\n\n".join(passage for passage in passages if passage) + "\n"


def _head(release: PressRelease, office: str = "") -> list[str]:
    """Returns three passages: the type with the issuing office, else with the scope; the title; the summary."""
    labels = [str(Kind(release.kind).label)] if release.kind else []
    labels += [office or Scope(release.scope).alone] if office or release.scope else []
    return [" / ".join(labels), release.title, release.summary]


def _office(article: NewsArticle) -> str:
    office = offices_by_key().get(article.office_id or 0)
    return office.name if office else ""


def _facts(article: NewsArticle) -> str:
    """Returns the dates and the reference number, with which a reader can verify that the text is authentic."""
    published, updated = moment_text(article.date), moment_text(article.updated_at)
    lines = [
        published and gettext("Published on %(date)s") % {"date": published},
        updated and gettext("Updated on %(date)s") % {"date": updated},
        article.reference and f"{gettext('Reference')} {article.reference}",
    ]
    return "\n".join(filter(None, lines))


def _with_dateline(dateline: Dateline, passages: list[str]) -> list[str]:
    """Puts place and day before the text of the first passage, or above it if that is a heading or a list."""
    printed = ", ".join(part for part in (dateline.place, date_text(dateline.date)) if part)
    if not printed:
        return passages
    if not passages or "\n" in passages[0] or not passages[0].endswith(_PARAGRAPH_ENDS):
        return [printed, *passages]
    return [printed + _DASH + passages[0], *passages[1:]]


def _newer_original(article: NewsArticle) -> list[str]:
    original = freshness.newer_original(article)
    if original is None:
        return []
    return [f"{gettext('The original has changed since this translation.')} {absolute(original.url)}"]


def _corrections(article: NewsArticle) -> list[str]:
    words = gettext("Correction, %(date)s: %(text)s")
    rows = article.corrections.order_by("-date")
    return [words % {"date": date_text(row.date), "text": " ".join(row.public_text.split())} for row in rows]
