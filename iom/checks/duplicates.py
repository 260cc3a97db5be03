"""A text of which much has been published before.

The search index finds candidates by a few phrases of the text, however many texts there are; only these are compared.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext

from iom.checks.reading import language_of, prose
from iom.findings import Finding, said, warning
from search.analysis import loose_token, tokens
from search.expressions import In, Phrase
from search.fulltext import latest
from search.models import Document

SHORTEST = 60  # words of a text that is compared
PROBES, LENGTH = 8, 4  # phrases of the text, and the words of each
MOST = 5  # candidates for each phrase
COMPARED = 5  # candidates in all
SHINGLE = 5  # words
SHARE = 0.3  # of the text that is worth saying


def shingles(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return set(zip(*(words[start:] for start in range(SHINGLE)), strict=False))


def candidates(text: str, language: str, page: int | None) -> list[Document]:
    """The published texts that say most of a few phrases of this one."""
    loose = loose_token("", language)
    stems = [one for one in tokens(text, language) if not one.startswith(loose)]
    step = max((len(stems) - LENGTH) // PROBES, 1)
    phrases = [tuple(stems[at : at + LENGTH]) for at in range(0, len(stems) - LENGTH, step)][:PROBES]
    asked = [(In("text_tokens", Phrase(phrase)), MOST) for phrase in phrases]
    hits = [hit.document for found in latest(asked) for hit in found if hit.page != page] if asked else []
    often = sorted(set(hits), key=lambda key: (-hits.count(key), -key))[:COMPARED]
    return list(Document.objects.filter(pk__in=often, locale__language_code=language))


@warning
def near_duplicates(page: Any, moment: datetime) -> Iterator[Finding]:
    text = "\n".join(one.text for one in prose(page))
    if len(text.split()) < SHORTEST:
        return
    ours = shingles(text)
    shares = [
        (len(ours & shingles(f"{one.summary}\n{one.text}")) / len(ours), one)
        for one in candidates(text, language_of(page), page.pk)
    ]
    for share, one in sorted(shares, key=lambda pair: -pair[0])[:1]:
        if share >= SHARE:
            yield Finding("duplicate", (), _duplicate(round(share * 100), one.title, one.date))


@said
def _duplicate(share: int, title: str, date: datetime) -> str:
    text = gettext("%(share)d per cent of this text is in “%(title)s”, published on %(day)s.")
    return text % {"share": share, "title": title, "day": date_format(date, "DATE_FORMAT")}
