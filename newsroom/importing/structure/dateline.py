"""Parses the dateline, the place and date before the text: `Genève/ Port-au-Prince, 9 mars –`."""

import re
from dataclasses import dataclass, replace

from newsroom.importing.structure import dates, places
from newsroom.importing.structure.vocabulary import key
from newsroom.release import Dateline

MAX_LENGTH = 140  # characters of a dateline
# A dash with a space on at least one side, a long dash without spaces, or the two hyphens of a typewriter
_DASH = re.compile(
    r"\s*/?\s--+\s*|\s*[-‐‑–—―]+(?=\s)|\s[-‐‑–—―]+(?=\S)|(?<=[^\W\d_)])[–—―](?=\S)|(?<=\d)[–—―](?=[^\W\d_])"
)
_AGENCY = re.compile(r"[\s,]*\((?P<agency>[^()\d]{2,20})\)[\s/,]*$")
_LINKING_WORD_LIST = "de du des la le les l d en sur et and of the au aux à y del dos da do es el al in near près"
_LINKING_WORDS = frozenset(_LINKING_WORD_LIST.split())
_NOT_A_PLACE = re.compile(
    r"(?:the|an?|un|une|l[’']|this|these|ces?|cette|mr|mrs|ms|m\.|mme|dr|selon|depuis|pour|in|en|à|at)(?:\s|(?<=[’']))",
    re.I,
)
_ACRONYM = re.compile(r"[A-ZÀ-Þ]{2,6}")


@dataclass(frozen=True, slots=True)
class DatelineMatch:
    """A dateline, its day where one is printed, and the start of the text after it."""

    dateline: Dateline
    day: dates.Day | None
    end: int


def parse(text: str) -> DatelineMatch | None:
    """Returns the dateline at the beginning of the paragraph, or None."""
    for dash in _DASH.finditer(text, 0, MAX_LENGTH):
        printed, rest = text[: dash.start()], text[dash.end() :].lstrip()
        if printed.count("(") > printed.count(")"):
            continue
        found = _parse_printed(printed.strip(), rest)
        if found:
            dateline, day = found
            return _with_day(text, DatelineMatch(dateline, day, len(text) - len(rest)))
        # The next dash counts only if a place name contains this one: « Bosnie - Herzégovine - … ».
        if len(printed) > 40 or not _looks_like_place(printed.strip()):
            return None
    return None


def _with_day(text: str, found: DatelineMatch) -> DatelineMatch:
    """Adds a day between two dashes to the dateline: `Kinshasa - 12 octobre 2007 - L’école …`."""
    dash = _DASH.search(text, found.end, found.end + 40)
    between = text[found.end : dash.start()].strip() if dash else ""
    day = dates.find(between)
    if found.day or not dash or not day or day.printed != between:
        return found
    rest = text[dash.end() :].lstrip()
    line = replace(found.dateline, printed=text[: dash.start()].strip(), date=day.exact)
    return DatelineMatch(line, day, len(text) - len(rest))


def _parse_printed(printed: str, rest: str) -> tuple[Dateline, dates.Day | None] | None:
    """Returns the dateline and its day, if `printed` is a dateline and a sentence follows; else None."""
    if not printed or len(rest) < 2:
        return None
    agency = _AGENCY.search(printed)
    named = printed[: agency.start()] if agency and not places.countries_in(agency["agency"]) else printed
    named = named.strip(" ,/")
    day = dates.find(named)
    place = named
    if day:
        place = (named[: day.start] + named[day.start + len(day.printed) :]).strip(" ,;/")
        place = re.sub(r"(?:[\s,]+(?:le|on|the))+$", "", place.rstrip(". ")).strip(" ,;/")
    if not _is_place(place, rest, dated=day is not None):
        return None
    return Dateline(place, printed, day.exact if day else None), day


def _is_place(place: str, rest: str, *, dated: bool) -> bool:
    if place and any(key(part) not in places.known_places() for part in places.split_names(place)):
        if not _looks_like_place(place) or not _begins_sentence(rest):
            return False
    elif place and not _begins_sentence(rest):
        return not _has_closing_dash(rest)
    return bool(place) or dated


def _looks_like_place(place: str) -> bool:
    """Returns whether the words are capitalized, with linking words between: « Port-au-Prince », not « L’OIM »."""
    words = re.findall(r"[^\s,/&;]+", place)
    if not 1 <= len(words) <= 9 or re.search(r"[.:!?«»“”\"*]", place.replace("St.", "St").replace("D.C.", "DC")):
        return False
    if (_NOT_A_PLACE.match(place) and place.split()[0] not in {"La", "Le", "Les", "The"}) or _ACRONYM.fullmatch(place):
        return False
    if words[0] == "The" and len(words) != 2:
        return False
    bare = [re.sub(r"^(?:[dl][’'])", "", word).strip("()") for word in words]
    if not all(word.casefold() in _LINKING_WORDS or not word or word[0].isupper() for word in bare):
        return False
    return words[-1].casefold() not in _LINKING_WORDS and words[0][0].isupper()


def _begins_sentence(rest: str) -> bool:
    """Returns whether a sentence begins after the dash, and no aside that a second dash closes."""
    first = rest.lstrip("«“\"‘'( \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}")[:1]
    return (first.isupper() or first.isdigit()) and not _has_closing_dash(rest)


def _has_closing_dash(rest: str) -> bool:
    """Returns whether a second dash closes an aside in the first sentence: `Sea – The one at home – has …`."""
    sentence = re.split(r"[.!?;:«“\"](?:\s|$)", rest, maxsplit=1)[0]
    found = re.search(r"\s[-–—]\s", sentence[:90])
    after = sentence[found.end() :] if found else ""
    return bool(re.match(r"(?:[^\W\d_]+\s){0,1}(?:est|a|ont|sont|is|are|has|have|was|were|will)\b", after))
