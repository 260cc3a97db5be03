"""Synonyms, abbreviations and related words from the language's files, with their weights."""

from collections.abc import Iterator
from functools import cache

from search import names
from search.analysis import folded, rules, words

Synonyms = dict[names.Key, list[tuple[names.Key, float]]]  # key → (key of a synonym, its weight)

# Weights of the variants of a term
SAME, LOOSE, FACET, ABBREVIATION, SYNONYM, FAMILY = 1.0, 0.9, 0.9, 0.9, 0.6, 0.35
RELATED = 0.2  # for related words, from the thesaurus


@cache
def synonyms_by_key(language: str) -> Synonyms:
    """Returns the synonyms of words and phrases, and the related words of single words, from the language's files."""
    found: Synonyms = {}
    rule = rules(language)
    for groups, weight in (
        (rule.families, FAMILY),
        (rule.synonyms, SYNONYM),
        (rule.organizations, ABBREVIATION),
        (rule.abbreviations, ABBREVIATION),
    ):
        for group in groups:
            keys = [key for text in group if (key := _key_of_phrase(text, language))]
            for key in keys:
                found.setdefault(key, []).extend((other, weight) for other in keys if other != key)
    for typed, *written in rule.everyday:
        others = [(names.key_of(text, language), SYNONYM) for text in written]
        found.setdefault(names.key_of(typed, language), []).extend(others)
    for key, other in _related_pairs(language):
        if len(key) == 1:
            found.setdefault(key, []).append((other, RELATED))
    return found


@cache
def related_by_phrase(language: str) -> Synonyms:
    """Returns the related words of phrases, from the thesaurus."""
    found: Synonyms = {}
    for key, other in _related_pairs(language):
        if len(key) > 1:
            found.setdefault(key, []).append((other, RELATED))
    return found


def _related_pairs(language: str) -> Iterator[tuple[names.Key, names.Key]]:
    """Yields a reader's word or phrase and a related one: from the thesaurus, and each city with its country."""
    called = names.country_names(language)
    pairs = [(typed, text) for typed, *written in rules(language).thesaurus for text in written]
    pairs += [(city, called[code][0]) for code, cities in rules(language).cities.items() for city in cities]
    return ((names.key_of(typed, language), names.key_of(text, language)) for typed, text in pairs)


def _key_of_phrase(text: str, language: str) -> names.Key:
    """Returns the stems of a word or phrase. Empty for a phrase with one content word: “set up on their own”."""
    key = names.key_of(text, language)
    return key if len(key) > 1 or sum(1 for _word in words(text, language)) == 1 else ()


@cache
def keys_with_accents(language: str) -> dict[str, list[names.Key]]:
    """Returns the keys of accented words by their singular without accents: « communique » has another stem."""
    found: dict[str, list[names.Key]] = {}
    for (word,) in (called for text in _reviewed_texts(language) if len(called := list(words(text, language))) == 1):
        if word.has_accents and (word.stem,) not in (keys := found.setdefault(singular(folded(word.form)), [])):
            keys.append((word.stem,))
    return found


@cache
def phrases_with_accents(language: str) -> dict[names.Key, names.Key]:
    """Returns the keys of accented phrases by their keys without accents: « donnees » has another stem."""
    found: dict[names.Key, names.Key] = {}
    for text in _reviewed_texts(language):
        kept = [word for word in words(text, language) if not word.is_stop_word]
        key, bare = tuple(word.stem for word in kept), tuple(word.loose for word in kept)
        if len(key) > 1 and bare != key:
            found.setdefault(bare, key)
    return found


def _reviewed_texts(language: str) -> Iterator[str]:
    """Yields the readers' words and phrases in the language's files."""
    rule = rules(language)
    for group in rule.groups:
        yield from group
    yield from (typed for typed, *_written in (*rule.everyday, *rule.thesaurus))
    for facet in rule.facets.values():
        yield from (text for called in facet.values() for text in called)


def singular(form: str) -> str:
    return form.removesuffix("s")


@cache
def country_page_keys(language: str) -> frozenset[names.Key]:
    """Returns the keys of subjects of every country page, whatever its words."""
    return frozenset(names.key_of(text, language) for text in rules(language).reaching)


@cache
def organization_keys(language: str) -> frozenset[names.Key]:
    """Returns the keys of the names and abbreviations of other organizations."""
    return frozenset(names.key_of(text, language) for group in rules(language).organizations for text in group)


@cache
def article_keys(language: str) -> frozenset[names.Key]:
    """Returns the keys of subjects of every article, whatever its words."""
    return frozenset(names.key_of(text, language) for text in rules(language).reported)


@cache
def site_wide_keys(language: str) -> frozenset[names.Key]:
    """Returns the keys of subjects of every page of the site."""
    return frozenset(names.key_of(text, language) for text in rules(language).everywhere)
