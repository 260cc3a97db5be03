"""Makes a press release of passages: menu, boilerplate and head first, then the blocks of the text."""

import datetime
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

from newsroom.importing.counting import Held, words
from newsroom.importing.readers.passages import Document, Kind, Passage, cut, markup
from newsroom.importing.remarks import remark
from newsroom.importing.structure import (
    boilerplate,
    contacts,
    dateline,
    dates,
    head,
    menu,
    notices,
    paragraphs,
    quotation_marks,
    quotes,
    telephones,
    vocabulary,
)
from newsroom.release import (
    Block,
    Contact,
    Dateline,
    Heading,
    LeftOut,
    ListBlock,
    Paragraph,
    Picture,
    PressRelease,
    Remark,
    Table,
)

HEADLINE_WITHIN = 20  # passages from the first
LONGEST_CITED = 300  # characters of a passage that a remark cites
_COMMON = {code: frozenset(words["common"].split()) for code, words in vocabulary.BY_LANGUAGE.items()}
_TELLING = {
    code: _COMMON[code] - frozenset(words.get("shared", "").split()) for code, words in vocabulary.BY_LANGUAGE.items()
}
RAREST = 0.04  # share of the small words that only its own language has, in a text whose language is told by them
FEWEST = 10  # words of a text, of which nothing is asked
_WORD = re.compile(r"[^\W\d_]+")
Between = tuple[datetime.date | None, datetime.date | None]


def press_release(document: Document, locale: str = "auto", between: Between = (None, None)) -> PressRelease:
    """What the document says. `between`: the dates of the files before and after it in the archive, where known."""
    return _Reading(document, locale, between).release()


class _Reading:
    """Reads one document."""

    def __init__(self, document: Document, locale: str, between: Between) -> None:
        self._document = document
        self._locale = locale
        self._between = between
        self._left = [LeftOut(text, why) for text, why in document.left_out]
        self._notes = list(document.notes)

    def release(self) -> PressRelease:
        passages = self._inside()
        taken = menu.end(passages)
        self._leave((one, "menu") for one in passages[:taken])
        rest, around = boilerplate.split([self._without_stray_end(one) for one in passages[taken:]])
        self._leave(around)
        rest, lines = self._without_contacts(self._without_notices(rest))
        top = head.read(rest)
        self._leave(top.left)
        body = paragraphs.join(rest[top.count :])
        body, found = self._without_dateline(body)
        line = found.dateline if found else top.dateline or Dateline()
        text = "\n".join(passage.words for passage in body)
        people = self._contacts(lines, line.place)
        made, attributing = _blocks(quotes.join(quotation_marks.join(body)))
        self._left += [LeftOut(words, remark("attribution")) for words in attributing]
        self._left += [LeftOut(was, remark("repair", made=made)) for was, made in self._document.repairs]
        day = line.date or top.date
        release = PressRelease(
            title=top.title or self._page_title(),
            locale=_language(f"{top.title}\n{text}") if self._locale == "auto" else self._locale,
            kind=top.kind,
            scope=top.scope,
            summary=top.summary,
            dateline=line,
            date=day,
            proposal=None if day else dates.propose(text, found.day if found else None, self._between),
            picture=Picture(top.file, top.caption, top.credit) if top.has_picture else None,
            blocks=tuple(made),
            contacts=tuple(people),
            left_out=tuple(self._left),
        )
        return self._whole(replace(release, notes=tuple(self._notes + _remarks(release))))

    def _inside(self) -> list[Passage]:
        """The passages of the text: none that the format marks as outside, none that a page has above its headline."""
        inside = [passage for passage in self._document.passages if not passage.outside]
        headline = next((i for i, one in enumerate(inside[:HEADLINE_WITHIN]) if one.level == 1), 0)
        above = [one for one in inside[:headline] if one.kind is not Kind.PICTURE and not head.is_label(one)]
        outside = [*(one for one in self._document.passages if one.outside), *above]
        self._leave((one, "outside") for one in outside)
        return [one for one in inside[:headline] if one not in above] + inside[headline:]

    def _page_title(self) -> str:
        """What the page calls itself, where the text has no title; without the site’s name behind it."""
        named = (one.text for one in self._document.passages if one.outside and one.level == 1)
        return re.split(r"\s+[|–—·-]\s+", next(named, ""))[0]

    def _leave(self, left: Iterable[tuple[Passage, str]]) -> None:
        self._left += [LeftOut(passage.words, remark(why)) for passage, why in left if passage.words]

    def _without_stray_end(self, passage: Passage) -> Passage:
        if passage.kind not in (Kind.LINE, Kind.PARAGRAPH):
            return passage
        for what, end in (("stray", boilerplate.stray_end(passage.text)), ("end", notices.end_behind(passage.text))):
            if end < len(passage.text) and passage.text[:end].strip():
                self._left.append(LeftOut(passage.text[end:].strip(), remark(what)))
                return replace(passage, text=passage.text[:end].rstrip())
        return passage

    def _without_notices(self, passages: list[Passage]) -> list[Passage]:
        found = notices.split(passages)
        self._leave(found.left)
        if found.embargo:
            words = " / ".join(found.embargo)[:LONGEST_CITED]
            self._notes.append(remark("embargo", words=words, until=found.until or ""))
        return found.kept

    def _without_contacts(self, passages: list[Passage]) -> tuple[list[Passage], list[list[Passage]]]:
        """The body, and the contact lines: each the passages that it takes."""
        body: list[Passage] = []
        lines: list[list[Passage]] = []
        is_open = False
        for passage in passages:
            text = passage.text
            if not passage.is_text:
                is_open = False
                body.append(passage)
            elif contacts.begins(text):
                lines.append([passage])
                is_open = True
            elif is_open and contacts.goes_on(text, lines[-1][-1].text, after_gap=passage.after_gap):
                lines[-1].append(passage)
            elif (cut := contacts.inside(text)) < len(text):
                body.append(replace(passage, text=text[:cut].rstrip()))
                lines.append([_without_start(passage, cut)])
                is_open = True
            else:
                is_open = False
                body.append(passage)
        return body, lines

    def _contacts(self, lines: list[list[Passage]], place: str) -> list[Contact]:
        people: list[Contact] = []
        for run in lines:
            text = run[0].text
            for before, passage in pairwise(run):
                is_wrapped = len(before.text) >= 45 or before.text.endswith((",", " et", " and", "Email:"))
                text += (" " if is_wrapped and not before.text.endswith(":") else "\n") + passage.text
            read = contacts.read(text, place)
            if read is None:
                self._notes.append(remark("contacts unclear", words=text[:LONGEST_CITED]))
                self._leave((one, "contact unclear") for one in run)
                continue
            found, notes = read
            people += [one for one in found if one not in people]
            self._notes += notes
            self._leave((one, "contact") for one in run)
        return people

    def _without_dateline(self, body: list[Passage]) -> tuple[list[Passage], dateline.Found | None]:
        if not body or body[0].kind is not Kind.PARAGRAPH:
            return body, None
        found = dateline.parse(body[0].text)
        if not found:
            return body, None
        if found.dateline.printed != found.dateline.place:
            self._left.append(LeftOut(found.dateline.printed, remark("dateline")))
        return [_without_start(body[0], found.end), *body[1:]], found

    def _whole(self, release: PressRelease) -> PressRelease:
        """The release, with every passage of which a word is missing among what was left out."""
        source = "\n".join(passage.words for passage in self._document.passages)
        missing, held = Held(release).missing_of(source), Held(replace(release, left_out=()))
        added = []
        for passage in self._document.passages if missing else ():
            found = Counter(words(passage.words))
            if missing.keys() & found.keys() and missing.keys() & held.missing_of(passage.words).keys():
                added.append(LeftOut(passage.words, remark("lost")))
                missing -= found
        return replace(release, left_out=(*release.left_out, *added))


