"""Releases and articles as plain text: one line a paragraph, a blank line between two."""

from collections.abc import Iterable

from django.http import HttpResponse
from django.utils.translation import gettext

from iom.contacts.models import offices_by_key
from iom.core.blocks.plain_text import contact_line, listed, quotation
from iom.core.templatetags.site import date_text
from iom.seo.templatetags.seo import absolute
from iom.translation.content import freshness
from newsroom.kinds import Kind, Scope
from newsroom.models import NewsArticle
from newsroom.press import as_release
from newsroom.release import Block, Dateline, Heading, ListBlock, Paragraph, PressRelease, Quotation
from newsroom.templatetags.newsroom import moment_text

_DASH = "\N{NO-BREAK SPACE}– "
# A paragraph ends with one of these, a heading does not.
_ENDS = (".", "!", "?", "…", ":", ";", "»", "”", ")")


def respond(article: NewsArticle) -> HttpResponse:
    """The text as a page that needs no script; search engines are sent to the article."""
    headers = {"Link": f'<{article.full_url}>; rel="canonical"', "X-Robots-Tag": "noindex"}
    return HttpResponse(article_text(article), content_type="text/plain; charset=utf-8", headers=headers)


def article_text(article: NewsArticle) -> str:
    """All that the article says, in the active language, which is its own. Its address stands at the end."""
    release = as_release.release(article, as_release.parts(article))
    passages = [passage for child in article.body for passage in child.block.passages(child.value)]
    return _joined(
        [
            *_head(release, _office(article)),
            _facts(article),
            *_newer_original(article),
            *_corrections(article),
            *_with_dateline(release.dateline, passages),
            contact_line(article.cards()),
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
            return [listed((item.text for item in block.items), ordered=block.ordered)]
        case Quotation():
            return quotation(block.paragraphs, block.speaker, block.role, block.name_changed)
    return []


def _joined(passages: Iterable[str]) -> str:
    return "\n\n".join(passage for passage in passages if passage) + "\n"


def _head(release: PressRelease, office: str = "") -> list[str]:
    """The type, with the issuing office or else the scope; the title, the summary."""
    labels = [str(Kind(release.kind).label)] if release.kind else []
    labels += [office or Scope(release.scope).alone] if office or release.scope else []
    return [" / ".join(labels), release.title, release.summary]


def _office(article: NewsArticle) -> str:
    office = offices_by_key().get(article.office_id or 0)
    return office.name if office else ""


def _facts(article: NewsArticle) -> str:
    """By what a reader knows that the text is ours: when it was published, and under which number."""
    published, updated = moment_text(article.date), moment_text(article.updated_at)
    told = [
        published and gettext("Published on %(date)s") % {"date": published},
        updated and gettext("Updated on %(date)s") % {"date": updated},
        article.reference and f"{gettext('Reference')} {article.reference}",
    ]
    return "\n".join(filter(None, told))


def _with_dateline(dateline: Dateline, passages: list[str]) -> list[str]:
    """The passages with place and day before the first one, or above it where it is a heading or a list."""
    printed = ", ".join(part for part in (dateline.place, date_text(dateline.date)) if part)
    if not printed:
        return passages
    if not passages or "\n" in passages[0] or not passages[0].endswith(_ENDS):
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
    return [words % {"date": date_text(row.date), "text": " ".join(row.says.split())} for row in rows]
