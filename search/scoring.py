"""The order of results: how well a document matches the query, then how recent it is.

Scores are computed from the tokens of a document, so that the order is the same on every database. The constants were
tuned on judged searches (`make eval-search`).
"""

import math
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils import timezone

from iom.navigation.translation_tree import HOME_DEPTH
from search.analysis import boundary_token, facet_token, is_office_token, is_text_token
from search.matching import WINDOW, Candidate, Match, has_phrase, match_candidates
from search.query import Query, Term
from search.synonyms import FACET, LOOSE, SAME, SYNONYM

# Field weights of a term
TITLE_WEIGHT, NAMES_WEIGHT, SUMMARY_WEIGHT, TEXT_WEIGHT = 7.0, 5.0, 4.0, 1.5
NAMES_BONUS = 2.0  # if a topic, place or person of the document has the term as well
FREQUENCY_WEIGHT, FREQUENCY_SATURATION = 2.0, 4  # maximum for a repeated term; half of it after 4 repetitions
RARITY_WEIGHT = 0.4  # factor of the logarithm of the inverse document frequency
PROXIMITY_WEIGHT = 6.0  # for terms that stand near each other
EXACT_TITLE_BONUS = 3.0  # if the title has the word in the same form: « traite » is not « traité »
EXACT_SUMMARY_BONUS = 0.7
VARIANT_BONUS, MAX_VARIANT_BONUSES = 1.8, 3  # for each other variant of the term that the document has
TITLE_PHRASE_BONUS = 9.0
HEAD_COVERAGE_BONUS = 3.5  # if title and summary have all terms, so the document is about all of them
WHOLE_TITLE_BONUS, WHOLE_HEADING_BONUS = 25.0, 8.0
OFFICE_BONUS = 14.0  # if the names of a country's offices and staff have all terms
TYPE_BONUS = 20.0  # if the only term is the type of the article, or its day
COMMON_PENALTY = 0.5  # share of the term scores that is lost if all pages have the terms
HOME_BONUS = 12.0  # for the home page if all pages have the terms; half of it one level below, a third two below
OVERVIEW_SHARE = 0.3  # of the distance to the best score below an overview page, since it leads there
LONG_QUERY = 3  # terms; in a query this long, documents that lack a term are not sorted after all others
RECENCY_WEIGHT = 1.0  # maximum, for a new article; half of it after RECENCY_HALF_LIFE
RECENCY_HALF_LIFE = 365.0  # days
SITE_PAGE_SCORE, COUNTRY_PAGE_SCORE = 2.0, 1.0  # in place of recency


class PreparedQuery:
    """A query with the values that are the same for all documents."""

    def __init__(self, query: Query) -> None:
        self.query, self.terms = query, query.terms
        self.separator = boundary_token(query.language)
        self.phrases = list(dict.fromkeys(tokens for tokens in (query.typed, query.content_tokens) if tokens))
        # Possible headings: the words and their synonyms, if they are several words, such as “press contact”.
        # Without stop words, which the index of headings lacks
        first = query.terms[0].variants
        synonyms = [variant.tokens for variant in first if variant.weight >= SYNONYM] if len(query.terms) == 1 else []
        self.headings = [tokens for tokens in (query.content_tokens, *synonyms) if len(tokens) > 1]
        # Whether the query has several terms, or names an office or its city, and is not just a word like “office”
        self.names_place = len(query.terms) > 1 or any(
            is_office_token(one) for variant in first for one in variant.tokens
        )
        self.term_by_last_token = {
            variant.tokens[-1]: number
            for number, term in enumerate(query.terms)
            for variant in term.variants
            if variant.weight >= SYNONYM
        }


def rank(query: Query, candidates: Sequence[Candidate], share: float = 0.0) -> list[int]:
    """Returns the keys of the documents, best first. Of a short query, documents with all terms come first.

    `share`: the share of all pages that match, from 0 to 1.
    """
    return rank_matches(query, match_candidates(query, candidates), share)


def rank_matches(query: Query, found: Sequence[Match], share: float = 0.0) -> list[int]:
    """Returns the keys of matched documents, best first."""
    prepared = PreparedQuery(query)
    weights = _term_weights(query.terms, found)
    now = timezone.now()
    scores = {}
    for match in found:
        candidate = match.candidate
        of_terms = sum(
            weight * _term_score(term, match, number)
            for number, (term, weight) in enumerate(zip(query.terms, weights, strict=True))
            if match.strengths[number]
        )
        score = of_terms * (1 - COMMON_PENALTY * share) + _phrase_score(prepared, match)
        score += _proximity_score(prepared, match)
        score *= _coverage(weights, match.strengths)
        recency = _recency_score(candidate, now) * max(match.strengths)
        scores[candidate.document] = score + recency + _home_score(candidate, share)
    overviews = _overview_scores(found, scores)
    keys = {}
    for match in found:
        candidate = match.candidate
        path = "" if candidate.is_article else candidate.path  # pages of the site in their order
        keys[candidate.document] = (
            not _has_all_terms(query, match.strengths),
            -round(overviews.get(candidate.document, scores[candidate.document]), 3),
            candidate.is_article,
            path,
            -candidate.document,
        )
    return sorted(keys, key=keys.__getitem__)


