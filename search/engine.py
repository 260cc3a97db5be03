"""Searches the pages of one language. However long or common what is searched for, the work is bounded."""

from collections.abc import Collection, Mapping
from dataclasses import replace

from pyroaring import BitMap
from wagtail.models import Locale

from iom.caching.version import kept
from iom.contacts.models import Office
from iom.listing.reading import Selection
from iom.navigation.locales import locale_of, locales
from search import corrections
from search.analysis import facet_token
from search.expressions import All, Expression, In, Token, all_of, any_of
from search.fulltext import COUNTRY, PAGE, Hit, latest, texts_of, translated
from search.index import date_of
from search.matching import Candidate
from search.matching import matches as compare
from search.meanings import other_names
from search.parsing import parse, with_variants, word_by_word
from search.query import Query
from search.results import Results
from search.scoring import rank, rank_matches, with_all_in_head, with_coverage
from search.written import unquoted

MOST_RESULTS = 1000  # results that are counted; there may be more
MOST_ELSEWHERE = 100  # of those in another language
SHORT_QUERY = 3  # words; a question has some that no page needs
MOST_SCORED = 80  # the latest with the words in their title, in their summary, or anywhere; of those that are no news
FEW_RESULTS = 12  # fewer results than a page has: pages with some of the words follow
MOST_OF_A_WORD, MOST_OF_ALL_WORDS = 60, 240  # the latest pages with one of the words, and with any
MOST_MATCHES = 10_000  # in a list that has another order
LEAST_COVERAGE = 0.25  # of what is searched for, where not all of it is there

Chosen = Mapping[str, Collection[str]]  # values by facet
Found = dict[tuple[Expression, int], list[Hit]]  # the latest matches, at most that many


def search(locale_code: str, text: str, chosen: Chosen | None = None) -> Results:
    """The pages that say `text`, of those with one of the chosen values of each facet, or of a `section`."""
    locale = locale_of(locale_code)
    query = parse(text, locale_code)
    if not query.terms:
        return Results(query, locale)
    results = _search(query, locale, _expressions(chosen or {}, locale_code))
    if not results.hits and any(term.phrase for term in query.terms):
        single = unquoted(text)
        found = search(locale_code, single, chosen)
        return replace(found, corrected=found.corrected or single) if found.complete else results
    if not results.missing:
        return results
    others = (other for other in locales() if other != locale)
    return next(filter(None, (_said_in(other, text, chosen or {}, locale) for other in others)), results)


def _said_in(other: Locale, text: str, chosen: Chosen, locale: Locale) -> Results:
    """The translations of the best pages, at most SCORED, that say all of `text` in the other language."""
    code = other.language_code
    found = _matching_all_terms(parse(text, code), other, _expressions(chosen, code), MOST_SCORED)
    hits = _listed(translated(found.hits, locale.pk), locale)
    return Results(parse(text, locale.language_code), locale, hits, said_in=code)


