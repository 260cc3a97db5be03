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

    `title`, `summary`, `names`, `text`, `tokens`: the query's tokens in each field, and in any. `frequencies`: the
    number of times the text has each. `matched`: for each term the variants that the candidate has, with their weights
    here. `strengths`: for each term the highest of these weights, from 0 to 1.
    """

    def __init__(self, query: Query, query_tokens: frozenset[str], candidate: Candidate) -> None:
        self.candidate, self.query_tokens = candidate, query_tokens
        fields = candidate.title_tokens, candidate.summary_tokens, candidate.names_tokens, candidate.text_tokens
        self.fields = [f" {field} " for field in fields]
        self.words = [field.split() for field in fields]
        self.title, self.summary, self.names = map(query_tokens.intersection, self.words[:3])
        self.frequencies = Counter(filter(query_tokens.__contains__, self.words[3]))
        self.text = frozenset(self.frequencies)
        self.tokens = self.text.union(self.title, self.summary, self.names)
        self.matched = [
            [
                (variant, self._variant_weight(variant))
                for variant in term.variants
                if self.tokens.issuperset(variant.tokens)
            ]
            for term in query.terms
        ]
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
        for words in self.words:
            for position, word in enumerate(words, start):
                if word in self.query_tokens:
                    found.setdefault(word, []).append(position)
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
        """Returns the weight of a variant whose tokens all match, reduced if they do not stand near each other."""
        if len(variant.tokens) < 2:
            return variant.weight
        first, *others = variant.tokens
        is_near = any(
            all(any(abs(other - position) <= WINDOW for other in self._positions[token]) for token in others)
            for position in self._positions[first]
        )
        return variant.weight if is_near else APART_FACTOR * variant.weight


def match_candidates(query: Query, candidates: Sequence[Candidate]) -> list[Match]:
    query_tokens = frozenset(token for term in query.terms for variant in term.variants for token in variant.tokens)
    return [Match(query, query_tokens, candidate) for candidate in candidates]


def has_phrase(field: str, tokens: Sequence[str]) -> bool:
    """Whether these tokens follow each other in a field, which has a space around each token."""
    return bool(tokens) and f" {' '.join(tokens)} " in field
