"""What else a word or phrase may mean, of the language's files, and how much each meaning counts."""

from collections.abc import Iterator
from functools import cache

from search import names
from search.analysis import folded, rules, words

Meanings = dict[names.Key, list[tuple[names.Key, float]]]  # what else is called so, and how much that counts

# How much a variant of a term counts
SAME, LOOSE, FACET, ABBREVIATION, SYNONYM, FAMILY = 1.0, 0.9, 0.9, 0.9, 0.6, 0.35
RELATED = 0.2  # of what has to do with what was typed


@cache
def other_names(language: str) -> Meanings:
    """What else a word or phrase may be called, of the language's file."""
    found: Meanings = {}
    rule = rules(language)
    for groups, weight in ((rule.families, FAMILY), (rule.synonyms, SYNONYM), (rule.abbreviations, ABBREVIATION)):
        for group in groups:
            keys = [key for text in group if (key := _key_of_phrase(text, language))]
            for key in keys:
                found.setdefault(key, []).extend((other, weight) for other in keys if other != key)
    for typed, *said in rule.everyday:
        others = [(names.key_of(text, language), SYNONYM) for text in said]
        found.setdefault(names.key_of(typed, language), []).extend(others)
    for key, other in _related_pairs(language):
        if len(key) == 1:
            found.setdefault(key, []).append((other, RELATED))
    return found


@cache
def phrases_of(language: str) -> Meanings:
    """What several words mean together, of the thesaurus."""
    found: Meanings = {}
    for key, other in _related_pairs(language):
        if len(key) > 1:
            found.setdefault(key, []).append((other, RELATED))
    return found


def _related_pairs(language: str) -> Iterator[tuple[names.Key, names.Key]]:
    """What readers type, and what has to do with it: the thesaurus, and the country of each city."""
    called = names.country_names(language)
    pairs = [(typed, text) for typed, *said in rules(language).thesaurus for text in said]
    pairs += [(city, called[code][0]) for code, cities in rules(language).cities.items() for city in cities]
    return ((names.key_of(typed, language), names.key_of(said, language)) for typed, said in pairs)


def _key_of_phrase(text: str, language: str) -> names.Key:
    """The stems of a word or phrase; none of a phrase of which only one is no stop word: “set up on their own”."""
    key = names.key_of(text, language)
    return key if len(key) > 1 or sum(1 for _word in words(text, language)) == 1 else ()


@cache
def keys_with_accents(language: str) -> dict[str, list[names.Key]]:
    """What is called by a word with accents, by the word without them: the stem of « communique » is another one."""
    found: dict[str, list[names.Key]] = {}
    for (word,) in (called for text in _typed(language) if len(called := list(words(text, language))) == 1):
        if word.has_accents and (word.stem,) not in (keys := found.setdefault(singular(folded(word.form)), [])):
            keys.append((word.stem,))
    return found


@cache
def phrases_with_accents(language: str) -> dict[names.Key, names.Key]:
    """The keys of phrases with accents, by those that they have without: the stems of « donnees » are others."""
    found: dict[names.Key, names.Key] = {}
    for text in _typed(language):
        kept = [word for word in words(text, language) if not word.is_stop_word]
        key, bare = tuple(word.stem for word in kept), tuple(word.loose for word in kept)
        if len(key) > 1 and bare != key:
            found.setdefault(bare, key)
    return found


def _typed(language: str) -> Iterator[str]:
    """What readers type that the language's files know."""
    rule = rules(language)
    for group in (*rule.families, *rule.synonyms, *rule.abbreviations):
        yield from group
    yield from (typed for typed, *_said in (*rule.everyday, *rule.thesaurus))
    for facet in rule.facets.values():
        yield from (text for called in facet.values() for text in called)


def singular(form: str) -> str:
    return form.removesuffix("s")


@cache
def reaching(language: str) -> frozenset[names.Key]:
    """What the page of each country tells, whatever its words are."""
    return frozenset(names.key_of(text, language) for text in rules(language).reaching)


@cache
def everywhere(language: str) -> frozenset[names.Key]:
    """What every page of the site is about."""
    return frozenset(names.key_of(text, language) for text in rules(language).everywhere)
