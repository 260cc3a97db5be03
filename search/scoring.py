"""The order of results: how well a document says what is searched for, then how recent it is.

Everything is computed from the document's tokens, so that the order is the same on every database.
"""

import math
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils import timezone

from iom.navigation.translation_tree import HOME_DEPTH
from search.analysis import boundary, facet_token, is_of_text, is_office
from search.matching import NEAR, Candidate, Match, follow, matches
from search.meanings import FACET, LOOSE, SAME, SYNONYM
from search.parsing import Query, Term

# What a word counts where it stands
TITLE, NAMES, SUMMARY, TEXT = 7.0, 5.0, 4.0, 1.5
ALSO_IN_NAMES = 2.0  # more, where a topic, a place or a person of the document says it as well
OFTEN, HALF_OFTEN = 2.0, 4  # more, where the text says it again and again; half of it after that many times more
RARE = 0.4  # how much more a rare word counts than a common one
DISTANCE = 6.0  # for words that stand near each other
EXACT = 3.0  # more, where the title has the word in the same form: « traite » is not « traité »
EXACT_IN_SUMMARY = 0.7
OTHER_WAY, MOST_OTHERS = 1.8, 3  # more, for each other way in which the document says the same
PHRASE_IN_TITLE = 9.0
ALL_IN_SUMMARY = 3.5  # or in the title: it is about all that is searched for
WHOLE_TITLE, WHOLE_HEADING = 25.0, 8.0
ALL_IN_NAMES = 14.0  # of the offices in a country, and of those who work there
WHOLE_TYPE = 20.0  # all that is searched for is the type of the article, or its day
COMMON = 0.5  # of what words count is lost, where all pages say them
NEAR_HOME = 12.0  # for the home page, half of it below it, and so on, where all pages say what is searched for
LEADS = 0.3  # of what a page of the site lacks to the best page below it: it leads there
MANY = 3  # terms: of so many, pages that lack one do not stand behind all others
RECENT = 1.0  # at most, for what is new; half of it after HALF_LIFE
STATIC, STATIC_COUNTRY = 2.0, 1.0  # for a page of the site, and for that of a country
HALF_LIFE = 365.0  # days


class Asked:
    """A query, and what of it is the same for all documents."""

    def __init__(self, query: Query) -> None:
        self.query, self.terms = query, query.terms
        self.edge = boundary(query.language)
        self.together = list(dict.fromkeys(words for words in (query.typed, query.important) if words))
        # What is searched for in several words, as it was typed and as it is also called: “press contact”.
        # Without stop words, which headings have not in the index
        also = [way for way in query.terms[0].ways if way.weight >= SYNONYM] if len(query.terms) == 1 else []
        self.called = [words for words in (query.important, *(way.tokens for way in also)) if len(words) > 1]
        # Whether it says more than a word such as “office”, or the name or the city of an office
        self.names_place = len(query.terms) > 1 or any(
            is_office(one) for way in query.terms[0].ways for one in way.tokens
        )
        # The number of the term that ends with each token
        self.ends = {
            way.tokens[-1]: number
            for number, term in enumerate(query.terms)
            for way in term.ways
            if way.weight >= SYNONYM
        }


def ranked(query: Query, candidates: Sequence[Candidate], share: float = 0.0) -> list[int]:
    """The documents, best first: those with all of a few words before the others. `share`: how many of all match."""
    return in_order(query, matches(query, candidates), share)


def in_order(query: Query, found: Sequence[Match], share: float = 0.0) -> list[int]:
    """The documents that have been compared with the query, best first."""
    asked = Asked(query)
    weights = _weights(query.terms, found)
    now = timezone.now()
    scores = {}
    for one in found:
        has, document = one.strengths, one.one
        words = sum(
            weight * _of_term(term, one, place)
            for place, (term, weight) in enumerate(zip(query.terms, weights, strict=True))
            if has[place]
        )
        said = words * (1 - COMMON * share) + _of_whole(asked, one) + _of_distance(asked, one)
        said *= _part(weights, has)
        scores[document.document] = said + _of_date(document, now) * max(has) + _of_place(document, share)
    leading = _leading(found, scores)
    keys = {}
    for one in found:
        document = one.one
        place = "" if document.is_article else document.path  # pages of the site in their order
        keys[document.document] = (
            not _says_all(query, one.strengths),
            -round(leading.get(document.document, scores[document.document]), 3),
            document.is_article,
            place,
            -document.document,
        )
    return sorted(keys, key=keys.__getitem__)


