"""How a text is shown in search results, divided by headings, and linked."""

from collections.abc import Iterator
from datetime import datetime
from itertools import zip_longest
from typing import Any

from django.utils.translation import gettext, gettext_lazy
from wagtail.fields import StreamField

from iom.checks.reading import bold_paragraphs, language_of, links, rules
from iom.core.blocks.heading import HeadingBlock
from iom.findings import Finding, said, warning

LONGEST_TITLE, LONGEST_DESCRIPTION = 70, 160  # characters that search engines show

NOTHING_BELOW = gettext_lazy("No text follows this heading.")
BOLD = gettext_lazy("A paragraph in bold is no heading: readers who listen do not find it. Use a heading.")


@warning
def search_results(page: Any, moment: datetime) -> Iterator[Finding]:
    """The title and the description that search engines show: those of the page unless others are written for them."""
    title = "seo_title" if page.seo_title else "title"
    if (length := len(getattr(page, title))) > LONGEST_TITLE:
        yield Finding("title", ("seo_title",), _title(length, LONGEST_TITLE))
    described = page.search_description or getattr(page, "summary", "") or getattr(page, "introduction", "")
    if (length := len(described)) > LONGEST_DESCRIPTION:
        yield Finding("description", ("search_description",), _description(length, LONGEST_DESCRIPTION))


@said
def _title(length: int, most: int) -> str:
    text = gettext("Search results cut this title, of %(length)d characters, at %(most)d. Write a shorter one.")
    return text % {"length": length, "most": most}


@said
def _description(length: int, most: int) -> str:
    text = gettext("Search results cut this description, of %(length)d characters, at %(most)d. Write a shorter one.")
    return text % {"length": length, "most": most}


@warning
def headings(page: Any, moment: datetime) -> Iterator[Finding]:
    """All are at one level: what may be wrong is that nothing stands below one, or that one is none."""
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            children = list(getattr(page, field.name))
            for child, following in zip_longest(children, children[1:]):
                is_heading = isinstance(child.block, HeadingBlock)
                if is_heading and (following is None or isinstance(following.block, HeadingBlock)):
                    yield Finding("heading", (field.name, str(child.id)), NOTHING_BELOW)
    for one in bold_paragraphs(page):
        yield Finding("bold heading", one.where, BOLD)


def is_vague(text: str, language: str) -> bool:
    """Whether the text of a link does not say where it leads."""
    plain = text.lower().replace("'", "’").strip(" .…:»«>→-\u00a0\u202f!")
    known = rules(language).get("vague_links", ())
    return plain in known or "://" in plain or plain.startswith("www.")


@warning
def link_texts(page: Any, moment: datetime) -> Iterator[Finding]:
    language = language_of(page)
    for one in links(page):
        if one.text and is_vague(one.text, language):
            yield Finding("link text", one.where, _vague(one.text))


@said
def _vague(text: str) -> str:
    return gettext("The link “%(text)s” does not say where it leads. Name the page.") % {"text": text}
