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
from search.analysis import boundary, facet_token, is_of_text, is_office, is_type, lowered
from search.parsing import FACET, LOOSE, Query, Term, Way

# What a word counts where it stands
TITLE, NAMES, SUMMARY, TEXT, RELATED = 10.0, 5.0, 4.0, 3.0, 0.3
EXACT = 3.0  # more, where the title has the word in the same form: « traite » is not « traité »
EXACT_IN_SUMMARY = 0.5
OTHER_WAY, MOST_OTHERS = 0.6, 3  # more, for each other way in which the document says the same
PHRASE_IN_TITLE, PHRASE_IN_SUMMARY, PHRASE = 8.0, 5.0, 3.0
ALL_IN_SUMMARY = 3.0  # or in the title: it is about all that is searched for
WHOLE_TITLE, WHOLE_HEADING = 25.0, 16.0
ALL_IN_NAMES = 14.0  # of the offices in a country, and of those who work there
WHOLE_TYPE = 20.0  # all that is searched for is the type of the article
SECTION = 2.0  # a page of the site, as opposed to a piece of news, with the words in its title
COMMON = 0.75  # of what words count is lost, where all pages say them
NEAR_HOME = 12.0  # for the home page, half of it below it, and so on, where all pages say what is searched for
RECENT = 2.0  # at most, for what is new; half of it after HALF_LIFE
STATIC, STATIC_COUNTRY = 2.0, 1.0  # for a page of the site, and for that of a country
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
        return _forms(self.title)

    @cached_property
    def summary_forms(self) -> str:
        return _forms(self.summary)

    @cached_property
    def columns(self) -> list[tuple[float, frozenset[str]]]:
        return [
            (TITLE, frozenset(self.title_words)),
            (NAMES, frozenset(self.names_tokens.split())),
            (SUMMARY, frozenset(self.summary_tokens.split())),
        ]


def _forms(text: str) -> str:
    """The text in lower case, with spaces around each word."""
    words = "".join(sign if sign.isalnum() else " " for sign in lowered(text)).split()
    return f" {' '.join(words)} "


def ranked(query: Query, candidates: Sequence[Candidate], share: float = 0.0) -> list[int]:
    """The documents, best first: those with all words before the others. `share`: how many of all pages match."""
    weights = _weights(query.terms, candidates)
    now = timezone.now()
    keys = {}
    for one in candidates:
        has = [_says(term, one) for term in query.terms]
        words = sum(
            weight * _of_term(term, one)
            for term, weight, there in zip(query.terms, weights, has, strict=True)
            if there
        )
        said = words * (1 - COMMON * share) + _of_whole(query, one)
        score = said * _part(weights, has) + _of_date(one, now) + _of_place(one, share)
        place = "" if one.is_article else one.path  # pages of the site in their order
        keys[one.document] = (not all(has), -round(score, 3), one.is_article, place, -one.document)
    return sorted(keys, key=keys.__getitem__)


def covering(query: Query, candidates: Sequence[Candidate], least: float) -> list[Candidate]:
    """Those that say at least this part of the query, from 0 to 1, and the pages of countries that are named.

    A rare word is more of it than a common one.
    """
    weights = _weights(query.terms, candidates)
    return [
        one
        for one in candidates
        if _has_country(query, one) or _part(weights, [_says(term, one) for term in query.terms]) >= least
    ]


def _part(weights: list[float], has: list[bool]) -> float:
    return sum(weight for weight, there in zip(weights, has, strict=True) if there) / (sum(weights) or 1)


def _weights(terms: Iterable[Term], candidates: Sequence[Candidate]) -> list[float]:
    """Of each term, from 1 for what all candidates have (in their titles, where all have it somewhere)."""
    number = len(candidates) + 1
    found = []
    for term in terms:
        having = sum(_says(term, one) for one in candidates)
        if having == len(candidates):
            having = sum(any(_has(way, one.columns[0][1]) for way in term.ways) for one in candidates)
        elif not having:
            found.append(0.0)  # no page has it: that one does not have it says nothing
            continue
        found.append(1 + math.log(number / (having + 1)) / 3)
    return found


def _says(term: Term, one: Candidate, *, itself: bool = False) -> bool:
    """Whether the document has the term somewhere; `itself`: and not only what is related."""
    if term.phrase:
        whole, short = term.phrase
        return _follow(whole, one.title_tokens) or any(_follow(short, text) for text in one.texts)
    return any(_has(way, one.tokens) for way in term.ways if not itself or way.weight >= FACET)


def _follow(words: Sequence[str], text: str) -> bool:
    return bool(words) and f" {' '.join(words)} " in f" {text} "


def _has(way: Way, tokens: frozenset[str]) -> bool:
    return tokens.issuperset(way.tokens)


def _of_term(term: Term, one: Candidate) -> float:
    best = TEXT if _says(term, one, itself=True) else RELATED
    for value, tokens in one.columns:
        for way in term.ways:
            if _has(way, tokens):
                best = max(best, value * way.weight)
                break  # the ways come from the one that counts most
    if best > SUMMARY and all(f" {word.form} " in one.forms for word in term.words):
        best += EXACT
    elif best >= SUMMARY and all(f" {word.form} " in one.summary_forms for word in term.words):
        best += EXACT_IN_SUMMARY
    others = sum(_has(way, one.tokens) for way in term.ways) - 1
    return best + OTHER_WAY * max(0, min(MOST_OTHERS, others))


def _of_whole(query: Query, one: Candidate) -> float:
    """For the words together."""
    typed = query.typed
    edge = boundary(query.language)
    score = 0.0
    if in_title := [words for words in (typed, query.important) if _follow(words, one.title_tokens)]:
        said = len(in_title[0])
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
    if not one.is_article and any(_has(way, one.columns[0][1]) for term in query.terms for way in term.ways[:2]):
        score += SECTION
    if len(query.terms) == 1 and any(_has(way, one.types) for way in query.terms[0].ways):
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
    wanted = (facet_token("country", one.country, query.language),)
    return bool(one.country) and any(way.tokens == wanted for term in query.terms for way in term.ways)


def _of_place(one: Candidate, share: float) -> float:
    """« OIM » is said everywhere: the pages near the home page say most of it."""
    is_main = (one.in_menus and not one.country) or one.depth == HOME_DEPTH
    return NEAR_HOME * share**2 / (one.depth - HOME_DEPTH + 1) if is_main else 0.0


def _of_date(one: Candidate, now: datetime) -> float:
    days = max(0.0, (now - one.date).total_seconds() / 86_400)
    if not one.is_article:
        return STATIC_COUNTRY if one.country else STATIC
    return RECENT * 0.5 ** (days / HALF_LIFE)
