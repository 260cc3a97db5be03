"""Finds terms of the glossary in a text, in the singular and the plural."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, cached_property
from typing import NamedTuple

from django.conf import settings
from django.db.models import Count, Max

from iom import countries, languages
from iom.translation.glossary.rows import Row, TermForms, row_from_concept
from iom.translation.models import Concept

_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


class Key(NamedTuple):
    """A word of a term as it is compared. `is_name`: it matches only words with a capital."""

    base: str
    is_name: bool


class Match(NamedTuple):
    begin: int
    end: int
    entry: "Entry"
    form: str


@dataclass(frozen=True)
class Entry:
    """A concept of the glossary, or a country."""

    pk: int  # negative for a country
    row: Row

    @property
    def is_approved(self) -> bool:
        return self.row.status == Concept.Status.APPROVED

    @property
    def is_country(self) -> bool:
        """Whether it is a country, whose name, adjective and inhabitants `checks.names` compares."""
        return self.pk < 0

    def terms(self, language: str) -> tuple[str, ...]:
        """Returns the terms in a language, the preferred one first. A name that is not translated has one for all."""
        terms = self.row.terms
        forms = terms.get(language) or (next(iter(terms.values()), None) if self.row.is_kept else None)
        return (forms.preferred, *forms.accepted) if forms else ()

    def forbidden(self, language: str) -> tuple[str, ...]:
        forms = self.row.terms.get(language)
        return forms.forbidden if forms else ()


MIN_INFLECTED_LENGTH = 4  # letters of a word whose plural is recognized


@cache
def _base_form(word: str, language: str) -> str:
    """Returns a word without the endings of the plural and the feminine. A word in capitals is not changed."""
    if len(word) > 1 and word.isupper():
        return word
    return "-".join(_singular(part, language) for part in word.lower().split("-"))


def _singular(word: str, language: str) -> str:
    for part in languages.convention("WORD_ENDINGS", language).split():
        ending, _sign, instead = part.partition("=")
        if len(word) >= MIN_INFLECTED_LENGTH and word.endswith(ending.rstrip("+")):
            word = word.removesuffix(ending.rstrip("+")) + instead
            if not ending.endswith("+"):
                break
    return languages.fold(word)


class Matcher:
    """Matches the terms of one language. They are stored by the base of their first word, the longest first."""

    def __init__(self, language: str, forms: Iterable[tuple[str, Entry]]) -> None:
        self.language = language
        self.forms: dict[str, list[tuple[tuple[Key, ...], str, Entry]]] = {}
        for form, entry in forms:
            keys = tuple(Key(_base_form(word, language), word[:1].isupper()) for word in _WORD.findall(form))
            if keys:
                self.forms.setdefault(keys[0].base, []).append((keys, form, entry))
        for candidates in self.forms.values():
            candidates.sort(key=lambda one: (-len(one[0]), not one[2].is_approved))

    def matches(self, text: str) -> Iterator[Match]:
        """Yields the matches in a text from left to right. They do not overlap."""
        found = list(_WORD.finditer(text)) if self.forms else []
        bases = [_base_form(one[0], self.language) for one in found]
        at = 0
        while at < len(found):
            match = self._match_at(found, bases, at)
            if match is None:
                at += 1
                continue
            length, form, entry = match
            yield Match(found[at].start(), found[at + length - 1].end(), entry, form)
            at += length

    def _match_at(self, found: list[re.Match[str]], bases: list[str], at: int) -> tuple[int, str, Entry] | None:
        for keys, form, entry in self.forms.get(bases[at], ()):
            words = list(zip(keys, bases[at : at + len(keys)], found[at : at + len(keys)], strict=False))
            if len(words) == len(keys) and all(
                key.base == base and (not key.is_name or word[0][:1].isupper()) for key, base, word in words
            ):
                return len(keys), form, entry
        return None


@dataclass
class Glossary:
    """All entries, with a matcher of the usable and one of the forbidden terms for each language."""

    entries: list[Entry] = field(default_factory=list)
    _matchers: dict[object, Matcher] = field(default_factory=dict)

    @cached_property
    def non_translatable_terms(self) -> frozenset[str]:
        """The approved names and addresses that are the same in all languages."""
        kept = [one for one in self.entries if one.row.is_kept and one.is_approved]
        return frozenset(form for one in kept for code in one.row.terms for form in one.terms(code))

    def term_matcher(self, language: str) -> Matcher:
        return self._matcher(Entry.terms, language)

    def forbidden_matcher(self, language: str) -> Matcher:
        return self._matcher(Entry.forbidden, language)

    def _matcher(self, forms_of: Callable[[Entry, str], tuple[str, ...]], language: str) -> Matcher:
        key = forms_of, language
        if key not in self._matchers:
            self._matchers[key] = Matcher(
                language, [(form, one) for one in self.entries for form in forms_of(one, language)]
            )
        return self._matchers[key]


_cached: tuple[tuple[int, datetime | None], Glossary] | None = None


def glossary() -> Glossary:
    """Returns the present glossary. Makes one query, and two more after each change of the glossary."""
    global _cached
    state = Concept.objects.order_by().aggregate(number=Count("pk"), latest=Max("updated_at"))
    version = state["number"], state["latest"]
    if _cached is None or _cached[0] != version:
        concepts = [Entry(one.pk, row_from_concept(one)) for one in Concept.objects.prefetch_related("names")]
        _cached = version, Glossary([*concepts, *_country_entries()])
    return _cached[1]


def _country_entries() -> Iterator[Entry]:
    """Yields the countries and areas with their United Nations names (M49) in each language of the site."""
    names = {language: countries.all_names(language) for language, _name in settings.LANGUAGES}
    for number, code in enumerate(names[settings.LANGUAGE_CODE], start=1):
        terms = {}
        for language, names_by_code in names.items():
            preferred, *others = dict.fromkeys(filter(None, names_by_code[code]))
            terms[language] = TermForms(preferred, tuple(others))
        yield Entry(-number, Row(terms, status=Concept.Status.APPROVED))
