"""Full-text search over the pages of one language.

The cost of a query is bounded, whatever its length or the frequency of its words.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace

from pyroaring import BitMap
from wagtail.models import Locale

from iom.caching.version import cached_per_version
from iom.contacts.models import Office
from iom.listing.reading import Selection
from iom.navigation.locales import locale_of, locales
from search import spelling
from search.analysis import facet_token
from search.expressions import All, Expression, In, Token, all_of, any_of
from search.fulltext import COUNTRY, PAGE, Hit, load_texts, shown_hits, translated_hits
from search.index import date_of
from search.matching import Candidate, match_candidates
from search.parsing import parse, with_variants, word_by_word
from search.query import Query, Term
from search.results import Results
from search.scoring import rank, rank_matches, with_all_in_head, with_coverage
from search.synonyms import synonyms_by_key
from search.tokenizer import without_quotation_marks

MAX_RESULTS = 1000  # results that are counted; there may be more
MAX_ELSEWHERE = 100  # results that are counted in another language
SHORT_QUERY = 3  # words; a longer query, such as a question, has words that a page need not have
MAX_SCORED = 80  # latest documents with the words in the title, in the summary, and anywhere; twice that of non-news
FEW_RESULTS = 12  # below it, as many as a page of results has, partial matches are added
MAX_OF_A_WORD, MAX_OF_ALL_WORDS = 60, 240  # latest partial matches of one word, and of all words together
MAX_MATCHES = 10_000  # pages in a list that is not ordered by relevance
MIN_COVERAGE = 0.25  # share of the query, by weight of its terms, that a partial match contains

Chosen = Mapping[str, Collection[str]]  # chosen values by facet
Found = dict[tuple[Expression, int], list[Hit]]  # (expression, limit) → latest hits


def search(locale_code: str, text: str, chosen: Chosen | None = None) -> Results:
    """Returns the pages that match `text` and have one of the chosen values of each facet (`section` is one as well).

    If no page matches a query with a quoted phrase, the query is searched without quotation marks. If no page of this
    language has one of the words, pages are returned whose translations match all of them, if there are any.
    """
    locale = locale_of(locale_code)
    query = parse(text, locale_code)
    if not query.terms:
        return Results(query, locale)
    results = _search(query, locale, _facet_expressions(chosen or {}, locale_code))
    if not results.hits and any(term.phrase for term in query.terms):
        single = without_quotation_marks(text)
        found = search(locale_code, single, chosen)
        return replace(found, corrected=found.corrected or single) if found.complete else results
    if not results.missing:
        return results
    counts: dict[tuple[str, str], int] = {}
    for other in (one for one in locales() if one != locale):
        found = _search_in_other_language(other, text, chosen or {}, locale)
        counts |= found.elsewhere
        if found.hits:
            return replace(found, elsewhere=counts)
    return replace(results, elsewhere=counts)


def _search_in_other_language(other: Locale, text: str, chosen: Chosen, locale: Locale) -> Results:
    """Returns the translations of at most MAX_SCORED pages that match all of `text` in the other language."""
    code = other.language_code
    found = _matching_all_terms(parse(text, code), other, _facet_expressions(chosen, code), MAX_ELSEWHERE)
    hits = _without_empty_countries(translated_hits(found.hits[:MAX_SCORED], locale.pk), locale)
    counts = {} if chosen else {(code, text): len(found) + found.is_capped}
    return Results(parse(text, locale.language_code), locale, hits, matched_language=code, elsewhere=counts)


def _search(query: Query, locale: Locale, filters: list[Expression], before: Found | None = None) -> Results:
    """Returns the pages with all words and, if they are few, completed, corrected or partial matches.

    `before` has the hits of the original query while a corrected one is searched; it is not corrected again.
    """
    results = _matching_all_terms(query, locale, filters, MAX_RESULTS)
    if len(results) >= FEW_RESULTS:
        return results
    single = word_by_word(query)
    of_each = min(MAX_OF_A_WORD, MAX_OF_ALL_WORDS // len(single.terms))
    lookups = {term: (all_of([term.expression, *filters]), of_each) for term in single.terms}
    # The results of a single term are its hits
    known = (before or {}) | {(all_of([query.expression, *filters]), of_each): results.hits}
    new = [one for one in lookups.values() if one not in known]
    found = known | dict(zip(new, shown_hits(new) if new else [], strict=True))
    by_term = {term: found[one] for term, one in lookups.items()}
    missing = tuple(term for term, hits in by_term.items() if not hits and term in query.terms)
    variants = spelling.completions(missing, query.language) if missing else {}
    if variants := variants or (spelling.joined_words(query) if not results.hits else {}):
        completed = _matching_all_terms(with_variants(query, variants), locale, filters, MAX_RESULTS)
        if completed.hits:
            return replace(completed, has_completions=True)
    if before is None and (corrected := _search_corrected(query, missing, locale, filters, found)):
        return corrected
    hits = {hit.document: hit for part in (*by_term.values(), results.hits) for hit in part}
    return _with_partial_matches(replace(results, missing=missing), single, hits)


def _search_corrected(
    query: Query, missing: tuple[Term, ...], locale: Locale, filters: list[Expression], found: Found
) -> Results | None:
    """Returns the results of a corrected query, if pages have more of its words than of the original query's."""
    text = spelling.respaced_text(query, missing) or spelling.corrected_text(query, missing)
    if not text:
        return None
    corrected_query = parse(text, query.language)
    results = _search(corrected_query, locale, filters, found)
    new_words = {term.typed for term in corrected_query.terms} - {term.typed for term in query.terms}
    # A word that no page has any more is not shown: it may come from a withdrawn text
    is_on_pages = new_words.isdisjoint(term.typed for term in results.missing)
    is_better = results.hits and is_on_pages and len(results.missing) < len(missing)
    return replace(results, corrected=text) if is_better else None


