"""Checks for names that differ between a passage and its translation: names of countries and all other names."""

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from functools import cache

from django.utils.translation import gettext

from iom import countries
from iom.translation.checks.language_data import ADDRESS, Language, fold, language_of, sentences, words
from iom.translation.checks.registry import Pair, PairFinding, passage_check

MIN_SIMILARITY = 0.72  # of two spellings of the same name
STEM_LENGTH = 4  # letters that a name and its adjectives have in common at the beginning
_ELISION = re.compile(r"^(?:[cdjlmnstCDJLMST]|[qQ]u|[jJ]usqu|[lL]orsqu)[’'](?=\w)")
_POSSESSIVE = re.compile(r"[’']s?$")
_FIRST = re.compile(r"(?:^|[:•–—]\s*|[«“\"(]\s*)([^\W\d_]+(?:[’'-][^\W\d_]+)*)")
_ROMAN = re.compile(r"[IVXLC]+(?:er|re|e|ème)?")
_GIVEN_NAMES = ("DM", "MU", "JO", "GE")  # countries whose names are also first names


def _missing_message(names: list[str], instead: list[str]) -> str:
    ours = ", ".join(names)
    if instead:
        message = gettext("Name in the original: %(original)s; in the translation: %(translation)s.")
        return message % {"original": ours, "translation": ", ".join(instead)}
    return gettext("Name missing in the translation: %(original)s.") % {"original": ours}


@cache
def _country_pattern(code: str) -> tuple[re.Pattern[str], dict[str, str]]:
    """Returns a pattern that matches the names of countries in a language, and their codes by name.

    The longest names come first.
    """
    names = {name: key for key, both in countries.all_names(code).items() for name in both if name}
    pattern = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?:{pattern})(?![\w-])"), names


def countries_in(text: str, code: str) -> dict[str, str]:
    """Returns the names of countries in a text by their codes."""
    pattern, names = _country_pattern(code)
    found: dict[str, str] = {}
    for match in pattern.finditer(text):
        key = names[match[0]]
        if key in _GIVEN_NAMES and re.match(r"\s[A-ZÀ-Þ]", text[match.end() :]):
            continue
        found.setdefault(key, match[0])
    return found


def _contains_country(text: str, key: str, code: str) -> bool:
    """Returns whether a folded text contains a country's name, its adjective or its inhabitants."""
    both = countries.all_names(code)[key]
    beginnings = [fold(name)[: max(STEM_LENGTH, len(name) - 3)] for name in both if name]
    beginnings += [fold(name.split()[0])[: STEM_LENGTH + 1] for name in both if len(name.split()[0]) > STEM_LENGTH]
    beginnings += language_of(code).demonyms.get(key, [])
    return any(re.search(rf"(?<!\w){re.escape(one)}", text) for one in beginnings)


@passage_check
def country_names(pair: Pair) -> Iterator[PairFinding]:
    ours, theirs = (countries_in(*one) for one in pair.texts)
    source, target, to = fold(pair.source), fold(pair.target), pair.target_language
    missing, misspelt = [], []
    for key, name in ours.items():
        if key not in theirs and (other := _find_misspelling(key, pair)):
            missing.append(name)
            misspelt.append(other)
        elif key not in theirs and not _contains_country(target, key, to):
            missing.append(name)
    extra = [
        name
        for key, name in theirs.items()
        if key not in ours and not _contains_country(source, key, pair.source_language)
    ]
    extra = misspelt + extra
    if missing or extra:
        yield PairFinding(_missing_message(missing or ["–"], extra), repr((missing, extra)))


def _find_misspelling(key: str, pair: Pair) -> str:
    """Returns a word of the translation that is almost the name of the country, or an empty string."""
    source, language = _folded_words(words(pair.source)), pair.languages[1]
    others = [one for one in _find_names(pair.target, language) if fold(one) not in source]
    parts = [word for word in words(countries.short_name(key, language.code)) if len(word) > STEM_LENGTH]
    close = [_closest(part, others) for part in parts]
    return next((one for one, part in zip(close, parts, strict=True) if one and fold(one) != fold(part)), "")


def _strip_affixes(word: str) -> str:
    return _POSSESSIVE.sub("", _ELISION.sub("", word))