def _leading(found: Sequence[Match], scores: Mapping[int, float]) -> dict[int, float]:
    """The scores of pages of the site; an overview says little itself, and is found for the best page below it."""
    pages = [one.one for one in found if not one.one.is_article]
    below: dict[str, float] = {}
    for page in pages:
        below[page.above] = max(below.get(page.above, 0.0), scores[page.document])
    own = {page.document: (scores[page.document], page.path) for page in pages if not page.country}
    return {key: score + LEADS * max(0.0, below.get(path, 0.0) - score) for key, (score, path) in own.items()}


def _says_all(query: Query, has: list[float]) -> bool:
    """Whether a document says all terms, if they are few, and what is in quotation marks as it was typed."""
    is_long = len(has) >= MANY
    said = zip(query.terms, has, strict=True)
    return all(there == SAME if term.phrase else there or is_long for term, there in said)


def covering(query: Query, found: Sequence[Match], least: float) -> list[Match]:
    """Those that say at least this part of the query, from 0 to 1, and the pages of countries that are named.

    A rare word is more of it than a common one.
    """
    weights = _weights(query.terms, found)
    return [one for one in found if _has_country(query, one.one) or _part(weights, one.strengths) >= least]


def about(query: Query, found: Sequence[Match]) -> list[Match]:
    """Those that say in title, names or summary all that any of them says, for a query that is half unknown.

    What is unknown may be what is wanted: a page that has another word somewhere is no answer.
    """
    known = [place for place, _term in enumerate(query.terms) if any(one.strengths[place] for one in found)]
    return [one for one in found if all(_is_about(one, place) for place in known)]


def _is_about(one: Match, place: int) -> bool:
    said = one.about | one.names
    return any(weight >= LOOSE and said.issuperset(way.tokens) for way, weight in one.said[place])


def _part(weights: list[float], has: list[float]) -> float:
    return sum(weight for weight, there in zip(weights, has, strict=True) if there) / (sum(weights) or 1)


def _weights(terms: Sequence[Term], found: Sequence[Match]) -> list[float]:
    """Of each term, from 1 for what all documents have (in their titles, where all have it somewhere)."""
    number = len(found) + 1
    weights = []
    for place, term in enumerate(terms):
        column = [one.strengths[place] for one in found]
        having = sum(there >= FACET for there in column) or sum(map(bool, column))
        if having == len(found):
            having = sum(any(one.title.issuperset(way.tokens) for way in term.ways) for one in found)
        elif not having:
            weights.append(0.0)  # no page has it: that one does not have it says nothing
            continue
        weights.append(1 + math.log(number / (having + 1)) * RARE)
    return weights


def _of_term(term: Term, one: Match, place: int) -> float:
    """`place`: of the term in the query."""
    said = one.said[place]
    best = TEXT * one.strengths[place]
    more = max((weight * _often(one, way.tokens) for way, weight in said), default=0.0)
    if one.names:
        more += ALSO_IN_NAMES * max((weight for way, weight in said if one.names.issuperset(way.tokens)), default=0.0)
    for value, tokens in ((TITLE, one.title), (NAMES, one.names), (SUMMARY, one.summary)):
        if tokens:
            best = max([best, *(value * weight for way, weight in said if tokens.issuperset(way.tokens))])
    for way, weight in said:
        if len(way.tokens) > 1:
            best = max(best, weight * sum(_where(one, token) for token in way.tokens) / len(way.tokens))
    if best > SUMMARY and all(f" {word.form} " in one.forms for word in term.words):
        best += EXACT
    elif best >= SUMMARY and all(f" {word.form} " in one.summary_forms for word in term.words):
        best += EXACT_IN_SUMMARY
    return best + more + OTHER_WAY * max(0, min(MOST_OTHERS, len(said) - 1))


