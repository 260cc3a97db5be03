"""Parses passages as a press release: removes menu and boilerplate, reads the head, then the blocks of the text."""

import datetime
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

from newsroom.importing.readers.passages import Document, Kind, Passage, markup
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
    quotations,
    telephones,
    vocabulary,
)
from newsroom.importing.word_counts import ReleaseWords, words
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

MAX_PASSAGES_ABOVE_HEADLINE = 20
MAX_EXCERPT_LENGTH = 300  # characters of a passage that a remark quotes
_COMMON_WORDS = {code: frozenset(words["common"].split()) for code, words in vocabulary.BY_LANGUAGE.items()}
_DISTINCTIVE_WORDS = {
    code: _COMMON_WORDS[code] - frozenset(words.get("shared", "").split())
    for code, words in vocabulary.BY_LANGUAGE.items()
}
MIN_DISTINCTIVE_SHARE = 0.04  # of a text's words: common words that no other language shares
UNCHECKED_WORDS = 10  # words of a text to which this share does not apply
_WORD = re.compile(r"[^\W\d_]+")
NeighbourDates = tuple[datetime.date | None, datetime.date | None]


def parse_press_release(
    document: Document, locale: str = "auto", neighbour_dates: NeighbourDates = (None, None)
) -> PressRelease:
    """Parses a document as a press release.

    `locale` is a language code, or "auto" to detect the language. `neighbour_dates` are the dates of the files before
    and after it in the archive.
    """
    return _Parser(document, locale, neighbour_dates).parse()


class _Parser:
    """Parses one document, and collects left-out texts and notes."""

    def __init__(self, document: Document, locale: str, neighbour_dates: NeighbourDates) -> None:
        self._document = document
        self._locale = locale
        self._neighbour_dates = neighbour_dates
        self._left_out = [LeftOut(text, why) for text, why in document.left_out]
        self._notes = list(document.notes)

    def parse(self) -> PressRelease:
        passages = self._select_text()
        menu_end = menu.menu_length(passages)
        self._leave_out((one, "menu") for one in passages[:menu_end])
        rest, page_parts = boilerplate.split([self._cut_stray_end(one) for one in passages[menu_end:]])
        self._leave_out(page_parts)
        rest, contact_lines = self._take_contact_lines(self._take_notices(rest))
        top = head.read(rest)
        self._leave_out(top.left_out)
        body = paragraphs.join_lines(rest[top.count :])
        body, found = self._take_dateline(body)
        printed = found.dateline if found else top.dateline or Dateline()
        text = "\n".join(passage.words for passage in body)
        people = self._parse_contacts(contact_lines, printed.place)
        blocks, attributions = _build_blocks(quotations.join_attributions(quotation_marks.join_paragraphs(body)))
        self._left_out += [LeftOut(words, remark("attribution")) for words in attributions]
        self._left_out += [LeftOut(was, remark("repair", made=made)) for was, made in self._document.repairs]
        day = printed.date or top.date
        release = PressRelease(
            title=top.title or self._page_title(),
            locale=_detect_language(f"{top.title}\n{text}") if self._locale == "auto" else self._locale,
            kind=top.kind,
            scope=top.scope,
            summary=top.summary,
            dateline=printed,
            date=day,
            proposal=None if day else dates.propose(text, found.day if found else None, self._neighbour_dates),
            picture=Picture(top.file, top.caption, top.credit) if top.has_picture else None,
            blocks=tuple(blocks),
            contacts=tuple(people),
            left_out=tuple(self._left_out),
        )
        return self._add_lost_passages(replace(release, notes=tuple(self._notes + _remarks(release))))

    def _select_text(self) -> list[Passage]:
        """Returns the passages without those marked as outside, and without those above the headline of a page."""
        inside = [passage for passage in self._document.passages if not passage.outside]
        headline = next((i for i, one in enumerate(inside[:MAX_PASSAGES_ABOVE_HEADLINE]) if one.level == 1), 0)
        above = [one for one in inside[:headline] if one.kind is not Kind.PICTURE and not head.is_label(one)]
        outside = [*(one for one in self._document.passages if one.outside), *above]
        self._leave_out((one, "outside") for one in outside)
        return [one for one in inside[:headline] if one not in above] + inside[headline:]

    def _page_title(self) -> str:
        """Returns the title element of the page, without the name of the site after it."""
        named = (one.text for one in self._document.passages if one.outside and one.level == 1)
        return re.split(r"\s+[|–—·-]\s+", next(named, ""))[0]

    def _leave_out(self, left: Iterable[tuple[Passage, str]]) -> None:
        self._left_out += [LeftOut(passage.words, remark(why)) for passage, why in left if passage.words]

    def _cut_stray_end(self, passage: Passage) -> Passage:
        if passage.kind not in (Kind.LINE, Kind.PARAGRAPH):
            return passage
        for what, end in (
            ("stray", boilerplate.find_stray_markup(passage.text)),
            ("end", notices.find_end_mark(passage.text)),
        ):
            if end < len(passage.text) and passage.text[:end].strip():
                self._left_out.append(LeftOut(passage.text[end:].strip(), remark(what)))
                return replace(passage, text=passage.text[:end].rstrip())
        return passage

    def _take_notices(self, passages: list[Passage]) -> list[Passage]:
        found = notices.split(passages)
        self._leave_out(found.left_out)
        if found.embargo:
            words = " / ".join(found.embargo)[:MAX_EXCERPT_LENGTH]
            self._notes.append(remark("embargo", words=words, until=found.until or ""))
        return found.kept

    def _take_contact_lines(self, passages: list[Passage]) -> tuple[list[Passage], list[list[Passage]]]:
        """Returns the body, and the passages of each contact line."""
        body: list[Passage] = []
        lines: list[list[Passage]] = []
        is_open = False
        for passage in passages:
            text = passage.text
            if not passage.is_text:
                is_open = False
                body.append(passage)
            elif contacts.is_contact_line(text):
                lines.append([passage])
                is_open = True
            elif is_open and contacts.continues_contact_line(text, lines[-1][-1].text, after_gap=passage.after_gap):
                lines[-1].append(passage)
            elif (start := contacts.find_contact_line(text)) < len(text):
                body.append(replace(passage, text=text[:start].rstrip()))
                lines.append([passage.slice(start)])
                is_open = True
            else:
                is_open = False
                body.append(passage)
        return body, lines

    def _parse_contacts(self, lines: list[list[Passage]], place: str) -> list[Contact]:
        people: list[Contact] = []
        for run in lines:
            text = run[0].text
            for before, passage in pairwise(run):
                is_wrapped = len(before.text) >= 45 or before.text.endswith((",", " et", " and", "Email:"))
                text += (" " if is_wrapped and not before.text.endswith(":") else "\n") + passage.text
            read = contacts.parse(text, place)
            if read is None:
                self._notes.append(remark("contacts unclear", words=text[:MAX_EXCERPT_LENGTH]))
                self._leave_out((one, "contact unclear") for one in run)
                continue
            found, notes = read
            people += [one for one in found if one not in people]
            self._notes += notes
            self._leave_out((one, "contact") for one in run)
        return people

    def _take_dateline(self, body: list[Passage]) -> tuple[list[Passage], dateline.DatelineMatch | None]:
        if not body or body[0].kind is not Kind.PARAGRAPH:
            return body, None
        found = dateline.parse(body[0].text)
        if not found:
            return body, None
        if found.dateline.printed != found.dateline.place:
            self._left_out.append(LeftOut(found.dateline.printed, remark("dateline")))
        return [body[0].slice(found.end), *body[1:]], found

    def _add_lost_passages(self, release: PressRelease) -> PressRelease:
        """Adds every passage with a missing word to the left-out texts, so that no word is lost."""
        source = "\n".join(passage.words for passage in self._document.passages)
        missing = ReleaseWords(release).missing_words(source)
        article_words = ReleaseWords(replace(release, left_out=()))
        added = []
        for passage in self._document.passages if missing else ():
            found = Counter(words(passage.words))
            if missing.keys() & found.keys() and missing.keys() & article_words.missing_words(passage.words).keys():
                added.append(LeftOut(passage.words, remark("lost")))
                missing -= found
        return replace(release, left_out=(*release.left_out, *added))


