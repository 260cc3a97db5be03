"""Checks for numbers, dates and amounts that differ between a passage and its translation."""

import re
from collections.abc import Iterator
from functools import cache

from django.utils.translation import gettext

from iom.findings import Level
from iom.translation.checks import date_parser, number_parser
from iom.translation.checks.language_data import language_of
from iom.translation.checks.number_parser import Number, Strength
from iom.translation.checks.registry import Pair, PairFinding, certain_check, passage_check

MIN_LARGE_NUMBER = 1000  # from it, a difference in digits cannot be a matter of style
YEARS = range(1900, 2101)


def _difference_message(missing: list[str], extra: list[str]) -> str:
    ours, theirs = ", ".join(missing), ", ".join(extra)
    if not extra:
        return gettext("In the original, not in the translation: %(original)s.") % {"original": ours}
    if not missing:
        return gettext("In the translation, not in the original: %(translation)s.") % {"translation": theirs}
    message = gettext("In the original: %(original)s; in the translation: %(translation)s.")
    return message % {"original": ours, "translation": theirs}


@certain_check
def numbers(pair: Pair) -> Iterator[PairFinding]:
    """Finds numbers that differ. The level is ERROR if a large number has become another one."""
    ours, theirs = (
        number_parser.parse_numbers(date_parser.parse_dates(*one)[1] if pair.has_language_data else one[0], one[1])
        for one in pair.texts
    )
    missing, extra = _subtract(ours, theirs), _subtract(theirs, ours)
    if not pair.has_language_data:
        missing, extra = _only_in_digits(missing, theirs), _only_in_digits(extra, ours)
    firm = [one for one in (*missing, *extra) if one.strength == Strength.FIRM]
    if not firm and not (missing and extra):
        return
    for one in [one for one in extra if one.is_foreign]:
        as_written = number_parser.parse_numbers(one.text, pair.source_language)
        if any(_is_among(number, missing) for number in as_written):
            message = gettext("“%(number)s” is written as in another language.")
            yield PairFinding(message % {"number": one.text}, one.text)
            missing = [number for number in missing if not _is_among(number, as_written)]
            extra.remove(one)
    if missing or extra:
        found = [one.text for one in missing], [one.text for one in extra]
        certain = any(map(_is_large, missing)) and any(map(_is_large, extra))
        level = Level.ERROR if certain else Level.WARNING
        yield PairFinding(_difference_message(*found), repr(found), level=level)


def _subtract(ours: list[Number], theirs: list[Number]) -> list[Number]:
    """Returns the numbers of `ours` that `theirs` lack, each once."""
    left = {one.value: one for one in ours if one.strength > Strength.LOOSE and not _is_among(one, theirs)}
    return list(left.values())


def _only_in_digits(found: list[Number], others: list[Number]) -> list[Number]:
    """Returns the numbers in digits, or [] if any of `others` is in words.

    It is for languages without a file, in which a missing number may be in words.
    """
    if any(one.has_letters for one in others if one.strength > Strength.LOOSE):
        return []
    return [one for one in found if not one.has_letters]


def _is_among(number: Number, others: list[Number]) -> bool:
    return any(
        one.values & number.values and (not one.is_foreign or number.is_foreign == one.is_foreign) for one in others
    )


def _is_large(number: Number) -> bool:
    has_digits = any(map(str.isdigit, number.text))
    is_whole = number.value == number.value.to_integral_value()
    return has_digits and number.value >= MIN_LARGE_NUMBER and not (is_whole and int(number.value) in YEARS)


@passage_check
def dates_differ(pair: Pair) -> Iterator[PairFinding]:
    """Finds dates and days of the week that differ."""
    ours, theirs = (date_parser.parse_dates(*one)[0] for one in pair.texts)
    if not pair.has_language_data:
        ours, theirs = ([one for one in found if not one.has_letters] for found in (ours, theirs))
        if not (ours and theirs):
            return
    missing = [one.text for one in ours if not any(map(one.matches, theirs))]
    extra = [one.text for one in theirs if not any(map(one.matches, ours))]
    if pair.has_language_data:
        here, there = (date_parser.find_weekdays(*one) for one in pair.texts)
        missing += [text for day, text in here.items() if day not in there]
        extra += [text for day, text in there.items() if day not in here]
    if missing or extra:
        yield PairFinding(_difference_message(missing, extra), repr((missing, extra)))


@cache
def _currency_patterns(code: str) -> list[tuple[str, re.Pattern[str]]]:
    table = language_of(code).table.get("currencies", {})
    ends = r"(?![^\W\d_])"
    return [(name, re.compile(rf"(?<![^\W\d_])(?:{'|'.join(forms)}){ends}")) for name, forms in table.items()]


def _find_currencies(text: str, code: str) -> dict[str, str]:
    """Returns the currencies in a text with the words for them. Patterns with longer names come first."""
    found: dict[str, str] = {}
    for name, pattern in _currency_patterns(code):
        for match in pattern.finditer(text):
            found.setdefault(name, match[0])
        text = pattern.sub(number_parser.BLANK, text)
    return found


@cache
def _percentage_pattern(code: str) -> re.Pattern[str]:
    signs = "|".join(map(re.escape, language_of(code).table.get("per_cent", ["%"])))
    return re.compile(rf"([\d.,\u202f\u00a0 ]*\d)\s?({signs})")


def _lost_percentages(text: str, code: str, other: str, its_code: str) -> list[str]:
    """Returns the percentages of a text that are plain numbers in the other.

    A percentage that is missing there is ignored: it may be written as "a half" or "a quarter".
    """
    if _percentage_pattern(its_code).search(other) or not language_of(its_code).table:
        return []
    others = [one for one in number_parser.parse_numbers(other, its_code) if one.strength > Strength.LOOSE]
    rates = _percentage_pattern(code).finditer(text)
    return [
        match[0]
        for match in rates
        if any(_is_among(one, others) for one in number_parser.parse_numbers(match[1], code))
    ]


@passage_check
def amounts(pair: Pair) -> Iterator[PairFinding]:
    """Finds currencies and percentages that differ."""
    ours, theirs = (_find_currencies(*one) for one in pair.texts)
    missing = [text for name, text in ours.items() if name not in theirs and pair.has_language_data]
    extra = [text for name, text in theirs.items() if name not in ours and pair.has_language_data]
    here, there = pair.texts
    missing += _lost_percentages(*here, *there)
    extra += _lost_percentages(*there, *here)
    if missing or extra:
        yield PairFinding(_difference_message(missing, extra), repr((missing, extra)))
