"""Names of facet values: a search for « Colombie » finds the news about Colombia.

Apps add names by the hook `searched_names(language)`, which returns an iterable of `Name`. Names are matched when a
query is parsed, so that no document is written again for a new name.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from babel import Locale
from django.conf import settings
from wagtail import hooks

from iom.caching.version import cached_per_version
from iom.contacts.models import OfficeName
from iom.countries import all_names
from iom.listing.contents import Facet
from search.analysis import folded, rules, words

Key = tuple[str, ...]  # the stems of a name
_BRACKETS = re.compile(r" \(| - ")
MIN_COUNTRY_LENGTH = 3  # letters that a demonym has in common with its country


@dataclass(frozen=True)
class Name:
    """A name of a facet value. `slug`: the value in addresses. `url`: the page that is suggested for the name."""

    facet: Facet
    name: str
    slug: str = ""
    url: str = ""


@cached_per_version
def names(language: str) -> list[Name]:
    """Returns the names of records in one language: of offices, and of what other apps add."""
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


@cached_per_version
def facets_by_key(language: str) -> dict[Key, list[Facet]]:
    """Returns the facet values of each name of the language."""
    return build_facets_by_key(language, names(language))


def build_facets_by_key(language: str, found: Iterable[Name]) -> dict[Key, list[Facet]]:
    """Returns the facet values of each name: of records, of countries, and in the language's files."""
    found = list(found)
    values: dict[Key, dict[Facet, None]] = defaultdict(dict)
    named = ((key_of(name.name, language), name.facet) for name in found)
    others = *_topic_parts(found, language), *_person_name_parts(found, language)
    for key, facet in (*named, *others, *_constant_names(language)):
        values[key][facet] = None
    values.pop((), None)
    return {key: list(facets) for key, facets in values.items()}


def _topic_parts(found: list[Name], language: str) -> Iterator[tuple[Key, Facet]]:
    """Yields parts of topic names whose words no other topic has: both halves of « Climat et déplacements »."""
    topics = [name for name in found if name.facet[0] == "topic"]
    number = Counter(stem for topic in topics for stem in set(key_of(topic.name, language)))
    for topic in topics:
        parts = rules(language).conjunctions.split(topic.name)
        for key in [key_of(part, language) for part in parts if len(parts) > 1]:
            if all(number[stem] == 1 for stem in key):
                yield key, topic.facet


def _person_name_parts(found: list[Name], language: str) -> Iterator[tuple[Key, Facet]]:
    """Yields parts of persons' names that nobody else has: “Sparks” finds Jennifer Sparks."""
    contacts = [name for name in found if name.facet[0] == "contact"]
    persons = {(name.facet, stem) for name in contacts for stem in key_of(name.name, language)}
    number = Counter(stem for _facet, stem in persons)
    for facet, stem in sorted(persons):
        if number[stem] == 1:
            yield (stem,), facet


@lru_cache(maxsize=10_000)
def key_of(name: str, language: str) -> Key:
    """Returns the stems of a name, without stop words unless it has nothing else."""
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
    """Returns the names of each country by code: short, official, then those of CLDR, « Laos », « Birmanie ».

    Additions in brackets are left out: « Bolivie (État plurinational de) ».
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
def country_from_demonym(form: str, language: str) -> tuple[str, str]:
    """Returns the code and the name of the country of a demonym such as “Haitian”, or two empty strings."""
    word, bases, endings = folded(form), _countries_by_base(language), rules(language).country_endings
    found = [
        bases[word[:end]]
        for end in range(MIN_COUNTRY_LENGTH, len(word) + 1)
        if word[:end] in bases and word[end:] in endings
    ]
    _length, code, name = max(found, default=(0, "", ""), key=lambda one: one[0])
    return code, name


@lru_cache(maxsize=len(settings.LANGUAGES))
def _countries_by_base(language: str) -> dict[str, tuple[int, str, str]]:
    """Returns the longest name with each base, its number of letters and its country. A base has no final vowels."""
    found: dict[str, tuple[int, str, str]] = {}
    for code, name in ((code, name) for code, called in country_names(language).items() for name in called):
        whole = folded(name)
        base = whole.rstrip("aeiou")
        if base not in found or len(whole) > found[base][0]:
            found[base] = len(whole), code, name
    return found
