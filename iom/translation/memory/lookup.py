"""Finds exact and fuzzy matches for a passage in the memory, the best first.

The cost does not depend on the size of the memory: a gram leads to a limited number of texts, and a text to a limited
number of entries (`entries`).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from heapq import nlargest
from typing import Any

from django.db.models import Count
from rapidfuzz import fuzz
from rapidfuzz.distance import Indel
from wagtail.models import Locale

from iom.translation.content.comparison import Pieces, diff
from iom.translation.content.segments import Segment
from iom.translation.content.text import adapt_links, plain_text
from iom.translation.memory import tokenization
from iom.translation.memory.entries import is_in_original
from iom.translation.models import MemoryEntry, MemoryGram

MAX_MATCHES = 9  # each has a keyboard shortcut
_MAX_GRAMS = 150  # of a passage; the longest are used, because long words are rare
_MAX_COMPARED = 50  # texts: those with the most grams in common
_MAX_TEXTS_READ = 15  # texts whose entries are read
_MIN_SCORE = 45  # per cent; below it, texts are too different


@dataclass(frozen=True)
class MemoryMatch:
    """The translation of a text that is similar to the passage. `score`: per cent; 100 for the same text."""

    score: int
    target: str
    pieces: Pieces
    entry: Any = None  # the MemoryEntry; None if the match is an earlier text of the same page


def find_matches(source: str, from_locale: Locale, into: Locale) -> list[MemoryMatch]:
    """Returns at most MAX_MATCHES matches, the best first, each wording once. Makes three queries."""
    pair = tokenization.language_pair(from_locale, into)
    key = tokenization.text_key(source, pair)
    grams = nlargest(
        _MAX_GRAMS, ((length, gram) for gram, length in tokenization.hash_grams(source, from_locale, into))
    )
    alike = MemoryGram.objects.filter(gram__in=[gram for _length, gram in grams]).values("key")
    keys = alike.annotate(number=Count("gram")).order_by("-number").values_list("key", flat=True)[:_MAX_COMPARED]
    texts = dict(MemoryEntry.objects.filter(key__in=[key, *keys]).values_list("key", "source"))
    scores = {key: similarity(text, source) for key, text in texts.items()}
    nearest = nlargest(
        _MAX_TEXTS_READ, (key for key, score in scores.items() if score >= _MIN_SCORE), key=lambda key: scores[key]
    )
    return rank_matches(current_entries(nearest), source)[:MAX_MATCHES]


def rank_matches(entries: Iterable[MemoryEntry], source: str) -> list[MemoryMatch]:
    """Returns a match for each wording, the best first. Matches of the same score keep the order of `entries`."""
    found: dict[str, MemoryMatch] = {}
    for entry in entries:
        target = adapt_links(entry.target, entry.source, source)
        score = similarity(entry.source, source)
        if target not in found or found[target].score < score:
            found[target] = MemoryMatch(score, target, diff(entry.source, source) if score < 100 else [], entry)
    return sorted(found.values(), key=lambda match: -match.score)


def current_entries(keys: Iterable[int]) -> list[MemoryEntry]:
    """Returns the entries of texts that may be offered, the newest first. Makes one query."""
    rows = MemoryEntry.objects.standing().filter(key__in=keys).order_by("-pk")
    return [row for row in rows if is_in_original(row)]


def similarity(before: str, after: str) -> int:
    """Returns the similarity in per cent: the mean of words and letters in common in the same order.

    It is 100 only for the same text, markup included.
    """
    if before == after:
        return 100
    old, new = plain_text(before), plain_text(after)
    by_words = Indel.normalized_similarity(old.split(), new.split()) * 100
    return min(99, round((by_words + fuzz.ratio(old, new)) / 2))


def exact_matches(entries: Iterable[MemoryEntry], segment: Segment) -> list[MemoryEntry]:
    """Returns the entries with exactly the text and markup of a segment, from the same kind of field or an archive."""
    return [
        entry
        for entry in entries
        if entry.source == segment.source and (entry.archive_id or entry.field_path == segment.field_path)
    ]
