"""The check of French typography, with corrections. In other languages no-break spaces are written by hand."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from difflib import SequenceMatcher
from itertools import groupby
from typing import Any

from django.utils.translation import ngettext

from iom.checks.page_text import language_of, passages
from iom.findings import Finding, lazy_message, warning

_LANGUAGE = "fr"
_NARROW, _WIDE = "\u202f", "\u00a0"
_ADDRESS = re.compile(r"https?://\S*[^\s.,;:!?)»]|www\.\S*[^\s.,;:!?)»]|(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PLACE = "\ue000"  # replaces an address during the correction
_AFTER = rf"[\w»)\]”%°.{_PLACE}]"
_TITLES = r"MM?\.|Mmes?|Mlles?|Drs?|Prs?"
_UNITS = r"(?:km|kg|cm|mm|ha|Mo|Go|millions?|milliards?)\b"

Rule = tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]]
_FIRST: list[Rule] = [
    (re.compile(r"\.\.\."), "…"),
    (re.compile(r"(?<=\S) {2,}(?=\S)"), " "),
    (re.compile(r"(?<=[^\W\d_])'(?=[\w«\"“])"), "’"),
]
_THEN: list[Rule] = [
    (re.compile(rf"«(?: |(?=[^\s{_WIDE}{_NARROW}]))"), f"«{_NARROW}"),
    (re.compile(rf"(?: |(?<=[^\s{_WIDE}{_NARROW}]))»"), f"{_NARROW}»"),
    (re.compile(r" (?=[;!?])"), _NARROW),
    (re.compile(rf"(?<={_AFTER})(?=[;!?]+(?:[\s»)”{_NARROW}{_WIDE}]|$))(?<![!?])"), _NARROW),
    (re.compile(r" (?=:(?:\s|$))"), _WIDE),
    (re.compile(rf"(?<={_AFTER})(?=:(?:\s|$))"), _WIDE),
    (re.compile(r"(?<=[nN]°) ?(?=\d)"), _WIDE),
    (re.compile(r"(?<=\d) ?(?=[%€])"), _WIDE),
    (
        re.compile(r"(?<![\d+] )(?<![\d.,+])\d{1,3}(?: \d{3})+(?!\d)(?! \d)"),
        lambda match: match.group().replace(" ", _NARROW),
    ),
    (re.compile(r"\b(\d{1,2}) ?h ?(\d{2})\b"), rf"\1{_WIDE}h{_WIDE}\2"),
    (re.compile(r"\b(\d{1,2}) ?h\b(?!\s?\d)"), rf"\1{_WIDE}h"),
    (re.compile(rf"(?<=\d) (?={_UNITS})"), _WIDE),
    (re.compile(rf"\b({_TITLES}) (?=[A-ZÀ-Þ])"), rf"\1{_WIDE}"),
    (re.compile(r"\b1(?:ère|ière)\b"), "1re"),
    (re.compile(r"\b(\d+|[IVX]+)(?:ième|ème)\b"), r"\1e"),
    (re.compile(r"(?<=\w) - (?=\w)"), " – "),
]
_STRAIGHT = re.compile(r'(?<!\d)"([^"\n]+)"')
_ENGLISH = re.compile(r"“([^“”\n]*)”")


def correct(text: str) -> str:
    """Returns the text with French typography. Addresses are not changed."""
    addresses = _ADDRESS.findall(text)
    text = _ADDRESS.sub(_PLACE, text)
    for pattern, replacement in _FIRST:
        text = pattern.sub(replacement, text)
    text = _ENGLISH.sub(_in_guillemets, _STRAIGHT.sub(_in_marks, text))
    for pattern, replacement in _THEN:
        text = pattern.sub(replacement, text)
    for address in addresses:
        text = text.replace(_PLACE, address, 1)
    return text


def correct_in(language: str, text: str) -> str:
    """Returns the text with the typography of its language, where this module has its rules."""
    return correct(text) if language == _LANGUAGE else text


def _in_marks(found: re.Match[str]) -> str:
    return f"“{found[1].strip()}”"


def _in_guillemets(found: re.Match[str]) -> str:
    """Replaces English quotation marks, except within guillemets, where they are right."""
    before = found.string[: found.start()]
    if before.count("«") > before.count("»"):
        return found.group()
    return f"«{_NARROW}{found[1].strip()}{_NARROW}»"


def corrections(text: str) -> Iterator[tuple[str, str]]:
    """Yields pairs of a wrong place with its neighbouring words, and its correction. They apply in this order."""
    right = correct(text)
    if right == text:
        return
    ours, theirs = (re.findall(r"\w+|\W", version) for version in (text, right))
    for tag, begin, end, first, last in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if tag != "equal":
            before, after = theirs[max(first - 2, 0) : first], ours[end : end + 2]
            yield "".join([*before, *ours[begin:end], *after]), "".join([*before, *theirs[first:last], *after])


@warning
def typography(page: Any, moment: datetime) -> Iterator[Finding]:
    """Yields one finding for each field, with its corrections."""
    if language_of(page) != _LANGUAGE:
        return
    for where, group in groupby(passages(page), key=lambda passage: passage.where):
        fix = tuple(pair for passage in group for pair in corrections(passage.text))
        if fix:
            yield Finding("typography", where, _message(len(fix), fix[0][0]), fix)


@lazy_message
def _message(number: int, example: str) -> str:
    text = ngettext(
        "French typography: %(number)d place, “%(example)s”.",
        "French typography: %(number)d places, the first “%(example)s”.",
        number,
    )
    return text % {"number": number, "example": example}
