"""Checks for unexplained acronyms, and for words such as "yesterday" without a date."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils.translation import gettext

from iom.checks.page_text import Passage, language_of, passages, prose, rules_for
from iom.checks.sentences import sentences
from iom.findings import Finding, lazy_message, warning

_ACRONYM = re.compile(r"(?<![\w-])(?=[A-ZÀ-Þ0-9-]*[A-ZÀ-Þ]{2})[A-ZÀ-Þ][A-ZÀ-Þ0-9]+(?:-[A-ZÀ-Þ0-9]+)*s?(?!\w|-\w)")
_ROMAN = re.compile(r"X{0,3}(?:IX|IV|V?I{0,3})|X[LC]\w*|L?X{0,3}V?I{0,3}")
_QUOTED = re.compile(r"«[^»]*»|“[^”]*”|\"[^\"]*\"")
_CAPITAL_WORDS = re.compile(r"[^\W\d_]{2,}")


def acronyms(passage: str, language: str) -> Iterator[re.Match[str]]:
    """Yields the acronyms of a passage that not every reader knows. Leaves out codes and lines in capital letters."""
    known = rules_for(language)["known"]
    words = _CAPITAL_WORDS.findall(passage)
    if len(words) > 2 and sum(word.isupper() for word in words) * 2 > len(words):
        return
    for found in _ACRONYM.finditer(passage):
        name = found.group()
        is_code = re.match(r"[ \u00a0]\d+\b(?![ \u00a0\u202f,.]\d)(?!\s+[^\W\d_])", passage[found.end() :])
        if name in known or name.rstrip("s") in known or _ROMAN.fullmatch(name) or is_code:
            continue
        yield found


def unexplained_acronyms(texts: list[str], language: str) -> list[tuple[int, str]]:
    """Returns the acronyms that are not explained at their first use, each with the index of its text before it."""
    explaining = rules_for(language)["explaining"]
    seen: set[str] = set()
    found = []
    for number, text in enumerate(texts):
        for match in acronyms(text, language):
            name = match.group()
            key = name.rstrip("s")
            if key not in seen and not _is_explained(text, match, explaining):
                found.append((number, name))
            seen.add(key)
    return found


def _is_explained(text: str, match: re.Match[str], explaining: str) -> bool:
    """Matches “the Court of Justice (ICJ)”, “ICJ (Court of Justice)”, “the Court, or ICJ” and “ICJ – the Court …”."""
    before, after = text[: match.start()], text[match.end() :]
    name = match.group()
    if re.search(r"[^\W\d_]{2,}[»”’]?\s\($", before) and re.match(r"[\u00a0\u202f ]*(?:[);]|,(?!\s?\d))", after):
        return True
    if re.search(rf"[^\W\d_]{{2,}},\s(?:{explaining})\s(?:\w+[’ ])?$", before):
        return True
    words = r"[^\W\d_]{2,}(?:[\s’-]+[^\W\d_]+)+"
    return bool(
        re.match(
            rf"\s\((?!{re.escape(name)}\b)(?:\w+[’ ])?{words}|,\s(?:{explaining})\s{words}|\s[–—]\s{words}", after
        )
    )


@warning
def unknown_acronyms(page: Any, moment: datetime) -> Iterator[Finding]:
    """Reports unexplained acronyms. The text may explain those of the title."""
    language = language_of(page)
    if not rules_for(language):
        return
    texts = [*prose(page), *_title(page)]
    for number, name in unexplained_acronyms([passage.text for passage in texts], language):
        yield Finding("acronym", texts[number].where, _acronym(name))


@lazy_message
def _acronym(name: str) -> str:
    return gettext("“%(name)s” is not explained. Write its full name first, then the acronym in parentheses.") % {
        "name": name
    }


def undated_words(text: str, language: str) -> list[str]:
    """Returns words such as "yesterday" without a date in the same sentence. Ignores text in quotation marks."""
    rules = rules_for(language)
    found = []
    for sentence in sentences(_QUOTED.sub(" ", text), language):
        straight = sentence.replace("'", "’")
        is_dated = any(re.search(pattern, straight, re.IGNORECASE) for pattern in rules["dates"])
        if not is_dated and not any(re.search(pattern, straight, re.IGNORECASE) for pattern in rules["figurative"]):
            found += re.findall(rules["relative_days"], straight, re.IGNORECASE)
    return found


@warning
def undated_days(page: Any, moment: datetime) -> Iterator[Finding]:
    language = language_of(page)
    if not rules_for(language):
        return
    unquoted = [passage for passage in (*_title(page), *prose(page)) if not passage.is_quoted]
    for passage in unquoted:
        for word in undated_words(passage.text, language):
            yield Finding("undated day", passage.where, _undated(word))


def _title(page: Any) -> list[Passage]:
    return [passage for passage in passages(page) if passage.where == ("title",)]


@lazy_message
def _undated(word: str) -> str:
    return gettext("“%(word)s”: readers of another day do not know which day. Add the date.") % {"word": word}
