"""Checks of the title and description for search engines, of headings, and of the texts of links."""

from collections.abc import Iterator
from datetime import datetime
from itertools import zip_longest
from typing import Any

from django.utils.translation import gettext, gettext_lazy
from wagtail.fields import StreamField

from iom.checks.page_text import bold_paragraphs, language_of, links, rules_for
from iom.core.blocks.heading import HeadingBlock
from iom.findings import Finding, lazy_message, warning

MAX_TITLE, MAX_DESCRIPTION = 70, 160  # characters that search engines show

NOTHING_BELOW = gettext_lazy("No text follows this heading.")
BOLD = gettext_lazy("A paragraph in bold is no heading: readers who listen do not find it. Use a heading.")


@warning
def search_results(page: Any, moment: datetime) -> Iterator[Finding]:
    """Checks the length of the title and the description that search engines show."""
    title = "seo_title" if page.seo_title else "title"
    if (length := len(getattr(page, title))) > MAX_TITLE:
        yield Finding("title", ("seo_title",), _title(length, MAX_TITLE))
    described = page.search_description or getattr(page, "summary", "") or getattr(page, "introduction", "")
    if (length := len(described)) > MAX_DESCRIPTION:
        yield Finding("description", ("search_description",), _description(length, MAX_DESCRIPTION))


@lazy_message
def _title(length: int, most: int) -> str:
    text = gettext("Search results cut this title, of %(length)d characters, at %(most)d. Write a shorter one.")
    return text % {"length": length, "most": most}


@lazy_message
def _description(length: int, most: int) -> str:
    text = gettext("Search results cut this description, of %(length)d characters, at %(most)d. Write a shorter one.")
    return text % {"length": length, "most": most}


@warning
def headings(page: Any, moment: datetime) -> Iterator[Finding]:
    """Reports headings without text below, and paragraphs in bold that look like headings."""
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            children = list(getattr(page, field.name))
            for child, following in zip_longest(children, children[1:]):
                is_heading = isinstance(child.block, HeadingBlock)
                if is_heading and (following is None or isinstance(following.block, HeadingBlock)):
                    yield Finding("heading", (field.name, str(child.id)), NOTHING_BELOW)
    for paragraph in bold_paragraphs(page):
        yield Finding("bold heading", paragraph.where, BOLD)


def is_vague(text: str, language: str) -> bool:
    """Whether the text of a link does not say where it leads."""
    plain = text.lower().replace("'", "’").strip(" .…:»«>→-\u00a0\u202f!")
    vague = rules_for(language).get("vague_links", ())
    return plain in vague or "://" in plain or plain.startswith("www.")


@warning
def link_texts(page: Any, moment: datetime) -> Iterator[Finding]:
    language = language_of(page)
    for link in links(page):
        if link.text and is_vague(link.text, language):
            yield Finding("link text", link.where, _vague(link.text))


@lazy_message
def _vague(text: str) -> str:
    return gettext("The link “%(text)s” does not say where it leads. Name the page.") % {"text": text}
