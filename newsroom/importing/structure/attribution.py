"""The words that say who is quoted: behind the quotation, before it, or inside it."""

import re
from dataclasses import dataclass

from newsroom.importing.structure import vocabulary
from newsroom.importing.structure.people import Person, person, subject
from newsroom.importing.structure.quotation_marks import Quoted
from newsroom.importing.structure.speech import AFTER, BEFORE, CONTENT, INSERTED, OTHER_VERB, PRONOUN

WORDS_OF_TITLE = 7  # of a book or a film, at most, where no comma stands before the verb
LONGEST = 300  # characters of an attribution
LONGEST_SIGNATURE = 200
_LEAD = 4 * LONGEST  # characters before a quotation that may say who speaks
_SENTENCE_ENDS = re.compile(r"[.!?…]+[»”\")\]]*(?=\s|$)|\n\n")
_ABBREVIATED = re.compile(
    r"(?:^|[\s(])(?:[A-ZÀ-Þ]|M|Mr|Mrs|Ms|Dr|St|Prof|Gen|Sen|Amb|Hon|Rev|Capt|Col|Sgt|Lt|No|Jan|Feb|Sept|Oct|Nov|Dec"
    r"|U\.S|U\.N|[a-z]\.[a-z])\.$"
)
_BARE_TAIL = re.compile(rf"\s*(?:{vocabulary.pattern('bare_tail')})?\s*$", re.IGNORECASE)
_CIRCUMSTANCE = re.compile(rf"(?:{vocabulary.pattern('circumstance')})\b", re.IGNORECASE)
# « a lancé aux apprenties Mme Kabwe », « a déclaré hier à Genève le porte-parole »: whom and where, before who.
_TO_WHOM = re.compile(
    r"(?:\b(?:à|aux?|hier|aujourd[’']hui|ce matin|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|devant|lors d\S+"
    r"|en|dans)(?:\s+(?:l[ae]s?\s+|l[’'])?\w+[’'-]?\w*)?[,\s]+)+(?=(?:M\.|Mmes?|Mlle|Dr|Me)\s"
    r"|[A-ZÀ-Þ][\w’'-]+ [A-ZÀ-Þ]|l[ea]s?\s|l[’'])"
)
_SOMEONE = re.compile(
    r"\d+[- ](?:year|ans)|(?:(?:le|la|les|un|une|the|an?|mon|ma|son|sa|his|her|its|their|one|notre|our)\s|l[’'])"
    r"|[A-ZÀ-Þ]"
)
_SPACE_AND_MARKS = " ,;\n\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}"
# Words that continue the quoted sentence after an attribution inside it, and are no title of the speaker.
_GOES_ON = re.compile(rf"(?:{vocabulary.pattern('goes_on')})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Said:
    """Who said it, by words that go from `start` to `end`. `content`: they say more than that."""

    who: Person
    start: int
    end: int
    content: bool = False


def behind(text: str, quoted: Quoted, following: int) -> Said | None:
    """Who says it, by the words between the closing mark and the end of their sentence or the next quotation."""
    end = sentence_end(text, quoted.end, following)
    region = text[quoted.end : end]
    if len(region) > 2 * LONGEST or "\n\n" in region.strip() or not region.strip(" ."):
        return None
    words = region.lstrip(_SPACE_AND_MARKS)
    if words[:1] in "—–-":
        signed = _signed(words.lstrip("—–- "))
        return Said(signed, quoted.end, end) if signed.name or _is_signature(text, quoted, words) else None
    clause = words.rstrip(' .!?…,:;\n»”"')
    more = CONTENT.search(clause)
    inner_end = text[quoted.until - 1 : quoted.until]
    closed = inner_end in ".…" or region[:1] == "."
    is_marked = closed or inner_end in ",!?" or region.lstrip()[:1] == ","
    if not is_marked and text.count(" ", quoted.inner, quoted.until) < WORDS_OF_TITLE:
        return None  # « Les Voix du fleuve » raconte la vie des pêcheurs: a title
    if closed and region.rstrip().endswith(":"):
        return None  # a sentence of its own, which introduces the next quotation
    who = _who(clause[: more.start()] if more else clause, closed=closed)
    if who is None and is_marked and not closed:
        other = OTHER_VERB.match(clause)
        who = person(other["np"]) if other else None
    return Said(who, quoted.end, end, bool(more)) if who else None


def _signed(words: str) -> Person:
    """Whom a signature names: before its first comma; what is capitalized behind it is a place of a title."""
    who, head = person(words), words.partition(",")[0]
    return who if who.name in head else Person("", words.strip(" ."))


def _is_signature(text: str, quoted: Quoted, words: str) -> bool:
    """Whether a long dash and a title, without a full stop, end a paragraph that is all quotation."""
    is_all = not text[: quoted.start].strip() and text.endswith(words)
    return is_all and words.startswith("—") and len(words) <= LONGEST_SIGNATURE and words[-1] not in ".!?…:;,"


def _who(clause: str, *, closed: bool) -> Person | None:
    """Whom a clause behind a quotation attributes it to; a Person without name for a pronoun; None: to nobody."""
    for form, pattern in AFTER:
        found = pattern.match(clause)
        if not found:
            continue
        if form == "inverted":
            return Person()
        np = found["np"].strip(" ,")
        np = np[to_whom.end() :] if (to_whom := _TO_WHOM.match(np)) else np
        if form == "subject" and _is_subject(np, found["tail"], closed=closed, length=len(clause.split())):
            return person(np)
        if form == "verb" and (PRONOUN.match(np) or _SOMEONE.match(np) or person(np).name):
            return person(np)
    return None


def _is_subject(np: str, tail: str, *, closed: bool, length: int) -> bool:
    """Whether `X said …` is about the quotation before it, and not a sentence of its own: `X said that it rains.`"""
    if re.match(r"\s+(?:that|que|qu[’'])\b", tail) or not (PRONOUN.match(np) or _SOMEONE.match(np)):
        return False
    return not closed or (len(tail.split()) <= 4 and length <= 14)


def before(lead: str) -> tuple[Person, bool] | None:
    """Who is said to speak right before a quotation, and whether the words say nothing else."""
    if not lead.strip():
        return None
    parts = sentences(lead[-_LEAD:])
    last = parts[-1].strip()
    if last.endswith((".", "!", "?", "…")):
        return None
    clause = last.rstrip(" ,:\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}")
    is_alone = len(parts) == 1 and len(lead) <= _LEAD
    for pattern in BEFORE:
        found = pattern.match(clause)
        if not found or (found["tail"].strip() and not last.endswith(":")) or re.search(r"\b(?:que|that)$", clause):
            continue
        who, is_plain = _subject_before(found["np"].strip(" ,"))
        return who, is_plain and is_alone and bool(_BARE_TAIL.match(found["tail"]))
    return (subject(last), False) if last.endswith(":") else None


def _subject_before(np: str) -> tuple[Person, bool]:
    """Who the subject of the introducing sentence is, and whether it is nothing but a person."""
    is_plain = len(np.split()) <= 25
    while "," in np and _CIRCUMSTANCE.match(np):
        np, is_plain = np.partition(",")[2].strip(), False
    who = person(np)
    if who.name and (relative := re.search(r",?\s*\b(?:qui|who)\b", who.role)):
        return Person(who.name, who.role[: relative.start()], who.name_changed), False
    if not who.name and np and not PRONOUN.match(np):
        is_short = len(np.split()) <= 8
        named = subject(np)
        return (named if named.name else who if is_short else Person()), is_plain and is_short
    return who, is_plain


def of_sentence_before(lead: str) -> Person:
    """Whom the last sentence before a quotation begins with."""
    return subject(sentences(lead[-_LEAD:])[-1])


def inserted(words: str) -> Said | None:
    """« L’arbre est lent, explique Fatimata Ba, pépiniériste, mais … »: who is named inside the quoted words."""
    found = INSERTED.search(words)
    if not found:
        return None
    if not found["np"]:
        return Said(Person(), found.start(), found.end("clause"))
    end = found.end("clause")
    role = re.match(r",\s*(?P<role>[^,.;!?]{3,90})(?=[,.])", words[end:])
    if role and not _GOES_ON.match(role["role"]) and len(role["role"].split()) <= 12:
        end += role.end()
    np = words[found.start("np") : end]
    who = person(np[to_whom.end() :] if (to_whom := _TO_WHOM.match(np)) else np)
    return Said(who, found.start(), end) if who.name or _SOMEONE.match(found["np"]) else None


def sentences(text: str) -> list[str]:
    """The sentences of a text; one at least."""
    result, start = list[str](), 0
    for found in _SENTENCE_ENDS.finditer(text):
        if not _ABBREVIATED.search(text[start : found.end()]) and text[start : found.end()].strip():
            result.append(text[start : found.end()])
            start = found.end()
    return [*result, text[start:]] if text[start:].strip() or not result else result


def sentence_end(text: str, start: int, limit: int) -> int:
    """Where the sentence ends that the words behind a quotation belong to; at most at the next quotation."""
    for found in _SENTENCE_ENDS.finditer(text, start, limit):
        stretch = text[start : found.end()]
        if found.start() > start and not _ABBREVIATED.search(stretch) and stretch.strip(' .»”"'):
            return found.start() if found[0] == "\n\n" else found.end()
    return limit