def results_from_hits(hits: list[Hit], locale: Locale) -> Results:
    """Returns results with these hits, in their order."""
    return Results(Query(locale.language_code), locale, _without_empty_countries(hits, locale))


def matching_pages(locale_code: str, text: str, chosen: Chosen | None = None, most: int = 0) -> BitMap:
    """Returns the keys of the latest pages that match `text` and one of the chosen values of each facet.

    `most`: the highest number of pages, by default MAX_MATCHES.
    """
    query = parse(text, locale_code)
    if not query.terms:
        return BitMap()
    expression = all_of([query.expression, *_facet_expressions(chosen or {}, locale_code)])
    return BitMap(hit.page for hit in shown_hits([(expression, most or MAX_MATCHES)])[0])


def count_matches(locale_code: str, text: str) -> int:
    """Returns the number of pages that match all of `text`, at most MAX_ELSEWHERE + 1."""
    query = parse(text, locale_code)
    hits = shown_hits([(query.expression, MAX_ELSEWHERE + 1)])[0] if query.terms else []
    return len(_without_empty_countries(hits, locale_of(locale_code)))


def non_news(language: str) -> Expression:
    """Returns an expression for pages of the site and of countries, which are older than most news."""
    return _facet_expressions({"section": (PAGE, COUNTRY)}, language)[0]


def _facet_expressions(chosen: Chosen, language: str) -> list[Expression]:
    return [
        In("names_tokens", any_of([Token(facet_token(facet, value, language)) for value in values]))
        for facet, values in chosen.items()
        if values
    ]


def _matching_all_terms(query: Query, locale: Locale, filters: list[Expression], most: int) -> Results:
    """Returns at most `most` pages with all terms: the scored ones, best first, then the others, latest first."""
    (everything,) = shown_hits([(all_of([query.expression, *filters]), most + 1)])
    if not everything:
        return Results(query, locale)
    found: list[list[Hit]] = []
    if len(everything) > MAX_SCORED and not query.only_stop_words:  # else they are all compared
        lookups: list[tuple[Expression, int]] = [
            (In(column, query.expression), MAX_SCORED) for column in ("title_tokens", "summary_tokens")
        ]
        lookups += [(query.phrase, MAX_SCORED // 2)] if query.phrase is not None else []
        lookups += [(All((query.expression, any_of(query.days))), MAX_SCORED)] if query.days else []
        lookups += [(All((query.expression, non_news(query.language))), MAX_SCORED * 2)]
        found = shown_hits([(all_of([expression, *filters]), most) for expression, most in lookups])
    scored = {hit.document: hit for hits in (everything[:MAX_SCORED], *found) for hit in hits}
    order = rank(query, _candidates(query, scored), min(1.0, len(everything) / _max_counted(locale)))
    hits = {key: scored[key] for key in order} | {
        hit.document: hit for hit in everything if hit.document not in scored
    }
    return Results(query, locale, _without_empty_countries(list(hits.values())[:most], locale), len(everything) > most)


def _with_partial_matches(results: Results, single: Query, hits: dict[int, Hit]) -> Results:
    """Adds those of `hits` that match enough of the query. `single` is the query with a term for each word."""
    if len(single.terms) < 2 or not hits:
        return results
    found = match_candidates(single, _candidates(single, hits))
    unknown = sum(term.key not in synonyms_by_key(single.language) for term in results.missing)
    is_half = unknown * 2 >= len(single.terms) and len(single.terms) <= SHORT_QUERY
    order = rank_matches(
        single, with_all_in_head(single, found) if is_half else with_coverage(single, found, MIN_COVERAGE)
    )
    listed = {hit.document for hit in results.hits}
    others = _without_empty_countries([hits[key] for key in order if key not in listed], results.locale)
    return replace(results, hits=[*results.hits, *others], partial=frozenset(hit.document for hit in others))


def _max_counted(locale: Locale) -> int:
    """Returns the highest number of pages that a search may count, at least 1."""
    return min(len(Selection(locale, {})) or 1, MAX_RESULTS + 1)


def _candidates(query: Query, documents: Collection[int]) -> list[Candidate]:
    # Quoted phrases are compared with the texts themselves, everything else with their tokens
    is_quoted = any(term.phrase for term in query.terms)
    return [Candidate(key, date_of(key), *others) for key, *others in load_texts(documents, whole=is_quoted)]


def _without_empty_countries(hits: list[Hit], locale: Locale) -> list[Hit]:
    """Removes the pages of countries without an office and news, which do not exist."""
    if not any(hit.country for hit in hits):
        return hits
    there = _countries(locale.pk)
    return [hit for hit in hits if not hit.country or hit.country in there]


@cached_per_version
def _countries(locale: int) -> frozenset[str]:
    """Returns the codes of the countries with an office or news."""
    offices = Office.objects.order_by().values_list("country", flat=True)
    return frozenset((*map(str, offices), *Selection(locale, {}).counts("country")))