def _often(one: Match, tokens: Sequence[str]) -> float:
    """What it counts that the text has the tokens more than once."""
    again = min(one.times[token] for token in tokens) - 1
    return OFTEN * again / (again + HALF_OFTEN) if again > 0 else 0.0


def _where(one: Match, token: str) -> float:
    """What a token counts that stands in a text of its own."""
    fields = ((TITLE, one.title), (NAMES, one.names), (SUMMARY, one.summary))
    return next((value for value, tokens in fields if token in tokens), TEXT)


def _of_distance(asked: Asked, one: Match) -> float:
    """For words of the query that stand near each other, in whatever order."""
    number = len(asked.terms)
    if number < 2:
        return 0.0
    ends, most = asked.ends, 1
    title, summary, _names, text = one.words
    for words, wanted in ((title, one.title), (summary, one.summary), (text, one.text)):
        there = len({ends[token] for token in wanted if token in ends})  # no more of them can be near each other
        if most >= there:
            continue
        places = [(place, ends[token]) for place, token in enumerate(words) if token in ends]
        for start, (place, _term) in enumerate(places):
            if most >= there:
                break
            near = {term for other, term in places[start : start + NEAR * 2] if other - place <= NEAR}
            most = max(most, len(near))
    return DISTANCE * (most - 1) / (number - 1)


def _of_whole(asked: Asked, one: Match) -> float:
    """For the words together."""
    query, terms, document = asked.query, asked.terms, one.one
    score = 0.0
    if titled := [words for words in asked.together if follow(words, one.texts[0])]:
        said = len(titled[0])
        score += PHRASE_IN_TITLE if said > 1 else 0
        length = sum(is_of_text(word, query.language) for word in one.words[0])
        score += WHOLE_TITLE if said >= length else PHRASE_IN_TITLE * said / length
    elif _has_country(query, document):
        score += WHOLE_TITLE / len(terms)  # « Colombie » is in English the page of Colombia
    elif document.country and asked.names_place and _in_names(query, one):
        score += ALL_IN_NAMES
    elif asked.called and any(
        follow((asked.edge, *words, asked.edge), f" {asked.edge}{one.texts[1]}{asked.edge} ") for words in asked.called
    ):
        score += WHOLE_HEADING
    if len(terms) > 1 and all(any(one.about.issuperset(way.tokens) for way in term.ways) for term in terms):
        score += ALL_IN_SUMMARY
    if len(terms) == 1 and any(one.types.issuperset(way.tokens) for way in terms[0].ways if way.weight >= FACET):
        score += WHOLE_TYPE
    return score


def _in_names(query: Query, one: Match) -> bool:
    return bool(query.important) and all(
        any(way.weight >= LOOSE and one.names.issuperset(way.tokens) for way in term.ways) for term in query.terms
    )


def _has_country(query: Query, one: Candidate) -> bool:
    """Whether it is the page of a country that is named."""
    if not one.country:
        return False
    wanted = (facet_token("country", one.country, query.language),)
    return any(way.tokens == wanted for term in query.terms for way in term.ways if way.weight >= FACET)


def _of_place(one: Candidate, share: float) -> float:
    """« OIM » is said everywhere: the pages near the home page say most of it."""
    is_main = (one.in_menus and not one.country) or one.depth == HOME_DEPTH
    return NEAR_HOME * share**2 / (one.depth - HOME_DEPTH + 1) if is_main else 0.0


def _of_date(one: Candidate, now: datetime) -> float:
    days = max(0.0, (now - one.date).total_seconds() / 86_400)
    if not one.is_article:
        return STATIC_COUNTRY if one.country else STATIC
    return RECENT * 0.5 ** (days / HALF_LIFE)
