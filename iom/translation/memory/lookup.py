"""What the memory has for a passage: the same text elsewhere, and texts that are like it, the nearest first.

The cost does not depend on the size of the memory: a gram leads to a limited number of texts, and a text to a limited
number of entries (`pairs`).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from heapq import nlargest
from typing import Any

from django.db.models import Count
from rapidfuzz import fuzz
from rapidfuzz.distance import Indel
from wagtail.models import Locale

from iom.translation.content.comparison import Pieces, marked
from iom.translation.content.segments import Segment
from iom.translation.content.text import adapted, plain
from iom.translation.memory import words
from iom.translation.memory.pairs import stands_in_original
from iom.translation.models import MemoryEntry, MemoryGram

SHOWN = 9  # each has a key of the keyboard
_ASKED = 150  # grams of a passage, the longest: long words are rare ones
_COMPARED = 50  # texts with the most grams in common
_READ = 15  # texts of which the entries are read
_ALIKE = 45  # per cent, below which a text is another one


@dataclass(frozen=True)
class Offer:
    """A translation of a text that is like the passage. `score`: per cent; 100 for the same text."""

    score: int
    target: str
    pieces: Pieces
    entry: Any = None  # the MemoryEntry; None for an earlier text of the same page


def offers(source: str, from_locale: Locale, into: Locale) -> list[Offer]:
    """At most SHOWN, each wording once. Three queries."""
    pair = words.pair_of(from_locale, into)
    key = words.key(source, pair)
    grams = nlargest(_ASKED, ((length, gram) for gram, length in words.grams_of(source, from_locale, into)))
    alike = MemoryGram.objects.filter(gram__in=[gram for _length, gram in grams]).values("key")
    keys = alike.annotate(number=Count("gram")).order_by("-number").values_list("key", flat=True)[:_COMPARED]
    texts = dict(MemoryEntry.objects.filter(key__in=[key, *keys]).values_list("key", "source"))
    scores = {key: likeness(text, source) for key, text in texts.items()}
    nearest = nlargest(_READ, (key for key, score in scores.items() if score >= _ALIKE), key=lambda key: scores[key])
    return ranked(standing(nearest), source)[:SHOWN]


def ranked(entries: Iterable[MemoryEntry], source: str) -> list[Offer]:
    """An offer for each wording, the nearest first; of several of one likeness the newest first."""
    found: dict[str, Offer] = {}
    for entry in entries:
        target = adapted(entry.target, entry.source, source)
        score = likeness(entry.source, source)
        if target not in found or found[target].score < score:
            found[target] = Offer(score, target, marked(entry.source, source) if score < 100 else [], entry)
    return sorted(found.values(), key=lambda offer: -offer.score)


def standing(keys: Iterable[int]) -> list[MemoryEntry]:
    """The entries of texts that may be offered, the newest first. One query."""
    rows = MemoryEntry.objects.standing().filter(key__in=keys).order_by("-pk")
    return [row for row in rows if stands_in_original(row)]


def likeness(before: str, after: str) -> int:
    """Per cent: of the words, and of the letters, in common in the same order. 100 only for the same text."""
    if before == after:
        return 100
    old, new = plain(before), plain(after)
    by_words = Indel.normalized_similarity(old.split(), new.split()) * 100
    return min(99, round((by_words + fuzz.ratio(old, new)) / 2))


def same_text(entries: Iterable[MemoryEntry], segment: Segment) -> list[MemoryEntry]:
    """Entries of the very text of a segment, its markup included, in the same kind of field or in an archive."""
    return [
        entry
        for entry in entries
        if entry.source == segment.source and (entry.archive_id or entry.field_path == segment.field_path)
    ]
