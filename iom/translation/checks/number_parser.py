"""Parses the numbers in a text into values, in any form of its language: 25,000; 25 000; vingt-cinq mille; XXI."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum
from functools import cache

from iom.translation.checks.language_data import ADDRESS, SPACES, Language, language_of

BLANK = "\ue000"  # replaces text that has been parsed


class Strength(IntEnum):
    LOOSE = 0  # may correspond to a number in the other language, but is never missing
    WEAK = 1  # counts only beside another difference
    FIRM = 2


@dataclass(frozen=True)
class Number:
    """A number in a text. `others`: other values that it may have."""

    value: Decimal
    text: str
    strength: Strength = Strength.FIRM
    others: frozenset[Decimal] = frozenset()
    is_foreign: bool = False  # written with the separators of another language

    @property
    def values(self) -> frozenset[Decimal]:
        return self.others | {self.value}

    @property
    def has_letters(self) -> bool:
        return any(map(str.isalpha, self.text))


# The digits of Arabic and Persian, and their thousands separator
_ARABIC = {ord(sign): str(number % 10) for number, sign in enumerate("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹")} | {ord("٬"): "\u202f"}
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_ROMAN_ORDINAL = re.compile(r"\b([IVX]+)(?:er|re|e|ème)\b")
_ROMAN_NUMBER = re.compile(r"\b(?=[IVX]{2,}\b)X{0,3}(?:IX|IV|V?I{0,3})\b")
_TELEPHONE = re.compile(r"\+\d[\d\s().-]{7,}\d")
_TIME_12 = re.compile(rf"\b(\d{{1,2}})(?:[:.](\d{{2}}))?[{SPACES}]?([ap])\.?m\b\.?", re.IGNORECASE)
_TIME_24 = re.compile(rf"\b(\d{{1,2}})(?:[{SPACES}]?h(?:eures?)?[{SPACES}]?|:)(\d{{2}})\b")
MAX_WEAK_NUMBER = 3  # up to it, a number in words may be missing from the other language


def parse_numbers(text: str, code: str) -> list[Number]:
    """Returns all numbers in a text from which the dates have been removed."""
    language = language_of(code)
    text = ADDRESS.sub(BLANK, text).translate({**_ARABIC, ord("٫"): language.decimal})
    found: list[Number] = []

    def extract(pattern: re.Pattern[str], make: Callable[[re.Match[str]], list[Number]]) -> None:
        nonlocal text
        for match in pattern.finditer(text):
            found.extend(make(match))
        text = pattern.sub(BLANK, text)

    extract(_TELEPHONE, lambda match: [Number(Decimal(re.sub(r"\D", "", match[0])), match[0])])
    extract(_TIME_12, _parse_12_hour_time)
    extract(_TIME_24, _parse_24_hour_time)
    extract(_ROMAN_ORDINAL, lambda match: [Number(_parse_roman(match[1]), match[0])])
    extract(_ROMAN_NUMBER, lambda match: [Number(_parse_roman(match[0]), match[0])] if match[0] else [])
    return found + list(_NumberParser(text, language).numbers())


def _parse_12_hour_time(match: re.Match[str]) -> list[Number]:
    hour = int(match[1])
    shifted = hour % 12 + (12 if match[3].lower() == "p" else 0)
    found = [Number(Decimal(shifted), match[0], others=frozenset({Decimal(hour)}))]
    return found + ([Number(Decimal(match[2]), match[0])] if match[2] and int(match[2]) else [])


def _parse_24_hour_time(match: re.Match[str]) -> list[Number]:
    found = [Number(Decimal(match[1]), match[0])]
    return found + ([Number(Decimal(match[2]), match[0])] if int(match[2]) else [])


def _parse_roman(letters: str) -> Decimal:
    values = [_ROMAN[letter] for letter in letters]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return Decimal(sum(-value if value < after else value for value, after in pairs))


@cache
def _digit_pattern(code: str) -> re.Pattern[str]:
    language = language_of(code)
    group, decimal = language.group, re.escape(language.decimal)
    return re.compile(rf"(?<!\d)(\d{{1,3}}(?:{group}\d{{3}})+(?!\d)|\d+)(?:({decimal})(\d+))?(?:([.,])(\d+))?")


@cache
def _token_pattern(code: str) -> re.Pattern[str]:
    word = r"[^\W\d_]+(?:-(?=[^\W\d_])[^\W\d_]+)*"
    return re.compile(rf"{_digit_pattern(code).pattern}|({word})|([^\w\s])")


@cache
def _compound_pattern(code: str) -> re.Pattern[str]:
    """Matches the parts of a word with hyphens. A number with a hyphen, such as « dix-sept », is one part."""
    joined = "|".join(word for word in language_of(code).units if "-" in word)
    return re.compile(rf"(?:{joined or '(?!)'})(?![^-])|[^-]+")


class _NumberParser:
    """Parses numbers in digits and in words, from left to right."""

    def __init__(self, text: str, language: Language) -> None:
        self.language = language
        self.tokens = list(self._tokenize(text))

    def _tokenize(self, text: str) -> Iterator[Number | str]:
        """Yields the numbers in digits, the words in lower case and the punctuation marks, in their order."""
        for match in _token_pattern(self.language.code).finditer(text):
            whole, _separator, decimals, foreign, rest, word, sign = match.groups()
            if whole:
                yield self._build_number(match[0], whole, decimals, foreign, rest)
            elif word:
                yield from _compound_pattern(self.language.code).findall(word.lower())
            elif sign:
                yield sign

    @staticmethod
    def _build_number(text: str, whole: str, decimals: str | None, foreign: str | None, rest: str | None) -> Number:
        digits = re.sub(r"\D", "", whole)
        if not foreign or not rest or not rest.strip("0"):  # version 1.0
            return Number(Decimal(f"{digits}.{decimals or 0}").normalize(), text.rstrip(".,"))
        return Number(Decimal(f"{digits}.{rest}").normalize(), text, is_foreign=True)

    def numbers(self) -> Iterator[Number]:
        at = 0
        while at < len(self.tokens):
            found, after = self._parse_at(at)
            if found is not None:
                yield found
            at = max(after, at + 1)

    def _word(self, at: int) -> str:
        """Returns the word or punctuation mark at an index, or an empty string for a number in digits."""
        token = self.tokens[at] if 0 <= at < len(self.tokens) else ""
        return token if isinstance(token, str) else ""

    def _parse_at(self, at: int) -> tuple[Number | None, int]:
        word, language = self.tokens[at], self.language
        if isinstance(word, Number):
            return self._apply_scales(word, at + 1)
        if word in language.units or (word in language.scales and self._is_number_alone(at)):
            found, after = self._parse_words(at)
            if found is not None:
                return found, after
        if word in language.ordinals:
            return Number(language.ordinals[word], word), at + 1
        if word in language.loose:
            values = language.loose[word]
            return Number(min(values), word, Strength.LOOSE, values), at + 1
        return None, at + 1

    def _apply_scales(self, number: Number, after: int) -> tuple[Number, int]:
        """Multiplies a number in digits by the scale words after it, as in "1.5 million"."""
        value, text = number.value, number.text
        while (word := self._word(after)) in self.language.scales:
            value, text, after = value * self.language.scales[word], f"{text} {word}", after + 1
        return Number(value.normalize(), text, is_foreign=number.is_foreign), after

    def _is_number_alone(self, at: int) -> bool:
        """Whether a scale word is a number: « mille » and "a hundred" are, « pour cent » and "millions of" are not."""
        word, before, value = self._word(at), self._word(at - 1), self.language.scales[self._word(at)]
        if before in ("pour", "per"):
            return False
        if before in self.language.table["before_scale"]:
            return True
        return word in ("mille", "cent") and value < 10**6

    def _parse_words(self, at: int) -> tuple[Number | None, int]:
        units, scales, joiners = self.language.units, self.language.scales, self.language.table["joiners"]
        total, current, last, begin = Decimal(0), Decimal(0), Decimal(0), at
        while at < len(self.tokens):
            word = self._word(at)
            if word in joiners and at > begin and self._is_joined(last, self._word(at + 1)):
                at += 1
                continue
            if word in scales and (at == begin or current or total):
                if scales[word] == 100:
                    current = max(current, Decimal(1)) * 100
                else:
                    total, current = total + max(current, Decimal(1)) * scales[word], Decimal(0)
                last = scales[word]
            elif word in units and self._can_add(last, current, units[word], at == begin):
                current = Decimal(80) if (last, units[word]) == (4, 20) else current + units[word]
                last = units[word]
            else:
                break
            at += 1
        if 20 <= last < 100 and (more := self._ordinal(self._word(at))) and current % 10 == 0:  # twenty-first
            current, at = current + more, at + 1
        value = total + current
        text = " ".join(self._word(one) for one in range(begin, at))
        if value == 1 or at == begin:
            return (Number(value, text, Strength.LOOSE), at) if at > begin else (None, begin + 1)
        return Number(value, text, Strength.WEAK if value <= MAX_WEAK_NUMBER else Strength.FIRM), at

    def _ordinal(self, word: str) -> Decimal:
        """Returns the value of an ordinal below ten, or 0 for any other word."""
        loose = self.language.loose.get(word, frozenset())
        found = self.language.ordinals.get(word) or (next(iter(loose)) if len(loose) == 1 else Decimal(0))
        return found if found < 10 else Decimal(0)

    def _is_joined(self, last: Decimal, following: str) -> bool:
        """Whether "and" joins parts of one number: in "a hundred and twenty", « vingt et un »; not "two and three"."""
        is_number = following in self.language.units
        return is_number and (last >= 100 or (last >= 20 and self.language.units[following] in (1, 11)))

    @staticmethod
    def _can_add(last: Decimal, current: Decimal, value: Decimal, is_first: bool) -> bool:
        if is_first or last >= 100 or (last, value) == (4, 20):
            return True
        tens = current % 100
        return last >= 20 and value < (20 if tens in (60, 80) else 10)
