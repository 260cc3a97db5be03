"""What someone has typed, as what it means: terms, each with its variants."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from search import dates, names
from search.analysis import Word, facet_token, folded, forms_of, loose_token, rules, token, words
from search.fulltext import COUNTRY, PAGE
from search.meanings import (
    ABBREVIATION,
    FACET,
    LOOSE,
    RELATED,
    SAME,
    SYNONYM,
    Meanings,
    everywhere,
    keys_with_accents,
    other_names,
    phrases_of,
    phrases_with_accents,
    reaching,
    singular,
)
from search.query import Query, Term, Variant, facet_values, variant_of
from search.written import QUOTED

MOST_WORDS = 12  # the rest is ignored
MOST_VARIANTS = 12  # of a term
MOST_SPELT = 2  # terms of a search in which abbreviations are read word by word
MOST_VALUES = 4  # of facets that have the same name
_YEAR = re.compile(r"(?:19|20)\d\d")

Known = Mapping[names.Key, list[names.Facet]]


def parse(text: str, language: str, known: Sequence[names.Name] | None = None) -> Query:
    """What is meant. `known`: the names of records, if not all."""
    text = unicodedata.normalize("NFC", text)
    quoted = [phrase for phrase in QUOTED.findall(text) if any(word.stem for word in words(phrase, language))]
    found, days = dates.printed(words(QUOTED.sub(" ", text), language), language)
    typed = _first(found, MOST_WORDS)
    content_words = [word for word in typed if not word.is_stop_word]
    phrases = [_phrase(phrase, language) for phrase in quoted[:3]]
    stems = tuple(token(word.stem, language) for word in typed)
    if not content_words and not phrases:
        terms = [Term((word,), (Variant((stem,), SAME),)) for word, stem in zip(typed, stems, strict=True)]
        return Query(language, text, tuple(terms), is_title=True, typed=stems)
    by_key = names.known(language) if known is None else names.by_key(language, known)
    return Query(language, text, (*phrases, *_terms(content_words, {**by_key, **days}, language)), typed=stems)


def _without_fillers(terms: list[Term], language: str) -> list[Term]:
    """The terms without words that say nothing of what is searched for, unless there is nothing else."""
    fillers = rules(language).fillers
    return [term for term in terms if len(term.words) > 1 or folded(term.typed) not in fillers] or terms


def _first(found: Iterable[Word], most: int) -> list[Word]:
    """The first words with letters or digits that can be searched; each once."""
    return list({word.stem: word for word in found if word.stem}.values())[:most]


def _phrase(phrase: str, language: str) -> Term:
    found = [word for word in words(phrase, language) if word.stem][:MOST_WORDS]
    whole = tuple(token(word.stem, language) for word in found)
    short = tuple(token(word.stem, language) for word in found if not word.is_stop_word)
    return Term(tuple(found), (Variant(short or whole, SAME),), phrase=(whole, short), quoted=forms_of(phrase))


def _terms(found: list[Word], known: Known, language: str) -> list[Term]:
    """Names of several words are one term: the longest that begins at each word."""
    meanings = other_names(language)
    longest = max(map(len, [*known, *meanings]), default=1)
    terms = []
    start = 0
    while start < len(found):
        for length in range(min(longest, len(found) - start), 0, -1):
            part = found[start : start + length]
            key = tuple(word.stem for word in part)
            if key not in known and key not in meanings:
                key = phrases_with_accents(language).get(key, key)
            if length == 1 or key in known or key in meanings:
                terms.append(_term(part, key, known, meanings, language))
                start += length
                break
    terms = _with_phrases(_without_overlaps(terms), language)
    kept = _without_fillers(terms, language)
    return _with_pages(_with_phrases(kept, language) if len(kept) < len(terms) else kept, language)


def _with_pages(terms: list[Term], language: str) -> list[Term]:
    """Pages of the site are about the organization, and of no year unless news of a year are wanted.

    Where a place is named, its page says how to reach the office there, and what is done there.
    """
    if len(terms) < 2:
        return terms
    of_site, of_country = (facet_token("section", section, language) for section in (PAGE, COUNTRY))
    variants: dict[names.Key, list[Variant]] = {key: [Variant((of_site,), FACET)] for key in everywhere(language)}
    if not facet_values(terms, language, "kind"):
        variants |= {term.key: [Variant((of_site,), RELATED)] for term in terms if _YEAR.fullmatch(term.typed)}
    places = facet_values(terms, language, "country", "office")
    for key in (everywhere(language) | reaching(language)) if places else ():
        variants[key] = [*variants.get(key, []), *(Variant((of_country, place), FACET) for place in places)]
    return [_with_more_variants(term, variants.get(term.key, ())) for term in terms]


def _with_phrases(terms: list[Term], language: str) -> list[Term]:
    """What words mean together is one more variant of each of them."""
    phrases = phrases_of(language)
    longest = max(map(len, phrases), default=0)
    stems = [term.words[0].stem if len(term.words) == 1 else "" for term in terms]
    for start in range(len(terms)):
        for end in range(start + 2, min(start + longest, len(terms)) + 1):
            key = tuple(stems[start:end])
            key = key if key in phrases else phrases_with_accents(language).get(key, key)
            variants = [variant_of(other, language, weight) for other, weight in phrases.get(key, ())]
            terms[start:end] = [_with_more_variants(term, variants) for term in terms[start:end]]
    return terms


def _with_more_variants(term: Term, variants: Sequence[Variant]) -> Term:
    """The term with more variants, the best of all."""
    return replace(term, variants=_best((*term.variants, *variants))) if variants else term


def _without_overlaps(terms: list[Term]) -> list[Term]:
    """Without the variants of a term that are words of another: each has to be said."""
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


def _best(variants: Iterable[Variant]) -> tuple[Variant, ...]:
    """Each variant once, those that count most first."""
    best = {variant.tokens: variant for variant in sorted(variants, key=lambda variant: variant.weight)}
    return tuple(sorted(best.values(), key=lambda variant: -variant.weight)[:MOST_VARIANTS])


def _term(found: Sequence[Word], key: names.Key, known: Known, meanings: Meanings, language: str) -> Term:
    variants = [variant_of([word.stem for word in found], language, SAME)]
    if len(found) == 1:
        variants += _variants_of_word(found[0], language)
    meant = [(key, FACET), *meanings.get(key, ()), *phrases_of(language).get(key, ())]
    if len(found) == 1 and not found[0].has_accents:
        for other in keys_with_accents(language).get(singular(found[0].form), ()):
            meant += [(other, LOOSE), *meanings.get(other, ())] if other != key else []
    if len(found) == 1 and found[0].has_accents and (found[0].loose,) in known:  # « Bogotá » is in French Bogota
        meant.append(((found[0].loose,), LOOSE))
    for other, weight in meant:
        variants += [Variant((facet_token(*facet, language),), weight) for facet in known.get(other, [])[:MOST_VALUES]]
        variants.append(variant_of(other, language, weight))
    return Term(tuple(found), _best(variants))


def _variants_of_word(word: Word, language: str) -> Iterator[Variant]:
    if _YEAR.fullmatch(word.form):
        yield Variant((facet_token("year", word.form, language),), FACET)
    if not word.has_accents:
        yield Variant((loose_token(word.loose, language),), LOOSE)
    code, name = names.country_of(word.form, language)
    if code:
        yield Variant((facet_token("country", code, language),), FACET)
        yield variant_of(names.key_of(name, language), language, FACET)


def word_by_word(query: Query) -> Query:
    """The query with a term for each word of a name, for pages that have some of them, or what else it is called.

    The name of a country remains: a page that says “côte” is none about Côte d’Ivoire.
    """
    meanings, language = other_names(query.language), query.language
    country = facet_token("country", "", language)
    found: list[Term] = []
    for term in query.terms:
        is_country = any(
            variant.weight == FACET and variant.tokens[0].startswith(country) for variant in term.variants
        )
        apart = () if term.phrase or len(term.words) == 1 or is_country else term.words
        words = [_term([word], (word.stem,), {}, meanings, language) for word in apart]
        if len(query.terms) <= MOST_SPELT and not (is_country or term.phrase or term.key in everywhere(language)):
            words = words or _spelt_out(term, meanings, language)
        found += [_with_more_variants(one, term.variants[1:]) for one in words] or [term]
    return replace(query, terms=tuple(found))


def _spelt_out(term: Term, meanings: Meanings, language: str) -> list[Term]:
    """A term for each word that the letters of an abbreviation stand for; none of another term."""
    others = (other for other, weight in meanings.get(term.key, ()) if weight == ABBREVIATION and len(other) > 1)
    stems = max(others, key=len, default=())
    said = [[((stem,), SAME), *meanings.get((stem,), ())] for stem in stems]
    return [
        Term(term.words, tuple(variant_of(other, language, weight) for other, weight in variants)) for variants in said
    ]


def with_variants(query: Query, variants: dict[Term, Sequence[Variant]]) -> Query:
    """The query with more variants of some of its terms."""
    terms = (replace(term, variants=(*term.variants, *variants.get(term, ()))) for term in query.terms)
    return replace(query, terms=tuple(terms))
