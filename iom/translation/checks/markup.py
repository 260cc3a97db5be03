"""Addresses, brackets and quotation marks that differ between a passage and its translation."""

import re
from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext, ngettext

from iom.translation.checks.registry import Found, Pair, passage_check
from iom.translation.checks.words import ADDRESS

_LANGUAGE = re.compile(r"/[a-z]{2}(?=/|$)|[?&](?:lang|locale)=[a-z]{2}")
_END = re.compile(r"[.,;:!?)»”]+$")
_OPEN, _CLOSE = "([", ")]"
_LIST = re.compile(r"(?:^|(?<=[\s;,]))\(?(?:[a-z]|[ivx]+|\d{1,2})\)")


def _addresses(text: str) -> dict[str, str]:
    """Web and email addresses; the same in all languages where only the code of the language differs."""
    found = [_END.sub("", one) for one in ADDRESS.findall(text)]
    return {_LANGUAGE.sub("", one.rstrip("/")).casefold().removeprefix("https://"): one for one in found}


def _addresses_differ(missing: list[str], extra: list[str]) -> str:
    if missing and extra:
        message = gettext("Address in the original: %(original)s; in the translation: %(translation)s.")
        return message % {"original": ", ".join(missing), "translation": ", ".join(extra)}
    if missing:
        return gettext("Address missing in the translation: %(address)s.") % {"address": ", ".join(missing)}
    return gettext("Address that is not in the original: %(address)s.") % {"address": ", ".join(extra)}


@passage_check
def links(pair: Pair) -> Iterator[Found]:
    ours, theirs = _addresses(pair.source), _addresses(pair.target)
    missing = [text for key, text in ours.items() if key not in theirs]
    extra = [text for key, text in theirs.items() if key not in ours]
    if missing or extra:
        yield Found(_addresses_differ(missing, extra), repr((missing, extra)))


def _count_of_brackets(ours: int, theirs: int) -> str:
    if ours == theirs:
        return gettext("A bracket is not opened or not closed.")
    message = ngettext(
        "Brackets: %(number)d pair in the original, %(there)d in the translation.",
        "Brackets: %(number)d pairs in the original, %(there)d in the translation.",
        ours,
    )
    return message % {"number": ours, "there": theirs}


@passage_check
def brackets(pair: Pair) -> Iterator[Found]:
    source, target = Counter(_LIST.sub("", pair.source)), Counter(_LIST.sub("", pair.target))
    ours, theirs = (sum(counted[sign] for sign in _OPEN) for counted in (source, target))
    if ours != theirs or (_is_even(source) and not _is_even(target)):
        yield Found(_count_of_brackets(ours, theirs), f"{ours} {theirs} {_is_even(target)}")


def _is_even(counted: Counter[str]) -> bool:
    return all(counted[begin] == counted[end] for begin, end in zip(_OPEN, _CLOSE, strict=True))


_OPENING, _CLOSING = "«“„‹", "»”›"


def _quotations(text: str) -> tuple[int, int]:
    """How many are opened and closed. A straight mark does both in turn."""
    straight = len(re.findall(r'(?<!\d)"', text))
    opened = sum(map(text.count, _OPENING)) + (straight + 1) // 2 + len(re.findall(r"(?<!\w)‘(?=\w)", text))
    closed = sum(map(text.count, _CLOSING)) + straight // 2 + len(re.findall(r"(?<=[.!?,…])’(?!\w)", text))
    return opened, closed


def _count_of_quotations(ours: int, theirs: int) -> str:
    if ours == theirs:
        return gettext("A quotation mark is not opened or not closed.")
    message = ngettext(
        "Quotation marks: %(number)d quotation in the original, %(there)d in the translation.",
        "Quotation marks: %(number)d quotations in the original, %(there)d in the translation.",
        ours,
    )
    return message % {"number": ours, "there": theirs}


@passage_check
def quotation_marks(pair: Pair) -> Iterator[Found]:
    ours, closed_here = _quotations(pair.source)
    theirs, closed_there = _quotations(pair.target)
    if ours != theirs or (ours == closed_here and theirs != closed_there):
        yield Found(_count_of_quotations(ours, theirs), f"{ours} {theirs} {closed_there}")