def _remarks(release: PressRelease) -> list[Remark]:
    """Returns the notes for the officer on the parsed release."""
    remarks = [] if release.title else [remark("no title")]
    unnamed = [quote for quote in release.quotations if not quote.attribution]
    remarks += [remark("quotation of nobody", words=quote.text[:40]) for quote in unnamed]
    remarks += [
        remark("telephone not read", phone=one.phone)
        for one in release.contacts
        if one.phone and not telephones.is_valid(one.phone)
    ]
    return remarks


def _detect_language(text: str) -> str:
    """Returns the code of the text's language by its common words, or an empty string if it has too few of them."""
    counts = Counter(_WORD.findall(text.casefold()))
    scores = {code: sum(counts[word] for word in common) for code, common in _COMMON_WORDS.items()}
    best = max(scores, key=lambda code: scores[code])
    least = MIN_DISTINCTIVE_SHARE * (counts.total() - UNCHECKED_WORDS)
    is_known = sum(counts[word] for word in _DISTINCTIVE_WORDS[best]) >= least
    return best if scores[best] > 0 and is_known and len(set(scores.values())) > 1 else ""


def _build_blocks(passages: list[Passage]) -> tuple[list[Block], list[str]]:
    """Returns the blocks, and the texts that only attribute a quotation or credit a picture."""
    blocks: list[Block] = []
    attributions: list[str] = []
    for passage in passages:
        match passage.kind:
            case Kind.HEADING:
                blocks.append(Heading(passage.plain))
            case Kind.LIST:
                blocks.append(ListBlock(tuple(_paragraph(item) for item in passage.items), passage.ordered))
            case Kind.TABLE:
                blocks.append(Table(passage.rows))
            case Kind.PICTURE:
                caption, credit = head.split_credit(passage.plain)
                blocks.append(Picture(passage.picture, caption, credit))
                attributions += [passage.text] if credit else []
            case _:
                _append_blocks(passage, blocks, attributions)
    return blocks, attributions


def _append_blocks(passage: Passage, blocks: list[Block], attributions: list[str]) -> None:
    for piece in quotations.split_paragraph(passage.plain):
        if piece.quotation:
            blocks.append(piece.quotation)
            continue
        for part in _split_into_paragraphs(passage, piece.start, piece.end):
            if piece.is_attribution:
                attributions.append(part.text.lstrip(" ,;"))
            elif any(char.isalnum() for char in part.text):
                blocks.append(_paragraph(part))
            elif part.text and blocks and isinstance(blocks[-1], Paragraph):
                blocks[-1] = Paragraph(f"{blocks[-1].text} {part.text}", f"{blocks[-1].html} {markup(part.text)}")


def _split_into_paragraphs(passage: Passage, start: int, end: int) -> list[Passage]:
    """Returns a slice of the passage as paragraphs. There are several where a quotation had joined them."""
    parts = []
    for text in passage.text[start:end].split("\n\n"):
        if text.strip():
            parts.append(passage.slice(start + len(text) - len(text.lstrip()), start + len(text.rstrip())))
        start += len(text) + 2
    return parts


def _paragraph(passage: Passage) -> Paragraph:
    return Paragraph(passage.text, markup(passage.text, passage.spans))
