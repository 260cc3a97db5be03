"""The check for long sentences, and the splitting of a text into sentences."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils.translation import gettext

from iom.checks.page_text import language_of, prose, rules_for
from iom.findings import Finding, lazy_message, warning

_END = re.compile(r"(?<=[.!?…])[»”\"’)\]\u00a0\u202f]{0,8}\s++(?=[«“\"‘(\[–—-]*[\s\u00a0\u202f]*[^\W_a-zà-ÿ])")
_LAST_WORD = re.compile(r"(?<![\w.])([\w.]+)\.$")
_INITIALS = re.compile(r"(?:\w\.)*\w")
_MAX_SHOWN = 60  # characters of a sentence in a message


def sentences(text: str, language: str) -> list[str]:
    """Splits a passage into sentences. A full stop after an abbreviation, an initial or in a number ends none."""
    abbreviations = rules_for(language).get("abbreviations", ())
    found: list[str] = []
    start = 0
    for end in _END.finditer(text):
        last = _LAST_WORD.search(text[start : end.start()])
        if last and (last[1].lower() in abbreviations or (_INITIALS.fullmatch(last[1]) and not last[1].isdigit())):
            continue
        found.append(text[start : end.start()] + end.group().rstrip())
        start = end.end()
    return [sentence.strip() for sentence in (*found, text[start:]) if sentence.strip()]


def count_words(text: str) -> int:
    """Counts the parts between spaces that have a letter or a digit. A no-break space does not separate words."""
    return sum(any(map(str.isalnum, part)) for part in re.split(r"[ \t\n]+", text))


@warning
def long_sentences(page: Any, moment: datetime) -> Iterator[Finding]:
    language = language_of(page)
    rules = rules_for(language)
    if not rules:
        return
    most = rules["longest_sentence"]
    for where, text, _is_quoted in prose(page):
        for sentence in sentences(text, language):
            if (number := count_words(sentence)) > most:
                yield Finding("long sentence", where, _message(number, most, sentence))


@lazy_message
def _message(number: int, most: int, sentence: str) -> str:
    short = sentence if len(sentence) <= _MAX_SHOWN else sentence[:_MAX_SHOWN].rsplit(" ", 1)[0] + "…"
    text = gettext("A sentence of %(number)d words: “%(sentence)s”. More than %(most)d are hard to read.")
    return text % {"number": number, "most": most, "sentence": short}