def _find_names(text: str, language: Language) -> Iterator[str]:
    """Yields the words with a capital, except common words and words that only begin a sentence."""
    text = ADDRESS.sub(" ", text)
    for sentence in sentences(text):
        found = [_strip_affixes(word) for word in words(sentence)]
        first = {_strip_affixes(word) for word in _FIRST.findall(sentence)}
        capitals = [word for word in found if word[:1].isupper()]
        if len(found) > 3 and len(capitals) > 0.6 * len(found):
            continue  # a headline, or a list of names
        for word, after in zip(found, [*found[1:], ""], strict=False):
            if word[:1].isupper() and len(word) > 1 and not _ROMAN.fullmatch(word):
                is_name = word not in first or (after[:1].isupper() and f"{word} {after}" in sentence)
                if is_name and not _is_common(word, language):
                    yield word


@cache
def _country_stems(code: str) -> frozenset[str]:
    """Returns the first letters of the words in the names of countries."""
    found = {word for both in countries.all_names(code).values() for name in both for word in words(name)}
    return frozenset(fold(word)[:STEM_LENGTH] for word in found if word[:1].isupper())


def _is_common(word: str, language: Language) -> bool:
    """Returns whether a word with a capital is translated: a title, day, number, inhabitant or adjective."""
    key = fold(word)
    parts = {key, *key.split("-")}
    if parts & language.titles or (parts | {key.removesuffix("s")}) & language.common:
        return True
    is_of_country = key[:STEM_LENGTH] in _country_stems(language.code) and key.endswith(language.demonym_ends)
    return key.removesuffix("s") in language.titles or (is_of_country and not word.isupper())


def _words_of_known_names(pair: Pair) -> set[str]:
    """Returns the words of names that other checks compare: names of countries and terms of the glossary."""
    found = list(countries_in(pair.source, pair.source_language).values())
    matches = pair.glossary.term_matcher(pair.source_language).matches(pair.source)
    found += [pair.source[match.begin : match.end] for match in matches]
    return {fold(_strip_affixes(word)) for name in found for word in words(name)}


def _exonym(word: str, pair: Pair) -> str | None:
    """Returns the other language's name of a city or a river, if the language files have it."""
    ours, theirs = pair.languages
    for key, name in ours.names.items():
        if fold(word) in map(fold, name.split()) and key in theirs.names:
            return theirs.names[key]
    return None


@passage_check
def names(pair: Pair) -> Iterator[PairFinding]:
    """Finds names that the translation spells differently or lacks."""
    ours, theirs = pair.languages
    target, source = _folded_words(words(pair.target)), _folded_words(words(pair.source))
    known = _words_of_known_names(pair)
    missing: list[str] = []
    instead: list[str] = []
    candidates = [one for one in _find_names(pair.target, theirs) if fold(one) not in source]
    for name in dict.fromkeys(_find_names(pair.source, ours)):
        key = fold(name)
        if key in target or key in known or key.removesuffix("s") in target:
            continue
        if other := _exonym(name, pair):
            if fold(other) not in fold(pair.target):
                missing.append(name)
            continue
        close = _closest(name, candidates)
        if not _is_acronym(name) or (close and _is_misprint(name, close)):
            missing.append(name)
            instead += [close] if close else []
    if missing:
        yield PairFinding(_missing_message(missing, instead), repr((missing, instead)))


def _folded_words(found: Iterable[str]) -> set[str]:
    bare = [fold(_strip_affixes(word)) for word in found]
    return {*bare, *(part for word in bare for part in word.split("-"))}


def _is_acronym(word: str) -> bool:
    return sum(map(str.isupper, word)) > 1 and word.replace("-", "").isupper()


def _is_misprint(one: str, other: str) -> bool:
    """Returns whether two acronyms differ by a misprint: in one letter, but not in the order of letters (IOM, OIM)."""
    same_length = _is_acronym(other) and len(one) == len(other) and sorted(one) != sorted(other)
    return same_length and sum(a != b for a, b in zip(one, other, strict=True)) == 1


def _closest(word: str, others: list[str]) -> str:
    """Returns the most similar name if it may be another spelling, else an empty string."""
    rated = [(SequenceMatcher(None, fold(word), fold(one), autojunk=False).ratio(), one) for one in others]
    rate, found = max(rated, default=(0.0, ""))
    return found if rate >= MIN_SIMILARITY else ""