def _overview_scores(found: Sequence[Match], scores: Mapping[int, float]) -> dict[int, float]:
    """Returns the scores of pages of the site. An overview has little text, and gains from the best page below it."""
    pages = [match.candidate for match in found if not match.candidate.is_article]
    best_below: dict[str, float] = {}
    for page in pages:
        best_below[page.parent_path] = max(best_below.get(page.parent_path, 0.0), scores[page.document])
    own = {page.document: (scores[page.document], page.path) for page in pages if not page.country}
    return {
        key: score + OVERVIEW_SHARE * max(0.0, best_below.get(path, 0.0) - score) for key, (score, path) in own.items()
    }


def _has_all_terms(query: Query, strengths: list[float]) -> bool:
    """Whether a document has all terms, if they are few, and all quoted phrases exactly as typed."""
    is_long = len(strengths) >= LONG_QUERY
    return all(
        strength == SAME if term.phrase else strength or is_long
        for term, strength in zip(query.terms, strengths, strict=True)
    )


def with_coverage(query: Query, found: Sequence[Match], least: float) -> list[Match]:
    """Returns the matches that cover at least this share of the query, from 0 to 1, and the pages of named countries.

    A rare term is a larger share than a common one.
    """
    weights = _term_weights(query.terms, found)
    return [
        match
        for match in found
        if _is_named_country(query, match.candidate) or _coverage(weights, match.strengths) >= least
    ]


def with_all_in_head(query: Query, found: Sequence[Match]) -> list[Match]:
    """Returns the matches whose title, names or summary have every term that any document has.

    For a query whose terms are half unknown: the unknown term may be the important one, so a page that merely has the
    other somewhere is no answer.
    """
    found_terms = [
        number for number, _term in enumerate(query.terms) if any(match.strengths[number] for match in found)
    ]
    return [match for match in found if all(_is_in_head(match, number) for number in found_terms)]


def _is_in_head(match: Match, number: int) -> bool:
    there = match.head | match.names
    return any(weight >= LOOSE and there.issuperset(variant.tokens) for variant, weight in match.matched[number])


def _coverage(weights: list[float], strengths: list[float]) -> float:
    """Returns the share of the query that a document has, by the weights of its terms."""
    return sum(weight for weight, strength in zip(weights, strengths, strict=True) if strength) / (sum(weights) or 1)


def _term_weights(terms: Sequence[Term], found: Sequence[Match]) -> list[float]:
    """Returns the inverse document frequency of each term, from 1 for a term that all documents have.

    If all documents have a term somewhere, its frequency in titles counts.
    """
    number = len(found) + 1
    weights = []
    for place, term in enumerate(terms):
        column = [match.strengths[place] for match in found]
        having = sum(strength >= FACET for strength in column) or sum(map(bool, column))
        if having == len(found):
            having = sum(_has_variant(match.title, term) for match in found)
        elif not having:
            weights.append(0.0)  # no page has it, so lacking it does not count
            continue
        weights.append(1 + math.log(number / (having + 1)) * RARITY_WEIGHT)
    return weights


def _term_score(term: Term, match: Match, number: int) -> float:
    """Returns the score of a term by the fields that have it. `number` is its position in the query."""
    matched, best = match.matched[number], TEXT_WEIGHT * match.strengths[number]
    repeated = in_names = 0.0
    for variant, weight in matched:
        tokens = variant.tokens
        best = max(best, weight * sum(_best_field_weight(match, token) for token in tokens) / len(tokens))
        repeated = max(repeated, weight * _frequency_bonus(match, tokens))
        if match.names.issuperset(tokens):
            in_names = max(in_names, NAMES_BONUS * weight)
    if best > SUMMARY_WEIGHT and all(f" {word.form} " in match.title_forms for word in term.words):
        best += EXACT_TITLE_BONUS
    elif best >= SUMMARY_WEIGHT and all(f" {word.form} " in match.summary_forms for word in term.words):
        best += EXACT_SUMMARY_BONUS
    return best + repeated + in_names + VARIANT_BONUS * max(0, min(MAX_VARIANT_BONUSES, len(matched) - 1))


