"""The names of what the newsroom's filters choose: whoever searches for « Colombie » finds the news about Colombia.

Apps add names by the hook `searched_names(language)`, which returns an iterable of `Name`. They are compared with what
is searched when it is searched, so that a new name needs no document to be written.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from babel import Locale
from django.conf import settings
from wagtail import hooks

from iom.caching.version import kept
from iom.contacts.models import OfficeName
from iom.countries import all_names
from iom.listing.contents import Facet
from search.analysis import folded, rules, words

Key = tuple[str, ...]  # the stems of a name
_BRACKETS = re.compile(r" \(| - ")
SHORTEST_COUNTRY = 3  # letters by which what comes from a country is recognized


@dataclass(frozen=True)
class Name:
    """`slug`: the value as addresses have it. `url`: what is proposed to those who begin to type the name."""

    facet: Facet
    name: str
    slug: str = ""
    url: str = ""


@kept
def names(language: str) -> list[Name]:
    """The names that are records, in one language."""
    offices = OfficeName.objects.values_list("language", "office", "name", "city")
    found = [
        Name(("office", str(key)), name)
        for written, key, called, city in offices
        for name in (called if written == language else "", city)  # “Beirut” is in French Beyrouth
        if name
    ]
    for hook in hooks.get_hooks("searched_names"):
        found += hook(language)
    return found


@kept
def known(language: str) -> dict[Key, list[Facet]]:
    """What each name of the language stands for."""
    return by_key(language, names(language))


def by_key(language: str, found: Iterable[Name]) -> dict[Key, list[Facet]]:
    """What each name stands for: records, countries, and the words of the language's file."""
    found = list(found)
    values: dict[Key, dict[Facet, None]] = defaultdict(dict)
    named = ((key_of(name.name, language), name.facet) for name in found)
    others = *_parts(found, language), *_names_of_persons(found, language)
    for key, facet in (*named, *others, *_constant_names(language)):
        values[key][facet] = None
    values.pop((), None)
    return {key: list(facets) for key, facets in values.items()}


def _parts(found: list[Name], language: str) -> Iterator[tuple[Key, Facet]]:
    """« Climat et déplacements » is also found by each half, « Santé et migration » by what no other topic has."""
    topics = [name for name in found if name.facet[0] == "topic"]
    number = Counter(stem for topic in topics for stem in set(key_of(topic.name, language)))
    for topic in topics:
        parts = rules(language).conjunctions.split(topic.name)
        for key in [key_of(part, language) for part in parts if len(parts) > 1]:
            if all(number[stem] == 1 for stem in key):
                yield key, topic.facet


def _names_of_persons(found: list[Name], language: str) -> Iterator[tuple[Key, Facet]]:
    """Jennifer Sparks is also found by “Sparks”, where nobody else has that name."""
    contacts = [name for name in found if name.facet[0] == "contact"]
    persons = {(name.facet, stem) for name in contacts for stem in key_of(name.name, language)}
    number = Counter(stem for _facet, stem in persons)
    for facet, stem in sorted(persons):
        if number[stem] == 1:
            yield (stem,), facet


@lru_cache(maxsize=10_000)
def key_of(name: str, language: str) -> Key:
    """The stems of a name; its stop words count unless it has others."""
    found = list(words(name, language))
    return tuple(word.stem for word in found if not word.is_stop_word) or tuple(word.stem for word in found)


@lru_cache(maxsize=len(settings.LANGUAGES))
def _constant_names(language: str) -> list[tuple[Key, Facet]]:
    named = [
        (key_of(name, language), ("country", code))
        for one in {language: "", **dict(settings.LANGUAGES)}
        for code, called in country_names(one).items()
        for name in called
    ]
    kinds = [("kind", rules(one).facets.get("kind", {})) for one in dict(settings.LANGUAGES) if one != language]
    for facet, values in (*rules(language).facets.items(), *kinds):
        named += [(key_of(name, language), (facet, value)) for value, found in values.items() for name in found]
    return named


@lru_cache(maxsize=len(settings.LANGUAGES))
def country_names(language: str) -> dict[str, list[str]]:
    """By code the names of each country in a language: short, official, then CLDR's, « Laos », « Birmanie ».

    Without what is added in brackets: « Bolivie (État plurinational de) ».
    """
    common = Locale.parse(language, sep="-").territories
    return {
        code: list(
            dict.fromkeys(
                [short.split(" (")[0], official.split(" (")[0], *_BRACKETS.split(common.get(code, short).rstrip(")"))]
            )
        )
        for code, (short, official) in all_names(language).items()
    }


@lru_cache(maxsize=10_000)
def country_of(form: str, language: str) -> tuple[str, str]:
    """The country that a word such as “Haitian” is made of, and its name; empty where there is none."""
    word, best = folded(form), ("", "")
    for code, name in ((code, name) for code, called in country_names(language).items() for name in called):
        whole = folded(name)
        base = whole.rstrip("aeiou")
        rest = word.removeprefix(base)
        is_ending = len(base) >= SHORTEST_COUNTRY and rest != word and rest in rules(language).country_endings
        if is_ending and len(whole) > len(best[1]):
            best = (code, name)
    return best
