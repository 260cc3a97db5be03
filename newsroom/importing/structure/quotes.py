"""Takes quotations from a paragraph, with who said them; a phrase in quotation marks stays in its sentence."""

import re
from dataclasses import dataclass, replace

from newsroom.importing.readers.passages import Kind, Passage
from newsroom.importing.structure import attribution, quotation_marks
from newsroom.importing.structure.attribution import Said
from newsroom.importing.structure.people import Person, is_name
from newsroom.importing.structure.quotation_marks import Quoted
from newsroom.release import Quotation

_STARTS = re.compile(r"(?:^|[.!?…:]['’»”\")\]]*|[»”\"])\s*$")
_NEW_SENTENCE = re.compile(r"\s*[.!?]?\s+[A-ZÀ-Þ«“\"]")
_OPENING = ("«", "“", '"', "„")
_CLOSED = re.compile(r"[»”\"]\.?$")
_WORD = re.compile(r"\w+")
LONGEST_SIGNATURE = 120


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a paragraph: a `quotation`, words that only attribute one (`attributes`), or text."""

    start: int
    end: int
    quotation: Quotation | None = None
    attributes: bool = False


def join(passages: list[Passage]) -> list[Passage]:
    """The passages, where one that says who speaks, above a quotation or below it, is one with the quotation."""
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
    """« X a ajouté : », and the quotation in the paragraph below."""
    return (
        passage.kind is above.kind is Kind.PARAGRAPH
        and above.text.endswith(":")
        and passage.text.startswith(_OPENING)
        and len(above.text) < attribution.LONGEST
        and attribution.before(above.text) is not None
    )


def _signs(above: Passage, passage: Passage) -> bool:
    """A paragraph that is all quotation, and a name with its title on the line below."""
    text = passage.text
    is_quotation = above.kind is Kind.PARAGRAPH and above.text.startswith(_OPENING) and _CLOSED.search(above.text)
    if not is_quotation or passage.kind not in (Kind.PARAGRAPH, Kind.HEADING) or len(text) > LONGEST_SIGNATURE:
        return False
    if text.endswith((".", "!", "?", ":", ";")) or len(quotation_marks.find(above.text)[0]) != 1:
        return False
    return is_name(text.lstrip("—–- ").partition(",")[0])


def split(text: str) -> list[Piece]:
    """The parts of a paragraph in their order. Every word is in one; the words that attribute may be in two."""
    quoted = quotation_marks.find(text)[0] if len(text) <= quotation_marks.LONGEST else []
    pieces: list[Piece] = []
    at, index = 0, 0
    while index < len(quoted):
        taken = _Taken(text, at, quoted, index)
        if not taken.is_quotation:
            index += 1
            continue
        pieces += taken.pieces()
        at, index = taken.end, taken.next
    if text[at:].strip():
        pieces.append(Piece(at, len(text)))
    return pieces


class _Taken:
    """Quoted words, with what stands before them from `at` on, and the words that attribute them."""

    def __init__(self, text: str, at: int, quoted: list[Quoted], index: int) -> None:
        self._text, self._at, self._quoted = text, at, quoted
        self._first = quoted[index]
        self.end, self.next = self._first.end, index + 1
        self._lead = text[at : self._first.start]
        self._words = [text[self._first.inner : self._first.until]]
        self._behind: list[Said] = []
        self._said = self._behind_at(index)
        self._before = attribution.before(self._lead)
        self._inserted = None if self._said else attribution.inserted(self._words[0])
        self.is_quotation = self._is_quotation()

    def pieces(self) -> list[Piece]:
        """What the text up to `end` is made of."""
        said_by = self._collect() if self._said else Person()
        if not self._behind:
            self.end += len(re.match(r"\s?[.,]?", self._text[self.end :])[0])  # type: ignore[index]
        who, is_bare = self._speaker(said_by)
        pieces = [Piece(self._at, self._first.start, attributes=is_bare)] if self._lead.strip() else []
        if self._inserted:
            start = self._first.inner + self._inserted.start
            pieces.append(Piece(start, self._first.inner + self._inserted.end, attributes=True))
            self._words[0] = _without(self._words[0], self._inserted)
        quotation = Quotation(tuple(_paragraphs(self._words)), who.name, who.role, who.name_changed)
        pieces.append(Piece(self._first.start, self.end, quotation))
        return [*pieces, *(Piece(said.start, said.end, attributes=not said.content) for said in self._behind)]

    def _is_quotation(self) -> bool:
        """Whether someone is quoted, and it is not a phrase in its sentence."""
        words, rest = self._words[0], self._text[self._first.end :]
        starts, is_sentence = bool(_STARTS.search(self._lead)), _is_sentence(words)
        if self._said:
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

    def _behind_at(self, index: int) -> Said | None:
        following = self._quoted[index + 1].start if index + 1 < len(self._quoted) else len(self._text)
        return attribution.behind(self._text, self._quoted[index], following)

    def _collect(self) -> Person:
        """Takes the words behind, and as long as the quotation goes on after them, that too. Who is named first."""
        who, said = Person(), self._said
        while said:
            who = who if who.name else said.who
            self._behind.append(said)
            self.end = said.end
            if said.content or self.next >= len(self._quoted):
                break
            further = self._quoted[self.next]
            if self._text[self.end : further.start].strip(" ,;:\n"):
                break
            said = self._behind_at(self.next)
            if said and said.who.name and who.name and said.who.name != who.name:
                break  # somebody else’s words
            self._words.append(self._text[further.inner : further.until])
            self.end, self.next = further.end, self.next + 1
        return who

    def _speaker(self, behind: Person) -> tuple[Person, bool]:
        """Who is meant, by the words behind, else those before; and whether those before do nothing but attribute."""
        if self._inserted:
            return self._inserted.who, False
        if self._before and not self._behind:
            return self._before
        if behind.name or behind.role or not self._lead.strip():
            return behind, False
        if self._before and self._before[0].name:
            return self._before[0], False
        return attribution.of_sentence_before(self._lead), False


def _is_sentence(words: str) -> bool:
    """Whether quoted words can stand alone: they begin as a sentence does, and are two at least."""
    first = words.lstrip("([“‘«’'…. ")[:1]
    return (first.isupper() or first.isdigit()) and len(_WORD.findall(words)) >= 2


def _without(words: str, inserted: Said) -> str:
    """Quoted words without the attribution inside them: « L’arbre est lent, mais ses racines tiennent la dune. »"""
    rest = words[inserted.end :].lstrip()
    return words[: inserted.start] + (rest if rest[:1] in ",.;:!?" else f", {rest}")


def _paragraphs(parts: list[str]) -> list[str]:
    """The quoted words as paragraphs without their last comma; an attribution may have stood between the parts."""
    text = ""
    for part in parts:
        if text:
            is_new = part.lstrip("([“‘«")[:1].isupper()
            text += " " if text[-1:] in ".!?…;:" else ". " if is_new else ", "
        text += part.strip().rstrip(",").rstrip()
    return [paragraph.strip() for paragraph in text.split("\n\n") if paragraph.strip()]