def _remarks(release: PressRelease) -> list[Remark]:
    """What an officer should look at."""
    remarks = [] if release.title else [remark("no title")]
    unnamed = [quote for quote in release.quotations if not quote.attribution]
    remarks += [remark("quotation of nobody", words=quote.text[:40]) for quote in unnamed]
    remarks += [
        remark("telephone not read", phone=one.phone)
        for one in release.contacts
        if one.phone and not telephones.is_readable(one.phone)
    ]
    return remarks


def _language(text: str) -> str:
    """The code of the text's language, by its small words; empty where it has too few of them."""
    counts = Counter(_WORD.findall(text.casefold()))
    scores = {code: sum(counts[word] for word in common) for code, common in _COMMON.items()}
    best = max(scores, key=lambda code: scores[code])
    is_known = sum(counts[word] for word in _TELLING[best]) >= RAREST * (counts.total() - FEWEST)
    return best if scores[best] > 0 and is_known and len(set(scores.values())) > 1 else ""


def _blocks(passages: list[Passage]) -> tuple[list[Block], list[str]]:
    """The blocks, and the words that only said who is quoted."""
    made: list[Block] = []
    attributing: list[str] = []
    for passage in passages:
        match passage.kind:
            case Kind.HEADING:
                made.append(Heading(passage.plain))
            case Kind.LIST:
                made.append(ListBlock(tuple(_paragraph(item) for item in passage.items), passage.ordered))
            case Kind.TABLE:
                made.append(Table(passage.rows))
            case Kind.PICTURE:
                caption, credit = head.captioned(passage.plain)
                made.append(Picture(passage.picture, caption, credit))
                attributing += [passage.text] if credit else []
            case _:
                _take_apart(passage, made, attributing)
    return made, attributing


def _without_start(passage: Passage, start: int) -> Passage:
    """The passage from a character on."""
    return replace(passage, text=passage.text[start:], spans=cut(passage.spans, start, len(passage.text)))


def _take_apart(passage: Passage, made: list[Block], attributing: list[str]) -> None:
    for piece in quotes.split(passage.plain):
        if piece.quotation:
            made.append(piece.quotation)
            continue
        for part in _parts(passage, piece.start, piece.end):
            if piece.attributes:
                attributing.append(part.text.lstrip(" ,;"))
            elif any(char.isalnum() for char in part.text):
                made.append(_paragraph(part))
            elif part.text and made and isinstance(made[-1], Paragraph):
                made[-1] = Paragraph(f"{made[-1].text} {part.text}", f"{made[-1].html} {markup(part.text)}")


def _parts(passage: Passage, start: int, end: int) -> list[Passage]:
    """The stretch of text as paragraphs: more than one where a quotation joined them."""
    parts = []
    for text in passage.text[start:end].split("\n\n"):
        inner = text.strip()
        offset = start + len(text) - len(text.lstrip())
        if inner:
            parts.append(replace(passage, text=inner, spans=cut(passage.spans, offset, offset + len(inner))))
        start += len(text) + 2
    return parts


def _paragraph(passage: Passage) -> Paragraph:
    return Paragraph(passage.text, markup(passage.text, passage.spans))
