"""The order of results: how well a document says what is searched for, then how recent it is.

Everything is computed from the document's tokens, so that the order is the same on every database.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.utils import timezone

from search.analysis import facet_token, is_of_text, lowered
from search.parsing import Query, Term, Way

# What a word counts where it stands
TITLE, NAMES, SUMMARY, TEXT = 10.0, 5.0, 4.0, 1.0
EXACT = 3.0  # more, where the title has the word in the same form: « traite » is not « traité »
PHRASE_IN_TITLE, PHRASE = 8.0, 3.0
WHOLE_TITLE = 25.0
SECTION = 3.0  # a page of the site, as opposed to a piece of news, with the words in its title
RECENT = 4.0  # at most, for what is new; half of it after HALF_LIFE
HALF_LIFE = 365.0  # days


@dataclass(frozen=True)
class Candidate:
    """A document as it is compared."""

    document: int
    date: datetime
    is_article: bool
    country: str
    title: str
    title_tokens: str
    summary_tokens: str
    names_tokens: str

    @cached_property
    def title_words(self) -> list[str]:
        return self.title_tokens.split()

    @cached_property
    def forms(self) -> str:
        """The title in lower case, with spaces around each word."""
        words = "".join(sign if sign.isalnum() else " " for sign in lowered(self.title)).split()
        return f" {' '.join(words)} "

    @cached_property
    def columns(self) -> list[tuple[float, frozenset[str]]]:
        return [
            (TITLE, frozenset(self.title_words)),
            (NAMES, frozenset(self.names_tokens.split())),
            (SUMMARY, frozenset(self.summary_tokens.split())),
        ]


def ranked(
    query: Query, candidates: Sequence[Candidate], phrases: set[int], matching: Sequence[set[int]] | None = None
) -> list[int]:
    """The documents, best first. `phrases`: those with all words in their order.

    `matching`: for each term the documents that have it, where not all have all; those with all come first.
    """
    weights = _weights(query.terms, candidates, matching)
    now = timezone.now()
    keys = {}
    for one in candidates:
        has = [one.document in found for found in matching] if matching is not None else [True] * len(query.terms)
        share = _share(weights, has)
        words = sum(
            weight * _of_term(term, one)
            for term, weight, there in zip(query.terms, weights, has, strict=True)
            if there
        )
        score = (words + _of_whole(query, one, phrases)) * share + _of_date(one, now)
        keys[one.document] = (all(has), round(score, 6), one.document)
    return sorted(keys, key=keys.__getitem__, reverse=True)


def covered(query: Query, candidates: Sequence[Candidate], matching: Sequence[set[int]]) -> dict[int, float]:
    """How much of the query each document says, from 0 to 1: a rare word is more of it than a common one."""
    weights = _weights(query.terms, candidates, matching)
    return {one.document: _share(weights, [one.document in found for found in matching]) for one in candidates}


def _share(weights: list[float], has: list[bool]) -> float:
    return sum(weight for weight, there in zip(weights, has, strict=True) if there) / (sum(weights) or 1)


def _weights(
    terms: Iterable[Term], candidates: Sequence[Candidate], matching: Sequence[set[int]] | None
) -> list[float]:
    """Of each term, from 1 for what all candidates have (in their titles, where all have it somewhere)."""
    number = len(candidates) + 1
    found = []
    for position, term in enumerate(terms):
        if matching is None:
            having = sum(any(_has(way, one.columns[0][1]) for way in term.ways) for one in candidates)
        elif not (having := len(matching[position])):
            found.append(0.0)  # no page has it: that one does not have it says nothing
            continue
        found.append(1 + math.log(number / (having + 1)) / 3)
    return found


def _has(way: Way, tokens: frozenset[str]) -> bool:
    return tokens.issuperset(way.tokens)


def _of_term(term: Term, one: Candidate) -> float:
    best = TEXT * max(way.weight for way in term.ways) / 2
    for value, tokens in one.columns:
        for way in term.ways:
            if _has(way, tokens):
                best = max(best, value * way.weight)
                break  # the ways come from the one that counts most
    if best > SUMMARY and all(f" {word.form} " in one.forms for word in term.words):
        best += EXACT
    return best


def _of_whole(query: Query, one: Candidate, phrases: set[int]) -> float:
    """For the words together."""
    typed = list(query.typed)
    score = 0.0
    if typed and f" {' '.join(typed)} " in f" {one.title_tokens} ":
        score += PHRASE_IN_TITLE if len(typed) > 1 else 0
        length = sum(is_of_text(word, query.language) for word in one.title_words)
        score += WHOLE_TITLE if len(typed) >= length else PHRASE_IN_TITLE * len(typed) / length
    elif one.country and any(_has_country(term, one, query.language) for term in query.terms):
        score += WHOLE_TITLE / len(query.terms)  # « Colombie » is in English the page of Colombia
    elif one.document in phrases or (len(typed) > 1 and " ".join(typed) in one.summary_tokens):
        score += PHRASE
    if not one.is_article and any(_has(way, one.columns[0][1]) for term in query.terms for way in term.ways[:2]):
        score += SECTION
    return score


def _has_country(term: Term, one: Candidate, language: str) -> bool:
    return any(way.tokens == (facet_token("country", one.country, language),) for way in term.ways)


def _of_date(one: Candidate, now: datetime) -> float:
    days = max(0.0, (now - one.date).total_seconds() / 86_400)
    return RECENT * 0.5 ** (days / HALF_LIFE) if one.is_article else RECENT / 2