def _frequency_bonus(match: Match, tokens: Sequence[str]) -> float:
    """Returns the bonus for tokens that the text repeats. It saturates, as term frequency does in BM25."""
    repeated = min(match.frequencies[token] for token in tokens) - 1
    return FREQUENCY_WEIGHT * repeated / (repeated + FREQUENCY_SATURATION) if repeated > 0 else 0.0


def _best_field_weight(match: Match, token: str) -> float:
    fields = ((TITLE_WEIGHT, match.title), (NAMES_WEIGHT, match.names), (SUMMARY_WEIGHT, match.summary))
    return next((value for value, tokens in fields if token in tokens), TEXT_WEIGHT)


def _proximity_score(prepared: PreparedQuery, match: Match) -> float:
    """Returns the score for terms near each other, in any order, by the highest number of them in one field."""
    number = len(prepared.terms)
    if number < 2:
        return 0.0
    term_of, most = prepared.term_by_last_token, 1
    title, summary, _names, text = match.places
    for places, query_tokens in ((title, match.title), (summary, match.summary), (text, match.text)):
        there = len({term_of[token] for token in query_tokens if token in term_of})  # an upper limit
        if most >= there:
            continue
        positions = [(place, term_of[token]) for place, token in places if token in term_of]
        for start, (position, _term) in enumerate(positions):
            if most >= there:
                break
            following = positions[start : start + WINDOW * 2]
            most = max(most, len({term for other, term in following if other - position <= WINDOW}))
    return PROXIMITY_WEIGHT * (most - 1) / (number - 1)


def _phrase_score(prepared: PreparedQuery, match: Match) -> float:
    """Returns the score for the query as a whole: as a phrase, title, country, office, heading or type."""
    terms, score = prepared.terms, _subject_score(prepared, match)
    if len(terms) > 1 and all(_has_variant(match.head, term) for term in terms):
        score += HEAD_COVERAGE_BONUS
    if len(terms) == 1 and _has_variant(match.types, terms[0], FACET):
        score += TYPE_BONUS
    return score


def _subject_score(prepared: PreparedQuery, match: Match) -> float:
    """Returns the score for a document whose title, country, offices or heading the query names."""
    query, candidate = prepared.query, match.candidate
    title, summary = match.fields[:2]
    if in_title := [tokens for tokens in prepared.phrases if has_phrase(title, tokens)]:
        matched = len(in_title[0])
        length = sum(is_text_token(word, query.language) for word in match.words[0])
        phrase = TITLE_PHRASE_BONUS if matched > 1 else 0.0
        return phrase + (WHOLE_TITLE_BONUS if matched >= length else TITLE_PHRASE_BONUS * matched / length)
    if _is_named_country(query, candidate):
        return WHOLE_TITLE_BONUS / len(prepared.terms)  # « Colombie » is in English the page of Colombia
    if candidate.country and prepared.names_place and _is_in_names(query, match):
        return OFFICE_BONUS
    edge = prepared.separator
    headings = ((edge, *tokens, edge) for tokens in prepared.headings)
    return WHOLE_HEADING_BONUS if any(has_phrase(f" {edge}{summary}{edge} ", one) for one in headings) else 0.0


def _has_variant(tokens: frozenset[str], term: Term, least: float = 0.0) -> bool:
    """Whether the tokens contain a variant of the term with at least this weight."""
    return any(variant.weight >= least and tokens.issuperset(variant.tokens) for variant in term.variants)


def _is_in_names(query: Query, match: Match) -> bool:
    return bool(query.content_tokens) and all(_has_variant(match.names, term, LOOSE) for term in query.terms)


def _is_named_country(query: Query, candidate: Candidate) -> bool:
    """Whether the document is the page of a country that the query names."""
    if not candidate.country:
        return False
    wanted = frozenset([facet_token("country", candidate.country, query.language)])
    return any(_has_variant(wanted, term, FACET) for term in query.terms)


def _home_score(candidate: Candidate, share: float) -> float:
    """Returns a bonus for pages near the home page, which are best for a word that all pages have, such as « OIM »."""
    is_main = (candidate.in_menus and not candidate.country) or candidate.depth == HOME_DEPTH
    return HOME_BONUS * share**2 / (candidate.depth - HOME_DEPTH + 1) if is_main else 0.0


def _recency_score(candidate: Candidate, now: datetime) -> float:
    if not candidate.is_article:
        return COUNTRY_PAGE_SCORE if candidate.country else SITE_PAGE_SCORE
    days = max(0.0, (now - candidate.date).total_seconds() / 86_400)
    return RECENCY_WEIGHT * 0.5 ** (days / RECENCY_HALF_LIFE)