def _search(query: Query, locale: Locale, filters: list[Expression], before: Found | None = None) -> Results:
    """The pages with all words; where they are few, also those with some, or with words that are spelt alike.

    `before`: of a correction, the matches that were found before it.
    """
    results = _matching_all_terms(query, locale, filters, MOST_RESULTS)
    if len(results) >= FEW_RESULTS:
        return results
    single = word_by_word(query)
    of_each = min(MOST_OF_A_WORD, MOST_OF_ALL_WORDS // len(single.terms))
    asked = {term: (all_of([term.expression, *filters]), of_each) for term in single.terms}
    new = [one for one in asked.values() if one not in (before or {})]
    found = (before or {}) | dict(zip(new, latest(new) if new else [], strict=True))
    has = {term: found[one] for term, one in asked.items()}
    missing = tuple(term for term, hits in has.items() if not hits and term in query.terms)
    variants = corrections.completions(missing, query.language) if missing else {}
    if variants := variants or (corrections.joined(query) if not results.hits else {}):
        completed = _matching_all_terms(with_variants(query, variants), locale, filters, MOST_RESULTS)
        if completed.hits:
            return completed
    text = "" if before is not None else corrections.respaced(query, missing) or corrections.correction(query, missing)
    if text:
        meant = parse(text, query.language)
        corrected = _search(meant, locale, filters, found)
        put_in = {term.typed for term in meant.terms} - {term.typed for term in query.terms}
        # A word that no page has any more is not shown: it may be of a text that was withdrawn
        is_said = put_in.isdisjoint(term.typed for term in corrected.missing)
        if corrected.hits and is_said and len(corrected.missing) < len(missing):
            return replace(corrected, corrected=text)
    hits = {hit.document: hit for part in has.values() for hit in part} | {hit.document: hit for hit in results.hits}
    return _with_partial_matches(replace(results, missing=missing), single, hits)


def results_of(hits: list[Hit], locale: Locale) -> Results:
    """These pages in this order."""
    return Results(Query(locale.language_code), locale, _listed(hits, locale))


def matches(locale_code: str, text: str, chosen: Chosen | None = None) -> BitMap:
    """The keys of the latest pages that say `text`, of those with one of the chosen values of each facet."""
    query = parse(text, locale_code)
    if not query.terms:
        return BitMap()
    expression = all_of([query.expression, *_expressions(chosen or {}, locale_code)])
    return BitMap(hit.page for hit in latest([(expression, MOST_MATCHES)])[0])


def number(locale_code: str, text: str) -> int:
    """How many pages say all of `text`, at most one more than ELSEWHERE."""
    query = parse(text, locale_code)
    hits = latest([(query.expression, MOST_ELSEWHERE + 1)])[0] if query.terms else []
    return len(_listed(hits, locale_of(locale_code)))


def standing(language: str) -> Expression:
    """The pages that are no news, and older than most of it."""
    return _expressions({"section": (PAGE, COUNTRY)}, language)[0]


def _expressions(chosen: Chosen, language: str) -> list[Expression]:
    return [
        In("names_tokens", any_of([Token(facet_token(facet, value, language)) for value in values]))
        for facet, values in chosen.items()
        if values
    ]


def _matching_all_terms(query: Query, locale: Locale, filters: list[Expression], most: int) -> Results:
    """The pages with all terms, at most that many: the best of the latest, then the others from the latest."""
    (everything,) = latest([(all_of([query.expression, *filters]), most + 1)])
    if not everything:
        return Results(query, locale)
    found: list[list[Hit]] = []
    if len(everything) > MOST_SCORED and not query.is_title:  # else they are all compared
        asked: list[tuple[Expression, int]] = [
            (In(column, query.expression), MOST_SCORED) for column in ("title_tokens", "summary_tokens")
        ]
        asked += [(query.phrase, MOST_SCORED // 2)] if query.phrase is not None else []
        asked += [(All((query.expression, any_of(query.days))), MOST_SCORED)] if query.days else []
        asked += [(All((query.expression, standing(query.language))), MOST_SCORED * 2)]
        found = latest([(all_of([expression, *filters]), most) for expression, most in asked])
    scored = {hit.document: hit for hits in (everything[:MOST_SCORED], *found) for hit in hits}
    order = rank(query, _candidates(query, scored), min(1.0, len(everything) / _most(locale)))
    hits = {key: scored[key] for key in order} | {
        hit.document: hit for hit in everything if hit.document not in scored
    }
    return Results(query, locale, _listed(list(hits.values())[:most], locale), len(everything) > most)


def _with_partial_matches(results: Results, single: Query, hits: dict[int, Hit]) -> Results:
    """The same, and after them those of `hits` that say most of the query; `single`: a term for each of its words."""
    if len(single.terms) < 2 or not hits:
        return results
    found = compare(single, _candidates(single, hits))
    unknown = sum(term.key not in other_names(single.language) for term in results.missing)
    is_half = unknown * 2 >= len(single.terms) and len(single.terms) <= SHORT_QUERY
    order = rank_matches(
        single, with_all_in_head(single, found) if is_half else with_coverage(single, found, LEAST_COVERAGE)
    )
    known = {hit.document for hit in results.hits}
    others = _listed([hits[key] for key in order if key not in known], results.locale)
    return replace(results, hits=[*results.hits, *others], partial=frozenset(hit.document for hit in others))


def _most(locale: Locale) -> int:
    """How many pages a search may count."""
    return min(len(Selection(locale, {})) or 1, MOST_RESULTS + 1)


def _candidates(query: Query, documents: Collection[int]) -> list[Candidate]:
    # What is in quotation marks is compared with texts as they are, all else with their tokens
    is_quoted = any(term.phrase for term in query.terms)
    return [Candidate(key, date_of(key), *others) for key, *others in texts_of(documents, whole=is_quoted)]


def _listed(hits: list[Hit], locale: Locale) -> list[Hit]:
    """Without the pages of countries that have neither an office nor news: they do not exist."""
    if not any(hit.country for hit in hits):
        return hits
    there = _countries(locale.pk)
    return [hit for hit in hits if not hit.country or hit.country in there]


@kept
def _countries(locale: int) -> frozenset[str]:
    """The codes of the countries with an office or news."""
    offices = Office.objects.order_by().values_list("country", flat=True)
    return frozenset((*map(str, offices), *Selection(locale, {}).counts("country")))
