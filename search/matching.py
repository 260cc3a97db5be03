"""What a document says of what is searched for: found once, however often it is asked."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from wagtail.models import Page

from search.analysis import forms_of, has_forms, is_type
from search.meanings import SAME, SYNONYM
from search.parsing import Query, Term, Way

NEAR = 6  # words between which there are few others
APART = 0.2  # of what several words count, where they do not stand near each other


@dataclass(slots=True)
class Candidate:
    """A document as it is compared."""

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
    def above(self) -> str:
        """The path of the page above it; pages of countries have that of their list."""
        return self.path if self.country else self.path[: -Page.steplen]


class Match:
    """A document beside a query. Of its tokens there are those alone that the query has: `wanted`.

    `title`, `summary`, `names`, `text`, `tokens`: the wanted ones there, and anywhere. `times`: how often the text has
    each. `said`: of each term the ways in which it is said, with what they count. `strengths`: how well each term is
    said somewhere, from 0 to 1.
    """

    def __init__(self, query: Query, wanted: frozenset[str], one: Candidate) -> None:
        self.one, self.wanted = one, wanted
        texts = one.title_tokens, one.summary_tokens, one.names_tokens, one.text_tokens
        self.texts = [f" {text} " for text in texts]
        self.words = [text.split() for text in texts]
        self.title, self.summary, self.names = map(wanted.intersection, self.words[:3])
        self.times = Counter(filter(wanted.__contains__, self.words[3]))
        self.text = frozenset(self.times)
        self.tokens = self.text.union(self.title, self.summary, self.names)
        self.said = [
            [(way, self._weight(way)) for way in term.ways if self.tokens.issuperset(way.tokens)]
            for term in query.terms
        ]
        self.strengths = [
            self._of_phrase(term) if term.phrase and said else max([weight for _way, weight in said], default=0.0)
            for term, said in zip(query.terms, self.said, strict=True)
        ]

    @cached_property
    def _everywhere(self) -> dict[str, list[int]]:
        """Where each wanted token stands, with a gap between texts."""
        found: dict[str, list[int]] = {}
        start = 0
        for words in self.words:
            for place, one in enumerate(words, start):
                if one in self.wanted:
                    found.setdefault(one, []).append(place)
            start += len(words) + NEAR
        return found

    @cached_property
    def about(self) -> frozenset[str]:
        return self.title | self.summary

    @cached_property
    def types(self) -> frozenset[str]:
        """The tokens of the type of an article and of its day."""
        return frozenset(filter(is_type, self.names))

    @cached_property
    def forms(self) -> str:
        return forms_of(self.one.title)

    @cached_property
    def summary_forms(self) -> str:
        return forms_of(self.one.summary)

    def follows(self, words: Sequence[str]) -> bool:
        """Whether these words follow each other in a text."""
        return any(follow(words, text) for text in self.texts)

    def _of_phrase(self, term: Term) -> float:
        whole, short = term.phrase
        if follow(whole, self.texts[0]):
            return SAME
        if not self.follows(short):
            return 0.0
        return SAME if term.quoted in self.summary_forms or has_forms(self.one.text, term.quoted) else SYNONYM

    def _weight(self, way: Way) -> float:
        """What a way to say a term counts here, where all its words are; less where they stand apart."""
        if len(way.tokens) < 2:
            return way.weight
        first, *others = way.tokens
        is_near = any(
            all(any(abs(there - place) <= NEAR for there in self._everywhere[other]) for other in others)
            for place in self._everywhere[first]
        )
        return way.weight if is_near else APART * way.weight


def matches(query: Query, candidates: Sequence[Candidate]) -> list[Match]:
    wanted = frozenset(token for term in query.terms for way in term.ways for token in way.tokens)
    return [Match(query, wanted, one) for one in candidates]


def follow(words: Sequence[str], text: str) -> bool:
    """Whether these words follow each other in the text, which has spaces around each word."""
    return bool(words) and f" {' '.join(words)} " in text
