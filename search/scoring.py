"""The order of results: how well a document says what is searched for, then how recent it is.

Everything is computed from the document's tokens, so that the order is the same on every database.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.utils import timezone
from wagtail.models import Page

from iom.navigation.translation_tree import HOME_DEPTH
from search.analysis import boundary, facet_token, forms_of, is_of_text, is_office, is_type
from search.parsing import FACET, LOOSE, SAME, SYNONYM, Query, Term, Way

# What a word counts where it stands
TITLE, NAMES, SUMMARY, TEXT = 10.0, 5.0, 4.0, 1.2
RARE = 0.2  # how much more a rare word counts than a common one
NEAR, DISTANCE = 6, 6.0  # words between which there are few others, and what it counts that they stand near each other
APART = 0.2  # of what a phrase counts that means the same, where its words do not stand near each other
EXACT = 3.0  # more, where the title has the word in the same form: « traite » is not « traité »
EXACT_IN_SUMMARY = 0.5
OTHER_WAY, MOST_OTHERS = 1.0, 3  # more, for each other way in which the document says the same
PHRASE_IN_TITLE, PHRASE_IN_SUMMARY, PHRASE = 8.0, 1.5, 3.0
ALL_IN_SUMMARY = 3.0  # or in the title: it is about all that is searched for
WHOLE_TITLE, WHOLE_HEADING = 25.0, 16.0
ALL_IN_NAMES = 14.0  # of the offices in a country, and of those who work there
WHOLE_TYPE = 20.0  # all that is searched for is the type of the article
SECTION = 2.0  # a page of the site, as opposed to a piece of news, with the words in its title
COMMON = 0.5  # of what words count is lost, where all pages say them
NEAR_HOME = 12.0  # for the home page, half of it below it, and so on, where all pages say what is searched for
RECENT = 2.0  # at most, for what is new; half of it after HALF_LIFE
STATIC, STATIC_COUNTRY = 1.5, 1.0  # for a page of the site, and for that of a country
HALF_LIFE = 365.0  # days


@dataclass(frozen=True)
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
    def texts(self) -> tuple[str, ...]:
        return self.title_tokens, self.summary_tokens, self.names_tokens, self.text_tokens

    @cached_property
    def tokens(self) -> frozenset[str]:
        return frozenset(" ".join(self.texts).split())

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """Where each word stands, with a gap between texts."""
        found: dict[str, list[int]] = {}
        gap = [""] * NEAR
        for place, word in enumerate(word for text in self.texts for word in (*text.split(), *gap)):
            found.setdefault(word, []).append(place)
        return found

    @property
    def depth(self) -> int:
        return len(self.path) // Page.steplen

    @cached_property
    def title_words(self) -> list[str]:
        return self.title_tokens.split()

    @cached_property
    def types(self) -> frozenset[str]:
        """The token of the type of an article."""
        return frozenset(one for one in self.names_tokens.split() if is_type(one))

    @cached_property
    def about(self) -> frozenset[str]:
        return frozenset((*self.title_words, *self.summary_tokens.split()))

    @cached_property
    def forms(self) -> str:
        return forms_of(self.title)

    @cached_property
    def summary_forms(self) -> str:
        return forms_of(self.summary)

    @cached_property
    def all_forms(self) -> str:
        return forms_of(self.text) + self.summary_forms

    @cached_property
    def columns(self) -> list[tuple[float, frozenset[str]]]:
        return [
            (TITLE, frozenset(self.title_words)),
            (NAMES, frozenset(self.names_tokens.split())),
            (SUMMARY, frozenset(self.summary_tokens.split())),
        ]


def ranked(query: Query, candidates: Sequence[Candidate], share: float = 0.0) -> list[int]:
    """The documents, best first: those with all words before the others. `share`: how many of all pages match."""
    strengths = _strengths(query.terms, candidates)
    weights = _weights(query.terms, candidates, strengths)
    now = timezone.now()
    keys = {}
    for one, has in zip(candidates, strengths, strict=True):
        words = sum(
            weight * _of_term(term, one, there)
            for term, weight, there in zip(query.terms, weights, has, strict=True)
            if there
        )
        said = words * (1 - COMMON * share) + _of_whole(query, one) + _of_distance(query, one)
        score = said * _part(weights, has) + _of_date(one, now) + _of_place(one, share)
        place = "" if one.is_article else one.path  # pages of the site in their order
        keys[one.document] = (not _says_all(query, has), -round(score, 3), one.is_article, place, -one.document)
    return sorted(keys, key=keys.__getitem__)


def _says_all(query: Query, has: list[float]) -> bool:
    """Whether a document says all terms, and what is in quotation marks as it was typed."""
    return all(there and (there == SAME or not term.phrase) for term, there in zip(query.terms, has, strict=True))


def covering(query: Query, candidates: Sequence[Candidate], least: float) -> list[Candidate]:
    """Those that say at least this part of the query, from 0 to 1, and the pages of countries that are named.

    A rare word is more of it than a common one.
    """
    strengths = _strengths(query.terms, candidates)
    weights = _weights(query.terms, candidates, strengths)
    return [
        one
        for one, has in zip(candidates, strengths, strict=True)
        if _has_country(query, one) or _part(weights, has) >= least
    ]


def _part(weights: list[float], has: list[float]) -> float:
    return sum(weight for weight, there in zip(weights, has, strict=True) if there) / (sum(weights) or 1)


def _strengths(terms: Sequence[Term], candidates: Iterable[Candidate]) -> list[list[float]]:
    return [[_strength(term, one) for term in terms] for one in candidates]


def _weights(terms: Sequence[Term], candidates: Sequence[Candidate], strengths: list[list[float]]) -> list[float]:
    """Of each term, from 1 for what all candidates have (in their titles, where all have it somewhere)."""
    number = len(candidates) + 1
    found = []
    for place, term in enumerate(terms):
        column = [has[place] for has in strengths]
        having = sum(there >= FACET for there in column) or sum(map(bool, column))
        if having == len(candidates):
            having = sum(any(_has(way, one.columns[0][1]) for way in term.ways) for one in candidates)
        elif not having:
            found.append(0.0)  # no page has it: that one does not have it says nothing
            continue
        found.append(1 + math.log(number / (having + 1)) * RARE)
    return found


def _strength(term: Term, one: Candidate) -> float:
    """How well the document says the term somewhere, from 0 to 1."""
    if term.phrase:
        whole, short = term.phrase
        if _follow(whole, one.title_tokens) or term.quoted in one.all_forms:
            return SAME
        return SYNONYM if any(_follow(short, text) for text in one.texts) else 0.0
    return max((_weight(way, one) for way in term.ways if _has(way, one.tokens)), default=0.0)


def _follow(words: Sequence[str], text: str) -> bool:
    return bool(words) and f" {' '.join(words)} " in f" {text} "


def _has(way: Way, tokens: frozenset[str]) -> bool:
    return tokens.issuperset(way.tokens)


def _weight(way: Way, one: Candidate) -> float:
    """What a way to say a term counts in a document that has its words; less where those of a synonym stand apart."""
    first, *others = way.tokens
    if not others or way.weight >= FACET:
        return way.weight
    is_near = any(
        all(any(abs(there - place) <= NEAR for there in one.places[other]) for other in others)
        for place in one.places[first]
    )
    return way.weight if is_near else APART * way.weight


def _of_term(term: Term, one: Candidate, strength: float) -> float:
    best = TEXT * strength
    said = [(way, _weight(way, one)) for way in term.ways if _has(way, one.tokens)]
    for value, tokens in one.columns:
        best = max([best, *(value * weight for way, weight in said if _has(way, tokens))])
    if best > SUMMARY and all(f" {word.form} " in one.forms for word in term.words):
        best += EXACT
    elif best >= SUMMARY and all(f" {word.form} " in one.summary_forms for word in term.words):
        best += EXACT_IN_SUMMARY
    return best + OTHER_WAY * max(0, min(MOST_OTHERS, len(said) - 1))


def _of_distance(query: Query, one: Candidate) -> float:
    """For words of the query that stand near each other, in whatever order."""
    if len(query.terms) < 2:
        return 0.0
    terms = {
        way.tokens[-1]: number for number, term in enumerate(query.terms) for way in term.ways if way.weight >= SYNONYM
    }
    most = 1
    for text in one.texts[0], one.texts[1], one.texts[3]:
        places = [(place, terms[token]) for place, token in enumerate(text.split()) if token in terms]
        for start, (place, _term) in enumerate(places):
            near = {number for there, number in places[start : start + NEAR * 2] if there - place <= NEAR}
            most = max(most, len(near))
    return DISTANCE * (most - 1) / (len(query.terms) - 1)


def _of_whole(query: Query, one: Candidate) -> float:
    """For the words together."""
    typed = query.typed
    edge = boundary(query.language)
    score = 0.0
    if titled := [words for words in (typed, query.important) if _follow(words, one.title_tokens)]:
        said = len(titled[0])
        score += PHRASE_IN_TITLE if said > 1 else 0
        length = sum(is_of_text(word, query.language) for word in one.title_words)
        score += WHOLE_TITLE if said >= length else PHRASE_IN_TITLE * said / length
    elif _has_country(query, one):
        score += WHOLE_TITLE / len(query.terms)  # « Colombie » is in English the page of Colombia
    elif one.country and _names_place(query) and _in_names(query, one):
        score += ALL_IN_NAMES
    elif any(_follow((edge, *words, edge), f"{edge} {one.summary_tokens} {edge}") for words in _called(query)):
        score += WHOLE_HEADING
    elif len(typed) > 1 and any(_follow(words, one.summary_tokens) for words in (typed, query.important)):
        score += PHRASE_IN_SUMMARY
    elif len(typed) > 1 and any(_follow(words, text) for words in (typed, query.important) for text in one.texts):
        score += PHRASE
    if len(query.terms) > 1 and all(any(_has(way, one.about) for way in term.ways) for term in query.terms):
        score += ALL_IN_SUMMARY
    if not one.is_article:
        in_title = sum(any(_has(way, one.columns[0][1]) for way in term.ways[:2]) for term in query.terms)
        score += SECTION * in_title / len(query.terms)
    if len(query.terms) == 1 and any(_has(way, one.types) for way in query.terms[0].ways if way.weight >= FACET):
        score += WHOLE_TYPE
    return score


def _called(query: Query) -> list[tuple[str, ...]]:
    """What is searched for in several words, as it was typed and as it is also called: “press contact”.

    Without stop words, which headings have not in the index.
    """
    also = query.terms[0].ways if len(query.terms) == 1 else ()
    return [words for words in (query.important, *(way.tokens for way in also)) if len(words) > 1]


def _names_place(query: Query) -> bool:
    """Whether it says more than a word such as “office”, or the name or the city of an office."""
    return len(query.terms) > 1 or any(is_office(one) for way in query.terms[0].ways for one in way.tokens)


def _in_names(query: Query, one: Candidate) -> bool:
    names = one.columns[1][1]
    return bool(query.important) and all(
        any(way.weight >= LOOSE and _has(way, names) for way in term.ways) for term in query.terms
    )


def _has_country(query: Query, one: Candidate) -> bool:
    """Whether it is the page of a country that is named."""
    named = (way.tokens for term in query.terms for way in term.ways if way.weight >= FACET)
    return bool(one.country) and (facet_token("country", one.country, query.language),) in named


def _of_place(one: Candidate, share: float) -> float:
    """« OIM » is said everywhere: the pages near the home page say most of it."""
    is_main = (one.in_menus and not one.country) or one.depth == HOME_DEPTH
    return NEAR_HOME * share**2 / (one.depth - HOME_DEPTH + 1) if is_main else 0.0


def _of_date(one: Candidate, now: datetime) -> float:
    days = max(0.0, (now - one.date).total_seconds() / 86_400)
    if not one.is_article:
        return STATIC_COUNTRY if one.country else STATIC
    return RECENT * 0.5 ** (days / HALF_LIFE)
