"""The check for near duplicates of published texts.

The search index finds candidates by a few phrases of the text, and only these are compared, so that the cost does not
depend on the number of texts.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext

from iom.checks.page_text import language_of, prose
from iom.findings import Finding, lazy_message, warning
from search.analysis import loose_token, tokens
from search.expressions import In, Phrase
from search.fulltext import latest_hits
from search.models import Document

MIN_WORDS = 60  # of a text that is compared
PHRASES, PHRASE_LENGTH = 8, 4  # number of phrases to search for, and words of each
MAX_HITS = 5  # for each phrase
MAX_COMPARED = 5  # candidates in all
SHINGLE = 5  # words
MIN_SHARE = 0.3  # of the text, from which on a duplicate is reported


def shingles(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return set(zip(*(words[start:] for start in range(SHINGLE)), strict=False))  # tuples of consecutive words


def candidates(text: str, language: str, page: int | None) -> list[Document]:
    """Returns the published texts that contain most of a few phrases of this text."""
    loose = loose_token("", language)
    stems = [token for token in tokens(text, language) if not token.startswith(loose)]
    starts = len(stems) - PHRASE_LENGTH
    step = max(starts // PHRASES, 1)
    phrases = [tuple(stems[at : at + PHRASE_LENGTH]) for at in range(0, starts, step)][:PHRASES]
    queries = [(In("text_tokens", Phrase(phrase)), MAX_HITS) for phrase in phrases]
    hits = [hit.document for found in latest_hits(queries) for hit in found if hit.page != page] if queries else []
    often = sorted(set(hits), key=lambda key: (-hits.count(key), -key))[:MAX_COMPARED]
    return list(Document.objects.filter(pk__in=often, locale__language_code=language))


@warning
def near_duplicates(page: Any, moment: datetime) -> Iterator[Finding]:
    text = "\n".join(passage.text for passage in prose(page))
    if len(text.split()) < MIN_WORDS:
        return
    ours = shingles(text)
    shares = [
        (len(ours & shingles(f"{document.summary}\n{document.text}")) / len(ours), document)
        for document in candidates(text, language_of(page), page.pk)
    ]
    for share, document in sorted(shares, key=lambda pair: -pair[0])[:1]:
        if share >= MIN_SHARE:
            yield Finding("duplicate", (), _duplicate(round(share * 100), document.title, document.date))


@lazy_message
def _duplicate(share: int, title: str, date: datetime) -> str:
    text = gettext("%(share)d per cent of this text is in “%(title)s”, published on %(day)s.")
    return text % {"share": share, "title": title, "day": date_format(date, "DATE_FORMAT")}
