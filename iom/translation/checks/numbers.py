"""Numbers, dates and amounts that differ between a passage and its translation."""

import re
from collections.abc import Iterator
from functools import cache

from django.utils.translation import gettext

from iom.findings import Level
from iom.translation.checks import dates, figures
from iom.translation.checks.figures import Number, Strength
from iom.translation.checks.registry import Found, Pair, certain_check, passage_check
from iom.translation.checks.words import language_of

LARGE = 1000  # of a number whose digits cannot be a matter of style
YEARS = range(1900, 2101)


def _different(missing: list[str], extra: list[str]) -> str:
    ours, theirs = ", ".join(missing), ", ".join(extra)
    if not extra:
        return gettext("In the original, not in the translation: %(original)s.") % {"original": ours}
    if not missing:
        return gettext("In the translation, not in the original: %(translation)s.") % {"translation": theirs}
    message = gettext("In the original: %(original)s; in the translation: %(translation)s.")
    return message % {"original": ours, "translation": theirs}


@certain_check
def numbers(pair: Pair) -> Iterator[Found]:
    """Certain where a large number has become another one."""
    texts = (pair.source, pair.source_language), (pair.target, pair.target_language)
    ours, theirs = (figures.read(dates.read(*one)[1] if pair.has_words else one[0], one[1]) for one in texts)
    missing, extra = _without(ours, theirs), _without(theirs, ours)
    if not pair.has_words:
        missing, extra = _in_digits(missing, theirs), _in_digits(extra, ours)
    firm = [one for one in (*missing, *extra) if one.strength == Strength.FIRM]
    if not firm and not (missing and extra):
        return
    for one in [one for one in extra if one.is_foreign]:
        as_written = figures.read(one.text, pair.source_language)
        if any(_is_there(there, missing) for there in as_written):
            message = gettext("“%(number)s” is written as in another language.")
            yield Found(message % {"number": one.text}, one.text)
            missing = [there for there in missing if not _is_there(there, as_written)]
            extra.remove(one)
    if missing or extra:
        found = [one.text for one in missing], [one.text for one in extra]
        certain = any(map(_is_large, missing)) and any(map(_is_large, extra))
        level = Level.ERROR if certain else Level.WARNING
        yield Found(_different(*found), repr(found), level=level)


def _without(ours: list[Number], theirs: list[Number]) -> list[Number]:
    """Those of ours that theirs do not have, once each."""
    left = {one.value: one for one in ours if one.strength > Strength.LOOSE and not _is_there(one, theirs)}
    return list(left.values())


def _in_digits(found: list[Number], others: list[Number]) -> list[Number]:
    """Those without words; none where another one has words, which it may say in a language without a file."""
    if any(one.has_letters for one in others if one.strength > Strength.LOOSE):
        return []
    return [one for one in found if not one.has_letters]


def _is_there(number: Number, others: list[Number]) -> bool:
    return any(
        one.values & number.values and (not one.is_foreign or number.is_foreign == one.is_foreign) for one in others
    )


def _is_large(number: Number) -> bool:
    has_digits = any(map(str.isdigit, number.text))
    is_whole = number.value == number.value.to_integral_value()
    return has_digits and number.value >= LARGE and not (is_whole and int(number.value) in YEARS)


@passage_check
def dates_differ(pair: Pair) -> Iterator[Found]:
    """Days, months and years that are named together, and days of the week."""
    ours, _rest = dates.read(pair.source, pair.source_language)
    theirs, _rest = dates.read(pair.target, pair.target_language)
    if not pair.has_words:
        ours, theirs = ([one for one in found if not one.has_letters] for found in (ours, theirs))
        if not (ours and theirs):
            return
    missing = [one.text for one in ours if not any(map(one.is_same, theirs))]
    extra = [one.text for one in theirs if not any(map(one.is_same, ours))]
    if pair.has_words:
        named = dates.weekdays(pair.source, pair.source_language), dates.weekdays(pair.target, pair.target_language)
        missing += [text for day, text in named[0].items() if day not in named[1]]
        extra += [text for day, text in named[1].items() if day not in named[0]]
    if missing or extra:
        yield Found(_different(missing, extra), repr((missing, extra)))


@cache
def _currencies(code: str) -> list[tuple[str, re.Pattern[str]]]:
    table = language_of(code).table.get("currencies", {})
    ends = r"(?![^\W\d_])"
    return [(name, re.compile(rf"(?<![^\W\d_])(?:{'|'.join(forms)}){ends}")) for name, forms in table.items()]


def _money(text: str, code: str) -> dict[str, str]:
    """The currencies that are named, with the words for them; a longer name before one within it."""
    found: dict[str, str] = {}
    for name, pattern in _currencies(code):
        for match in pattern.finditer(text):
            found.setdefault(name, match[0])
        text = pattern.sub(figures.BLANK, text)
    return found


@cache
def _per_cent(code: str) -> re.Pattern[str]:
    signs = "|".join(map(re.escape, language_of(code).table.get("per_cent", ["%"])))
    return re.compile(rf"([\d.,\u202f\u00a0 ]*\d)\s?({signs})")


def _lost(text: str, code: str, other: str, its_code: str) -> list[str]:
    """What is per cent in a text, and a number alone in the other. In words it may be a half or a quarter."""
    if _per_cent(its_code).search(other) or not language_of(its_code).table:
        return []
    there = [one for one in figures.read(other, its_code) if one.strength > Strength.LOOSE]
    rates = _per_cent(code).finditer(text)
    return [match[0] for match in rates if any(_is_there(one, there) for one in figures.read(match[1], code))]


@passage_check
def amounts(pair: Pair) -> Iterator[Found]:
    """Currencies, and per cent."""
    ours, theirs = _money(pair.source, pair.source_language), _money(pair.target, pair.target_language)
    missing = [text for name, text in ours.items() if name not in theirs and pair.has_words]
    extra = [text for name, text in theirs.items() if name not in ours and pair.has_words]
    missing += _lost(pair.source, pair.source_language, pair.target, pair.target_language)
    extra += _lost(pair.target, pair.target_language, pair.source, pair.source_language)
    if missing or extra:
        yield Found(_different(missing, extra), repr((missing, extra)))
