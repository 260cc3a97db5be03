"""Checks for addresses, brackets and quotation marks that differ between a passage and its translation."""

import re
from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext, ngettext

from iom.translation.checks.language_data import ADDRESS
from iom.translation.checks.registry import Pair, PairFinding, passage_check

_LANGUAGE_CODE = re.compile(r"/[a-z]{2}(?=/|$)|[?&](?:lang|locale)=[a-z]{2}")
_END = re.compile(r"[.,;:!?)»”]+$")
_OPEN, _CLOSE = "([", ")]"
_LIST = re.compile(r"(?:^|(?<=[\s;,]))\(?(?:[a-z]|[ivx]+|\d{1,2})\)")


def _find_addresses(text: str) -> dict[str, str]:
    """Returns web and email addresses, by a key that is the same if only the language code in them differs."""
    found = [_END.sub("", one) for one in ADDRESS.findall(text)]
    return {_LANGUAGE_CODE.sub("", one.rstrip("/")).casefold().removeprefix("https://"): one for one in found}


def _address_message(missing: list[str], extra: list[str]) -> str:
    if missing and extra:
        message = gettext("Address in the original: %(original)s; in the translation: %(translation)s.")
        return message % {"original": ", ".join(missing), "translation": ", ".join(extra)}
    if missing:
        return gettext("Address missing in the translation: %(address)s.") % {"address": ", ".join(missing)}
    return gettext("Address that is not in the original: %(address)s.") % {"address": ", ".join(extra)}


@passage_check
def links(pair: Pair) -> Iterator[PairFinding]:
    ours, theirs = _find_addresses(pair.source), _find_addresses(pair.target)
    missing = [text for key, text in ours.items() if key not in theirs]
    extra = [text for key, text in theirs.items() if key not in ours]
    if missing or extra:
        yield PairFinding(_address_message(missing, extra), repr((missing, extra)))


def _bracket_message(ours: int, theirs: int) -> str:
    if ours == theirs:
        return gettext("A bracket is not opened or not closed.")
    message = ngettext(
        "Brackets: %(number)d pair in the original, %(there)d in the translation.",
        "Brackets: %(number)d pairs in the original, %(there)d in the translation.",
        ours,
    )
    return message % {"number": ours, "there": theirs}


@passage_check
def brackets(pair: Pair) -> Iterator[PairFinding]:
    source, target = Counter(_LIST.sub("", pair.source)), Counter(_LIST.sub("", pair.target))
    ours, theirs = (sum(counted[sign] for sign in _OPEN) for counted in (source, target))
    if ours != theirs or (_is_balanced(source) and not _is_balanced(target)):
        yield PairFinding(_bracket_message(ours, theirs), f"{ours} {theirs} {_is_balanced(target)}")


def _is_balanced(counted: Counter[str]) -> bool:
    return all(counted[begin] == counted[end] for begin, end in zip(_OPEN, _CLOSE, strict=True))


_OPENING, _CLOSING = "«“„‹", "»”›"


def _count_quotations(text: str) -> tuple[int, int]:
    """Returns how many quotations are opened and closed. A straight mark opens and closes in turn."""
    straight = len(re.findall(r'(?<!\d)"', text))
    opened = sum(map(text.count, _OPENING)) + (straight + 1) // 2 + len(re.findall(r"(?<!\w)‘(?=\w)", text))
    closed = sum(map(text.count, _CLOSING)) + straight // 2 + len(re.findall(r"(?<=[.!?,…])’(?!\w)", text))
    return opened, closed


def _quotation_message(ours: int, theirs: int) -> str:
    if ours == theirs:
        return gettext("A quotation mark is not opened or not closed.")
    message = ngettext(
        "Quotation marks: %(number)d quotation in the original, %(there)d in the translation.",
        "Quotation marks: %(number)d quotations in the original, %(there)d in the translation.",
        ours,
    )
    return message % {"number": ours, "there": theirs}


@passage_check
def quotation_marks(pair: Pair) -> Iterator[PairFinding]:
    ours, closed_here = _count_quotations(pair.source)
    theirs, closed_there = _count_quotations(pair.target)
    if ours != theirs or (ours == closed_here and theirs != closed_there):
        yield PairFinding(_quotation_message(ours, theirs), f"{ours} {theirs} {closed_there}")
