"""Finds the attribution of a quotation: the words after, before or inside it that name the speaker."""

import re
from dataclasses import dataclass

from newsroom.importing.structure import vocabulary
from newsroom.importing.structure.people import Person, parse_person, parse_subject
from newsroom.importing.structure.quotation_marks import QuotedText
from newsroom.importing.structure.speech_verbs import (
    AFTER_QUOTATION,
    BEFORE_QUOTATION,
    FURTHER_CONTENT,
    INSIDE_QUOTATION,
    PRONOUN,
    UNLISTED_VERB,
)

MAX_TITLE_WORDS = 7  # words of a book's or film's title, which no comma separates from the verb
MAX_LENGTH = 300  # characters of an attribution
MAX_SIGNATURE_LENGTH = 200  # characters
_MAX_LEAD_LENGTH = 4 * MAX_LENGTH  # characters before a quotation that are searched for the speaker
_SENTENCE_ENDS = re.compile(r"[.!?…]+[»”\")\]]*(?=\s|$)|\n\n")
_ABBREVIATION_END = re.compile(
    r"(?:^|[\s(])(?:[A-ZÀ-Þ]|M|Mr|Mrs|Ms|Dr|St|Prof|Gen|Sen|Amb|Hon|Rev|Capt|Col|Sgt|Lt|No|Jan|Feb|Sept|Oct|Nov|Dec"
    r"|U\.S|U\.N|[a-z]\.[a-z])\.$"
)
_BARE_TAIL = re.compile(rf"\s*(?:{vocabulary.pattern('bare_tail')})?\s*$", re.IGNORECASE)
_CIRCUMSTANCE = re.compile(rf"(?:{vocabulary.pattern('circumstance')})\b", re.IGNORECASE)
# Addressee, time or place before the speaker: « a lancé aux apprenties Mme Kabwe », « a déclaré hier à Genève le … »
_ADDRESSEE = re.compile(
    r"(?:\b(?:à|aux?|hier|aujourd[’']hui|ce matin|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|devant|lors d\S+"
    r"|en|dans)(?:\s+(?:l[ae]s?\s+|l[’'])?\w+[’'-]?\w*)?[,\s]+)+(?=(?:M\.|Mmes?|Mlle|Dr|Me)\s"
    r"|[A-ZÀ-Þ][\w’'-]+ [A-ZÀ-Þ]|l[ea]s?\s|l[’'])"
)
_PERSON_START = re.compile(
    r"\d+[- ](?:year|ans)|(?:(?:le|la|les|un|une|the|an?|mon|ma|son|sa|his|her|its|their|one|notre|our)\s|l[’'])"
    r"|[A-ZÀ-Þ]"
)
_SPACE_AND_MARKS = " ,;\n\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}"
# Words that continue the quoted sentence after an attribution inside it; they are no title of the speaker.
_CONTINUES_SENTENCE = re.compile(rf"(?:{vocabulary.pattern('goes_on')})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Attribution:
    """An attribution from `start` to `end`. `has_content`: its words contain more than who speaks and when."""

    speaker: Person
    start: int
    end: int
    has_content: bool = False


def find_after(text: str, quoted: QuotedText, following: int) -> Attribution | None:
    """Returns the attribution that follows a quotation, or None.

    It looks from the closing mark to the end of the sentence or the next quotation, which starts at `following`.
    """
    end = find_sentence_end(text, quoted.end, following)
    region = text[quoted.end : end]
    if len(region) > 2 * MAX_LENGTH or "\n\n" in region.strip() or not region.strip(" ."):
        return None
    words = region.lstrip(_SPACE_AND_MARKS)
    if words[:1] in "—–-":
        signed = _parse_signature(words.lstrip("—–- "))
        return Attribution(signed, quoted.end, end) if signed.name or _is_signature(text, quoted, words) else None
    clause = words.rstrip(' .!?…,:;\n»”"')
    more = FURTHER_CONTENT.search(clause)
    inner_end = text[quoted.until - 1 : quoted.until]
    closed = inner_end in ".…" or region[:1] == "."
    is_marked = closed or inner_end in ",!?" or region.lstrip()[:1] == ","
    if not is_marked and text.count(" ", quoted.inner, quoted.until) < MAX_TITLE_WORDS:
        return None  # a title: « Les Voix du fleuve » raconte la vie des pêcheurs
    if closed and region.rstrip().endswith(":"):
        return None  # a separate sentence that introduces the next quotation
    speaker = _match_speaker(clause[: more.start()] if more else clause, closed=closed)
    if speaker is None and is_marked and not closed:
        other = UNLISTED_VERB.match(clause)
        speaker = parse_person(other["np"]) if other else None
    return Attribution(speaker, quoted.end, end, bool(more)) if speaker else None


def _parse_signature(words: str) -> Person:
    """Returns the person of a signature. The name precedes the first comma; capitals after it belong to the title."""
    speaker, head = parse_person(words), words.partition(",")[0]
    return speaker if speaker.name in head else Person("", words.strip(" ."))


def _is_signature(text: str, quoted: QuotedText, words: str) -> bool:
    """Returns whether a long dash and a title without a full stop end a paragraph that is only a quotation."""
    is_all = not text[: quoted.start].strip() and text.endswith(words)
    return is_all and words.startswith("—") and len(words) <= MAX_SIGNATURE_LENGTH and words[-1] not in ".!?…:;,"


def _match_speaker(clause: str, *, closed: bool) -> Person | None:
    """Returns the speaker in the clause after a quotation: a Person without a name for a pronoun, None for nobody."""
    for form, pattern in AFTER_QUOTATION:
        found = pattern.match(clause)
        if not found:
            continue
        if form == "inverted":
            return Person()
        np = found["np"].strip(" ,")
        np = np[addressee.end() :] if (addressee := _ADDRESSEE.match(np)) else np
        if form == "subject" and _is_attribution(np, found["tail"], closed=closed, length=len(clause.split())):
            return parse_person(np)
        if form == "verb" and (PRONOUN.match(np) or _PERSON_START.match(np) or parse_person(np).name):
            return parse_person(np)
    return None


def _is_attribution(np: str, tail: str, *, closed: bool, length: int) -> bool:
    """Returns whether `X said …` attributes the quotation before it. `X said that it rains.` does not."""
    if re.match(r"\s+(?:that|que|qu[’'])\b", tail) or not (PRONOUN.match(np) or _PERSON_START.match(np)):
        return False
    return not closed or (len(tail.split()) <= 4 and length <= 14)


def find_before(lead: str) -> tuple[Person, bool] | None:
    """Returns the speaker named right before a quotation, and whether the lead contains nothing else; or None."""
    if not lead.strip():
        return None
    parts = split_sentences(lead[-_MAX_LEAD_LENGTH:])
    last = parts[-1].strip()
    if last.endswith((".", "!", "?", "…")):
        return None
    clause = last.rstrip(" ,:\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}")
    is_alone = len(parts) == 1 and len(lead) <= _MAX_LEAD_LENGTH
    for pattern in BEFORE_QUOTATION:
        found = pattern.match(clause)
        if not found or (found["tail"].strip() and not last.endswith(":")) or re.search(r"\b(?:que|that)$", clause):
            continue
        speaker, is_plain = _parse_introduced_speaker(found["np"].strip(" ,"))
        return speaker, is_plain and is_alone and bool(_BARE_TAIL.match(found["tail"]))
    return (parse_subject(last), False) if last.endswith(":") else None


def _parse_introduced_speaker(np: str) -> tuple[Person, bool]:
    """Returns the subject of the introducing sentence, and whether it consists of a person only."""
    is_plain = len(np.split()) <= 25
    while "," in np and _CIRCUMSTANCE.match(np):
        np, is_plain = np.partition(",")[2].strip(), False
    speaker = parse_person(np)
    if speaker.name and (relative := re.search(r",?\s*\b(?:qui|who)\b", speaker.role)):
        return Person(speaker.name, speaker.role[: relative.start()], speaker.name_changed), False
    if not speaker.name and np and not PRONOUN.match(np):
        is_short = len(np.split()) <= 8
        named = parse_subject(np)
        return (named if named.name else speaker if is_short else Person()), is_plain and is_short
    return speaker, is_plain


def find_in_last_sentence(lead: str) -> Person:
    """Returns the person at the beginning of the last sentence before a quotation."""
    return parse_subject(split_sentences(lead[-_MAX_LEAD_LENGTH:])[-1])


def find_inside(words: str) -> Attribution | None:
    """Returns the attribution inside quoted words: « L’arbre est lent, explique Fatimata Ba, pépiniériste, mais … »"""
    found = INSIDE_QUOTATION.search(words)
    if not found:
        return None
    if not found["np"]:
        return Attribution(Person(), found.start(), found.end("clause"))
    end = found.end("clause")
    role = re.match(r",\s*(?P<role>[^,.;!?]{3,90})(?=[,.])", words[end:])
    if role and not _CONTINUES_SENTENCE.match(role["role"]) and len(role["role"].split()) <= 12:
        end += role.end()
    np = words[found.start("np") : end]
    speaker = parse_person(np[addressee.end() :] if (addressee := _ADDRESSEE.match(np)) else np)
    return Attribution(speaker, found.start(), end) if speaker.name or _PERSON_START.match(found["np"]) else None


def split_sentences(text: str) -> list[str]:
    """Returns the sentences of a text, at least one."""
    result, start = list[str](), 0
    for found in _SENTENCE_ENDS.finditer(text):
        if not _ABBREVIATION_END.search(text[start : found.end()]) and text[start : found.end()].strip():
            result.append(text[start : found.end()])
            start = found.end()
    return [*result, text[start:]] if text[start:].strip() or not result else result


def find_sentence_end(text: str, start: int, limit: int) -> int:
    """Returns the end of the sentence that continues at `start`, or `limit` (the next quotation)."""
    for found in _SENTENCE_ENDS.finditer(text, start, limit):
        stretch = text[start : found.end()]
        if found.start() > start and not _ABBREVIATION_END.search(stretch) and stretch.strip(' .»”"'):
            return found.start() if found[0] == "\n\n" else found.end()
    return limit
