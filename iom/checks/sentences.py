"""Long sentences, and how a text is divided into sentences."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils.translation import gettext

from iom.checks.reading import language_of, prose, rules
from iom.findings import Finding, said, warning

_END = re.compile(r"(?<=[.!?…])[»”\"’)\]\u00a0\u202f]{0,8}\s++(?=[«“\"‘(\[–—-]*[\s\u00a0\u202f]*[^\W_a-zà-ÿ])")
_LAST_WORD = re.compile(r"([\w.]+)\.$")
_INITIALS = re.compile(r"(?:\w\.)*\w")
_BEGINNING = 60  # characters of a sentence that are shown


def sentences(text: str, language: str) -> list[str]:
    """The sentences of a passage. A point after an abbreviation, an initial or in a number ends none."""
    known = rules(language).get("abbreviations", ())
    found: list[str] = []
    start = 0
    for end in _END.finditer(text):
        last = _LAST_WORD.search(text[start : end.start()])
        if last and (last[1].lower() in known or (_INITIALS.fullmatch(last[1]) and not last[1].isdigit())):
            continue
        found.append(text[start : end.start()] + end.group().rstrip())
        start = end.end()
    return [one.strip() for one in (*found, text[start:]) if one.strip()]


def words(text: str) -> int:
    """What stands between spaces and has a letter or a digit; a no-break space parts nothing."""
    return sum(any(map(str.isalnum, part)) for part in re.split(r"[ \t\n]+", text))


@warning
def long_sentences(page: Any, moment: datetime) -> Iterator[Finding]:
    language = language_of(page)
    known = rules(language)
    if not known:
        return
    most = known["longest_sentence"]
    for where, text, _is_quoted in prose(page):
        for one in sentences(text, language):
            if (number := words(one)) > most:
                yield Finding("long sentence", where, _message(number, most, one))


@said
def _message(number: int, most: int, sentence: str) -> str:
    short = sentence if len(sentence) <= _BEGINNING else sentence[:_BEGINNING].rsplit(" ", 1)[0] + "…"
    text = gettext("A sentence of %(number)d words: “%(sentence)s”. More than %(most)d are hard to read.")
    return text % {"number": number, "most": most, "sentence": short}
