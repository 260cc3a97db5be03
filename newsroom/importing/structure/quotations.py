"""Extracts quotations and their speakers from a paragraph. A quoted phrase within a sentence stays in the text."""

import re
from dataclasses import dataclass, replace

from newsroom.importing.readers.passages import Kind, Passage
from newsroom.importing.structure import attribution, quotation_marks
from newsroom.importing.structure.attribution import Attribution
from newsroom.importing.structure.people import Person, is_name
from newsroom.importing.structure.quotation_marks import QuotedText
from newsroom.release import Quotation

_STARTS = re.compile(r"(?:^|[.!?…:]['’»”\")\]]*|[»”\"])\s*$")
_NEW_SENTENCE = re.compile(r"\s*[.!?]?\s+[A-ZÀ-Þ«“\"]")
_OPENING = ("«", "“", '"', "„")
_CLOSED = re.compile(r"[»”\"]\.?$")
_WORD = re.compile(r"\w+")
MAX_SIGNATURE_LENGTH = 120


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a paragraph: a `quotation`, an attribution, or text."""

    start: int
    end: int
    quotation: Quotation | None = None
    is_attribution: bool = False


def join_attributions(passages: list[Passage]) -> list[Passage]:
    """Joins each passage that attributes a quotation in the passage below or above it with this quotation."""
    result: list[Passage] = []
    for passage in passages:
        above = result[-1] if result else None
        if above and (_introduces(above, passage) or _signs(above, passage)):
            between = " — " if _signs(above, passage) and passage.text[:1] not in "—–-" else " "
            text = f"{above.text}{between}{passage.text}"
            result[-1] = replace(above, text=text, spans=())
        else:
            result.append(passage)
    return result


def _introduces(above: Passage, passage: Passage) -> bool:
    """Returns whether « X a ajouté : » stands above a paragraph with the quotation."""
    return (
        passage.kind is above.kind is Kind.PARAGRAPH
        and above.text.endswith(":")
        and passage.text.startswith(_OPENING)
        and len(above.text) < attribution.MAX_LENGTH
        and attribution.find_before(above.text) is not None
    )


def _signs(above: Passage, passage: Passage) -> bool:
    """Returns whether a name with a title stands below a paragraph that is only a quotation."""
    text = passage.text
    is_quotation = above.kind is Kind.PARAGRAPH and above.text.startswith(_OPENING) and _CLOSED.search(above.text)
    if not is_quotation or passage.kind not in (Kind.PARAGRAPH, Kind.HEADING) or len(text) > MAX_SIGNATURE_LENGTH:
        return False
    if text.endswith((".", "!", "?", ":", ";")) or len(quotation_marks.find_quoted(above.text)[0]) != 1:
        return False
    return is_name(text.lstrip("—–- ").partition(",")[0])


def split_paragraph(text: str) -> list[Piece]:
    """Splits a paragraph into its parts, in order. Every word is in a part; an attribution may be in two."""
    quoted = quotation_marks.find_quoted(text)[0] if len(text) <= quotation_marks.MAX_PARAGRAPH_LENGTH else []
    pieces: list[Piece] = []
    at, index = 0, 0
    while index < len(quoted):
        parser = _QuotationParser(text, at, quoted, index)
        if not parser.is_quotation:
            index += 1
            continue
        pieces += parser.pieces()
        at, index = parser.end, parser.next
    if text[at:].strip():
        pieces.append(Piece(at, len(text)))
    return pieces


class _QuotationParser:
    """Parses quoted words with the lead before them, from `at` on, and their attributions."""

    def __init__(self, text: str, at: int, quoted: list[QuotedText], index: int) -> None:
        self._text, self._at, self._quoted = text, at, quoted
        self._first = quoted[index]
        self.end, self.next = self._first.end, index + 1
        self._lead = text[at : self._first.start]
        self._words = [text[self._first.inner : self._first.until]]
        self._after: list[Attribution] = []
        self._first_after = self._find_after(index)
        self._before = attribution.find_before(self._lead)
        self._inserted = None if self._first_after else attribution.find_inside(self._words[0])
        self.is_quotation = self._is_quotation()

    def pieces(self) -> list[Piece]:
        """Returns the parts of the text from `at` to `end`."""
        speaker_after = self._collect_attributions() if self._first_after else Person()
        if not self._after:
            self.end += len(re.match(r"\s?[.,]?", self._text[self.end :])[0])  # type: ignore[index]
        speaker, is_bare = self._speaker(speaker_after)
        pieces = [Piece(self._at, self._first.start, is_attribution=is_bare)] if self._lead.strip() else []
        if self._inserted:
            start = self._first.inner + self._inserted.start
            pieces.append(Piece(start, self._first.inner + self._inserted.end, is_attribution=True))
            self._words[0] = _remove_attribution(self._words[0], self._inserted)
        quotation = Quotation(tuple(_join_parts(self._words)), speaker.name, speaker.role, speaker.name_changed)
        pieces.append(Piece(self._first.start, self.end, quotation))
        return [*pieces, *(Piece(one.start, one.end, is_attribution=not one.has_content) for one in self._after)]

    def _is_quotation(self) -> bool:
        """Returns whether the words are a quotation, and not a quoted phrase within a sentence."""
        words, rest = self._words[0], self._text[self._first.end :]
        starts, is_sentence = bool(_STARTS.search(self._lead)), _is_sentence(words)
        if self._first_after:
            return starts or (self._before is not None and is_sentence)
        if not is_sentence:
            return False
        ends_here = not rest.strip(" .,;\n\N{NO-BREAK SPACE}") or bool(_NEW_SENTENCE.match(rest[:9]))
        if self._before and (ends_here or words[-1:] in ".!?…"):
            return True
        if starts and self._inserted and ends_here:
            return True
        is_last = not rest.strip(" .")
        return starts and is_last and len(_WORD.findall(words)) > (4 if self._lead.strip() else 3)

    def _find_after(self, index: int) -> Attribution | None:
        following = self._quoted[index + 1].start if index + 1 < len(self._quoted) else len(self._text)
        return attribution.find_after(self._text, self._quoted[index], following)

    def _collect_attributions(self) -> Person:
        """Takes the attributions after the words, and the further quoted words between them.

        Returns the first speaker with a name.
        """
        speaker, found = Person(), self._first_after
        while found:
            speaker = speaker if speaker.name else found.speaker
            self._after.append(found)
            self.end = found.end
            if found.has_content or self.next >= len(self._quoted):
                break
            further = self._quoted[self.next]
            if self._text[self.end : further.start].strip(" ,;:\n"):
                break
            found = self._find_after(self.next)
            if found and found.speaker.name and speaker.name and found.speaker.name != speaker.name:
                break  # another speaker
            self._words.append(self._text[further.inner : further.until])
            self.end, self.next = further.end, self.next + 1
        return speaker

    def _speaker(self, after: Person) -> tuple[Person, bool]:
        """Returns the speaker, by the attribution inside, after or before the words.

        Also returns whether the lead only attributes the quotation.
        """
        if self._inserted:
            return self._inserted.speaker, False
        if self._before and not self._after:
            return self._before
        if after.name or after.role or not self._lead.strip():
            return after, False
        if self._before and self._before[0].name:
            return self._before[0], False
        return attribution.find_in_last_sentence(self._lead), False


def _is_sentence(words: str) -> bool:
    """Returns whether quoted words can stand alone: at least two words that begin like a sentence."""
    first = words.lstrip("([“‘«’'…. ")[:1]
    return (first.isupper() or first.isdigit()) and len(_WORD.findall(words)) >= 2


def _remove_attribution(words: str, inserted: Attribution) -> str:
    """Removes the attribution inside quoted words: « L’arbre est lent, mais ses racines tiennent la dune. »"""
    rest = words[inserted.end :].lstrip()
    return words[: inserted.start] + (rest if rest[:1] in ",.;:!?" else f", {rest}")


def _join_parts(parts: list[str]) -> list[str]:
    """Joins the parts of a quotation, between which attributions may have stood. Returns its paragraphs."""
    text = ""
    for part in parts:
        if text:
            is_new = part.lstrip("([“‘«")[:1].isupper()
            text += " " if text[-1:] in ".!?…;:" else ". " if is_new else ", "
        text += part.strip().rstrip(",").rstrip()
    return [paragraph.strip() for paragraph in text.split("\n\n") if paragraph.strip()]
