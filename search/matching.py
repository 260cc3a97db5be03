"""Compares documents with a query: which terms each document has, where and how often. Used by `search.scoring`."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from wagtail.models import Page

from search.analysis import forms_of, has_forms, is_type_token
from search.query import Query, Term, Variant
from search.synonyms import SAME, SYNONYM

WINDOW = 6  # tokens: words at most this far apart are near each other
APART_FACTOR = 0.2  # of the weight of a variant of several words that do not stand near each other


@dataclass(slots=True)
class Candidate:
    """A document that is compared with a query."""

    document: int
    date: datetime
    is_article: bool
    country: str
    path: str  # of the page, in Wagtail's tree
    in_menus: bool
    title: str
    summary: str
    text: str
    title_tokens: str
    summary_tokens: str
    names_tokens: str
    text_tokens: str

    @property
    def depth(self) -> int:
        return len(self.path) // Page.steplen

    @property
    def parent_path(self) -> str:
        """The path of the parent page. A country page has the path of its list."""
        return self.path if self.country else self.path[: -Page.steplen]


class Match:
    """A candidate compared with a query.

    `places`: for each field the positions of the query's tokens, in order. `title`, `summary`, `names`, `text`,
    `tokens`: these tokens in each field, and in any. `frequencies`: the number of times the text has each. `matched`:
    for each term the variants that the candidate has, with their weights here. `strengths`: for each term the highest
    of these weights, from 0 to 1.
    """

    def __init__(self, query: "QueryTokens", candidate: Candidate) -> None:
        self.candidate, wanted = candidate, query.tokens
        fields = candidate.title_tokens, candidate.summary_tokens, candidate.names_tokens, candidate.text_tokens
        self.fields = [f" {field} " for field in fields]
        self.words = [field.split() for field in fields]
        self.places = [[(place, word) for place, word in enumerate(words) if word in wanted] for words in self.words]
        self.title, self.summary, self.names = (frozenset(word for _place, word in one) for one in self.places[:3])
        self.frequencies = Counter(word for _place, word in self.places[3])
        self.text = frozenset(self.frequencies)
        self.tokens = self.text.union(self.title, self.summary, self.names)
        self.matched: list[list[tuple[Variant, float]]] = [[] for _term in query.terms]
        for token in self.tokens:
            for number, variant in query.variants[token]:
                if len(variant.tokens) == 1:
                    self.matched[number].append((variant, variant.weight))
                elif self.tokens.issuperset(variant.tokens):
                    self.matched[number].append((variant, self._variant_weight(variant)))
        self.strengths = [
            self._phrase_strength(term)
            if term.phrase and variants
            else max([weight for _variant, weight in variants], default=0.0)
            for term, variants in zip(query.terms, self.matched, strict=True)
        ]

    @cached_property
    def _positions(self) -> dict[str, list[int]]:
        """Positions of each token of the query, with a gap between fields."""
        found: dict[str, list[int]] = {}
        start = 0
        for words, places in zip(self.words, self.places, strict=True):
            for place, word in places:
                found.setdefault(word, []).append(start + place)
            start += len(words) + WINDOW
        return found

    @cached_property
    def head(self) -> frozenset[str]:
        """Tokens of the query in title and summary."""
        return self.title | self.summary

    @cached_property
    def types(self) -> frozenset[str]:
        """Tokens of the query for the type and the day of the article."""
        return frozenset(filter(is_type_token, self.names))

    @cached_property
    def title_forms(self) -> str:
        return forms_of(self.candidate.title)

    @cached_property
    def summary_forms(self) -> str:
        return forms_of(self.candidate.summary)

    def _phrase_strength(self, term: Term) -> float:
        whole, short = term.phrase
        is_type = any(self.types.issuperset(variant.tokens) for variant in term.variants[1:])
        if is_type or has_phrase(self.fields[0], whole):
            return SAME
        if not any(has_phrase(field, short) for field in self.fields):
            return 0.0
        is_exact = term.quoted in self.summary_forms or has_forms(self.candidate.text, term.quoted)
        return SAME if is_exact else SYNONYM

    def _variant_weight(self, variant: Variant) -> float:
        """Returns the weight of a variant of several tokens, reduced if they do not stand near each other."""
        first, *others = variant.tokens
        is_near = any(
            all(any(abs(other - position) <= WINDOW for other in self._positions[token]) for token in others)
            for position in self._positions[first]
        )
        return variant.weight if is_near else APART_FACTOR * variant.weight


class QueryTokens:
    """The terms of a query, all their tokens, and the variants with the number of their term, by their first token."""

    def __init__(self, query: Query) -> None:
        self.terms = query.terms
        self.variants: dict[str, list[tuple[int, Variant]]] = {}
        for number, term in enumerate(query.terms):
            for variant in term.variants:
                first, *others = variant.tokens
                self.variants.setdefault(first, []).append((number, variant))
                for token in others:
                    self.variants.setdefault(token, [])
        self.tokens = frozenset(self.variants)


def match_candidates(query: Query, candidates: Sequence[Candidate]) -> list[Match]:
    tokens = QueryTokens(query)
    return [Match(tokens, candidate) for candidate in candidates]


def has_phrase(field: str, tokens: Sequence[str]) -> bool:
    """Whether these tokens follow each other in a field, which has a space around each token."""
    return bool(tokens) and f" {' '.join(tokens)} " in field
