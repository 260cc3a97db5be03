"""Where terms of the glossary stand in a text, in the singular and the plural."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, cached_property
from typing import NamedTuple

from django.conf import settings
from django.db.models import Count, Max

from iom import countries, languages
from iom.translation.glossary.rows import Forms, Row, row_of
from iom.translation.models import Concept

_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


class Key(NamedTuple):
    """A word as it is compared. `is_name`: only where the text, too, has a capital."""

    base: str
    is_name: bool


class Match(NamedTuple):
    begin: int
    end: int
    entry: "Entry"
    form: str


@dataclass(frozen=True)
class Entry:
    """A concept, or a country."""

    pk: int  # negative for a country
    row: Row

    @property
    def is_approved(self) -> bool:
        return self.row.status == Concept.Status.APPROVED

    @property
    def is_country(self) -> bool:
        """`checks.names` compares the names of countries, adjectives and inhabitants included."""
        return self.pk < 0

    def terms(self, language: str) -> tuple[str, ...]:
        """The terms in a language, the preferred one first; a name that is kept is the same in all."""
        terms = self.row.terms
        forms = terms.get(language) or (next(iter(terms.values()), None) if self.row.is_kept else None)
        return (forms.preferred, *forms.accepted) if forms else ()

    def forbidden(self, language: str) -> tuple[str, ...]:
        forms = self.row.terms.get(language)
        return forms.forbidden if forms else ()


SHORTEST = 4  # letters of a word that has another form in the plural


@cache
def _base(word: str, language: str) -> str:
    """A word without the plural and the feminine. A word of capitals is compared as it is."""
    if len(word) > 1 and word.isupper():
        return word
    return "-".join(_singular(part, language) for part in word.lower().split("-"))


def _singular(word: str, language: str) -> str:
    for part in languages.convention("WORD_ENDINGS", language).split():
        ending, _sign, instead = part.partition("=")
        if len(word) >= SHORTEST and word.endswith(ending.rstrip("+")):
            word = word.removesuffix(ending.rstrip("+")) + instead
            if not ending.endswith("+"):
                break
    return languages.fold(word)


def keys_of(form: str, language: str) -> tuple[Key, ...]:
    return tuple(Key(_base(word, language), word[:1].isupper()) for word in _WORD.findall(form))


class Matcher:
    """The forms of one language, by the base of their first word; the longest first."""

    def __init__(self, language: str, forms: Iterable[tuple[str, Entry]]) -> None:
        self.language = language
        self.forms: dict[str, list[tuple[tuple[Key, ...], str, Entry]]] = {}
        for form, entry in forms:
            if keys := keys_of(form, language):
                self.forms.setdefault(keys[0].base, []).append((keys, form, entry))
        for known in self.forms.values():
            known.sort(key=lambda one: (-len(one[0]), not one[2].is_approved))

    def matches(self, text: str) -> Iterator[Match]:
        """From the left to the right; none within another."""
        found = list(_WORD.finditer(text)) if self.forms else []
        bases = [_base(one[0], self.language) for one in found]
        at = 0
        while at < len(found):
            match = self._at(found, bases, at)
            if match is None:
                at += 1
                continue
            length, form, entry = match
            yield Match(found[at].start(), found[at + length - 1].end(), entry, form)
            at += length

    def _at(self, found: list[re.Match[str]], bases: list[str], at: int) -> tuple[int, str, Entry] | None:
        for keys, form, entry in self.forms.get(bases[at], ()):
            there = list(zip(keys, bases[at : at + len(keys)], found[at : at + len(keys)], strict=False))
            if len(there) == len(keys) and all(
                key.base == base and (not key.is_name or word[0][:1].isupper()) for key, base, word in there
            ):
                return len(keys), form, entry
        return None


@dataclass
class Glossary:
    """All entries, and the matchers of their forms by language."""

    entries: list[Entry] = field(default_factory=list)
    _usable: dict[str, Matcher] = field(default_factory=dict)
    _forbidden: dict[str, Matcher] = field(default_factory=dict)

    @cached_property
    def kept(self) -> frozenset[str]:
        """Approved names and addresses that are the same in all languages."""
        kept = [one for one in self.entries if one.row.is_kept and one.is_approved]
        return frozenset(form for one in kept for code in one.row.terms for form in one.terms(code))

    def usable(self, language: str) -> Matcher:
        if language not in self._usable:
            forms = [(form, one) for one in self.entries for form in one.terms(language)]
            self._usable[language] = Matcher(language, forms)
        return self._usable[language]

    def forbidden(self, language: str) -> Matcher:
        if language not in self._forbidden:
            forms = [(form, one) for one in self.entries for form in one.forbidden(language)]
            self._forbidden[language] = Matcher(language, forms)
        return self._forbidden[language]


_kept: tuple[tuple[int, datetime | None], Glossary] | None = None


def glossary() -> Glossary:
    """The glossary as it is now; one query, and two more after each change of it."""
    global _kept
    state = Concept.objects.order_by().aggregate(number=Count("pk"), latest=Max("updated_at"))
    version = state["number"], state["latest"]
    if _kept is None or _kept[0] != version:
        concepts = [Entry(one.pk, row_of(one)) for one in Concept.objects.prefetch_related("names")]
        _kept = version, Glossary([*concepts, *_countries()])
    return _kept[1]


def _countries() -> Iterator[Entry]:
    """The names of countries and areas are those of the United Nations (M49), in each language of the site."""
    names = {language: countries.all_names(language) for language, _name in settings.LANGUAGES}
    for number, code in enumerate(names[settings.LANGUAGE_CODE], start=1):
        terms = {}
        for language, known in names.items():
            preferred, *others = dict.fromkeys(filter(None, known[code]))
            terms[language] = Forms(preferred, tuple(others))
        yield Entry(-number, Row(terms, status=Concept.Status.APPROVED))
