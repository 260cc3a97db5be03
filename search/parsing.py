"""Parses the text of a search into a `Query`: terms, each with its variants."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from search import dates, names
from search.analysis import Word, facet_token, folded, forms_of, loose_token, rules, token, words
from search.fulltext import COUNTRY, NEWS, PAGE
from search.query import Query, Term, Variant, facet_tokens, variant_from_stems
from search.synonyms import (
    ABBREVIATION,
    FACET,
    LOOSE,
    RELATED,
    SAME,
    SYNONYM,
    Synonyms,
    article_keys,
    country_page_keys,
    keys_with_accents,
    organization_keys,
    phrases_with_accents,
    related_by_phrase,
    singular,
    site_wide_keys,
    synonyms_by_key,
)
from search.tokenizer import QUOTED

MAX_WORDS = 12  # the rest is ignored
MAX_VARIANTS = 12  # of a term
MAX_SPELT_OUT_TERMS = 2  # a query with more terms does not spell out abbreviations
MAX_FACET_VALUES = 4  # with one name
_YEAR = re.compile(r"(?:19|20)\d\d")

FacetsByKey = Mapping[names.Key, list[names.Facet]]


def parse(text: str, language: str, record_names: Sequence[names.Name] | None = None) -> Query:
    """Returns the query of `text`. `record_names` are the names of records that count, by default all."""
    text = unicodedata.normalize("NFC", text)
    quoted = [phrase for phrase in QUOTED.findall(text) if any(word.stem for word in words(phrase, language))]
    found, days = dates.normalize_dates(words(QUOTED.sub(" ", text), language), language)
    typed = _first_words(found, MAX_WORDS)
    content_words = [word for word in typed if not word.is_stop_word]
    by_key = (
        names.facets_by_key(language) if record_names is None else names.build_facets_by_key(language, record_names)
    )
    by_key = {**by_key, **days} if days else by_key  # thousands of names, so a copy takes time
    phrases = [_phrase_term(phrase, by_key, language) for phrase in quoted[:3]]
    stems = tuple(token(word.stem, language) for word in typed)
    if not content_words and not phrases:
        terms = [Term((word,), (Variant((stem,), SAME),)) for word, stem in zip(typed, stems, strict=True)]
        return Query(language, text, tuple(terms), only_stop_words=True, typed=stems)
    return Query(language, text, (*phrases, *_build_terms(content_words, by_key, language)), typed=stems)


def _without_fillers(terms: list[Term], language: str) -> list[Term]:
    """Removes filler words, unless there are no other terms."""
    fillers = rules(language).fillers
    return [term for term in terms if len(term.words) > 1 or folded(term.typed) not in fillers] or terms


def _first_words(found: Iterable[Word], most: int) -> list[Word]:
    """Returns the first `most` different words that have a stem."""
    return list({word.stem: word for word in found if word.stem}.values())[:most]


def _phrase_term(phrase: str, facets_by_key: FacetsByKey, language: str) -> Term:
    """Returns the term of a quoted phrase. The type of an article stands on its page, so its name matches as well.

    A single word does not: « histoire » is a type for readers, but does not stand on the pages.
    """
    found = [word for word in words(phrase, language) if word.stem][:MAX_WORDS]
    whole = tuple(token(word.stem, language) for word in found)
    short = tuple(token(word.stem, language) for word in found if not word.is_stop_word)
    named = facets_by_key.get(names.key_of(phrase, language), ()) if len(found) > 1 else ()
    types = [facet_token(facet, value, language) for facet, value in named if facet == "kind"]
    variants = [Variant(short or whole, SAME), *(Variant((one,), SAME) for one in types)]
    return Term(tuple(found), tuple(variants), phrase=(whole, short), quoted=forms_of(phrase))


def _build_terms(found: list[Word], facets_by_key: FacetsByKey, language: str) -> list[Term]:
    """Builds the terms. A name of several words is one term; at each word, the longest name is taken."""
    synonyms = synonyms_by_key(language)
    terms = []
    start = 0
    while start < len(found):
        for length in range(len(found) - start, 0, -1):
            part = found[start : start + length]
            key = tuple(word.stem for word in part)
            if key not in facets_by_key and key not in synonyms:
                key = phrases_with_accents(language).get(key, key)
            if length == 1 or key in facets_by_key or key in synonyms:
                terms.append(_build_term(part, key, facets_by_key, synonyms, language))
                start += length
                break
    terms = _with_related_words(_without_overlaps(terms), language)
    kept = _without_fillers(terms, language)
    return _with_site_sections(_with_related_words(kept, language) if len(kept) < len(terms) else kept, language)


def _with_site_sections(terms: list[Term], language: str) -> list[Term]:
    """Adds variants that match pages of the site for the organization's name and, unless a kind is named, for years.

    A subject of every article, such as “migrants”, also matches articles without the word. If a place is named, words
    such as “office” and “contact” also match its country page.
    """
    if len(terms) < 2:
        return terms
    of_site, of_country, of_news = (facet_token("section", section, language) for section in (PAGE, COUNTRY, NEWS))
    variants: dict[names.Key, list[Variant]] = {key: [Variant((of_site,), FACET)] for key in site_wide_keys(language)}
    variants |= {key: [Variant((of_news,), RELATED)] for key in article_keys(language)}
    if not facet_tokens(terms, language, "kind"):
        variants |= {term.key: [Variant((of_site,), RELATED)] for term in terms if _YEAR.fullmatch(term.typed)}
    places = facet_tokens(terms, language, "country", "office")
    for key in (site_wide_keys(language) | country_page_keys(language)) if places else ():
        variants[key] = [*variants.get(key, []), *(Variant((of_country, place), FACET) for place in places)]
    return [_with_more_variants(term, variants.get(term.key, ())) for term in terms]


def _with_related_words(terms: list[Term], language: str) -> list[Term]:
    """Adds the related words of a phrase, as variants, to each of its terms."""
    phrases = related_by_phrase(language)
    stems = [term.words[0].stem if len(term.words) == 1 else "" for term in terms]
    for start in range(len(terms)):
        for end in range(start + 2, len(terms) + 1):
            key = tuple(stems[start:end])
            key = key if key in phrases else phrases_with_accents(language).get(key, key)
            if others := phrases.get(key):
                variants = [variant_from_stems(other, language, weight) for other, weight in others]
                terms[start:end] = [_with_more_variants(term, variants) for term in terms[start:end]]
    return terms


def _with_more_variants(term: Term, variants: Sequence[Variant]) -> Term:
    """Returns the term with more variants. Of all, the best are kept."""
    return replace(term, variants=_best_variants((*term.variants, *variants))) if variants else term


def _without_overlaps(terms: list[Term]) -> list[Term]:
    """Removes weak variants of a term that are words of another term: a page has to contain both."""
    own = [set(term.variants[0].tokens) for term in terms]
    return [
        replace(
            term,
            variants=tuple(
                variant
                for variant in term.variants
                if variant.weight > SYNONYM or not _is_in_another_term(variant, own, number)
            ),
        )
        for number, term in enumerate(terms)
    ]


def _is_in_another_term(variant: Variant, own: list[set[str]], number: int) -> bool:
    return any(place != number and others.issuperset(variant.tokens) for place, others in enumerate(own))


def _best_variants(variants: Iterable[Variant]) -> tuple[Variant, ...]:
    """Returns each variant once, with its highest weight, in order of weight."""
    best = {variant.tokens: variant for variant in sorted(variants, key=lambda variant: variant.weight)}
    return tuple(sorted(best.values(), key=lambda variant: -variant.weight)[:MAX_VARIANTS])


def _build_term(
    found: Sequence[Word], key: names.Key, facets_by_key: FacetsByKey, synonyms: Synonyms, language: str
) -> Term:
    variants = [variant_from_stems([word.stem for word in found], language, SAME)]
    if len(found) == 1:
        variants += _variants_of_word(found[0], language)
    weighted = [(key, FACET), *synonyms.get(key, ()), *related_by_phrase(language).get(key, ())]
    if len(found) == 1 and not found[0].has_accents:
        for other in keys_with_accents(language).get(singular(found[0].form), ()):
            weighted += [(other, LOOSE), *synonyms.get(other, ())] if other != key else []
    # « Bogotá » is in French Bogota
    if len(found) == 1 and found[0].has_accents and (found[0].loose,) in facets_by_key:
        weighted.append(((found[0].loose,), LOOSE))
    for other, weight in weighted:
        variants += [
            Variant((facet_token(*facet, language),), weight)
            for facet in facets_by_key.get(other, [])[:MAX_FACET_VALUES]
        ]
        variants.append(variant_from_stems(other, language, weight))
    return Term(tuple(found), _best_variants(variants))


def _variants_of_word(word: Word, language: str) -> Iterator[Variant]:
    if _YEAR.fullmatch(word.form):
        yield Variant((facet_token("year", word.form, language),), FACET)
    if not word.has_accents:
        yield Variant((loose_token(word.loose, language),), LOOSE)
    code, name = names.country_from_demonym(word.form, language)
    if code:
        yield Variant((facet_token("country", code, language),), FACET)
        yield variant_from_stems(names.key_of(name, language), language, FACET)


def word_by_word(query: Query) -> Query:
    """Returns the query with a term for each word of a name, for partial matches. Each keeps the name's synonyms.

    The name of a country is not split: a page with “côte” is not about Côte d’Ivoire. An abbreviation is read as the
    words of its full name, unless it is that of another organization.
    """
    synonyms, language = synonyms_by_key(query.language), query.language
    country = facet_token("country", "", language)
    whole_names = site_wide_keys(language) | organization_keys(language)
    found: list[Term] = []
    for term in query.terms:
        is_country = any(
            variant.weight == FACET and variant.tokens[0].startswith(country) for variant in term.variants
        )
        apart = () if term.phrase or len(term.words) == 1 or is_country else term.words
        words = [_build_term([word], (word.stem,), {}, synonyms, language) for word in apart]
        if len(query.terms) <= MAX_SPELT_OUT_TERMS and not (is_country or term.phrase or term.key in whole_names):
            words = words or _spelt_out(term, synonyms, language)
        found += [_with_more_variants(one, term.variants[1:]) for one in words] or [term]
    return replace(query, terms=tuple(found))


def _spelt_out(term: Term, synonyms: Synonyms, language: str) -> list[Term]:
    """Returns a term for each word of the full name of an abbreviation, or no terms."""
    others = (other for other, weight in synonyms.get(term.key, ()) if weight == ABBREVIATION and len(other) > 1)
    stems = max(others, key=len, default=())
    words = [[((stem,), SAME), *synonyms.get((stem,), ())] for stem in stems]
    return [
        Term(term.words, tuple(variant_from_stems(other, language, weight) for other, weight in variants))
        for variants in words
    ]


def with_variants(query: Query, variants: dict[Term, Sequence[Variant]]) -> Query:
    """Returns the query with more variants for some of its terms."""
    terms = (replace(term, variants=(*term.variants, *variants.get(term, ()))) for term in query.terms)
    return replace(query, terms=tuple(terms))
