"""Reads the head of a release: kind and scope, date, title, summary, and a picture's caption and credit."""

import datetime
import re
from dataclasses import dataclass, field
from itertools import pairwise

from newsroom.importing.readers.passages import Kind, Passage, PictureFile
from newsroom.importing.structure import contacts, dateline, dates, notices, places, vocabulary
from newsroom.importing.structure.vocabulary import key
from newsroom.release import Dateline

# In characters, unless noted
MAX_TITLE_LENGTH = 260
MAX_SUMMARY_LENGTH = 320
MAX_CAPTION_LINES = 3  # lines
MAX_LABEL_LENGTH = 80
MAX_WRAP_WIDTH = 110
MIN_TEXT_LENGTH = 160  # a line of this length is text

_KINDS, _SCOPES = vocabulary.values("kinds"), vocabulary.values("scopes")
_CREDIT = re.compile(
    r"(?:©|\(c\)|(?:crédits?|credits?)\s*(?:photo(?:graphique)?s?)?\s*:|(?:photo|image)\s*©|image\s*(?:credit)?\s*:"
    r"|photo(?:graph(?:ie)?)?s?\s*(?:credit|by|par|©|:)\s*:?)\s*(?=\S)",
    re.IGNORECASE,
)
_DATE_LINE = re.compile(
    r"^(?:(?:posted|published|publiée?|date|issued|mis en ligne|posté|released?|updated)(?:\s+(?:on|le))?\b\s*:?\s*)?"
    r"(?P<day>.+)$",
    re.IGNORECASE,
)
_RELEASE_NUMBER = re.compile(
    r"\s*,?\s*(?:\b(?:No|Nr)\b\.?|N[°º]|#)?\s*\d[\d/.-]*$", re.IGNORECASE
)  # of the release, in its year
_SEPARATOR = re.compile(r"\s*[/|>›»·•–—-]\s*")


@dataclass(slots=True)
class Head:
    """The fields found before the text, the passages left out, and the number of passages of the head (`count`)."""

    kind: str = ""
    scope: str = ""
    title: str = ""
    summary: str = ""
    caption: str = ""
    credit: str = ""
    file: PictureFile | None = None
    date: datetime.date | None = None
    dateline: Dateline | None = None
    count: int = 0
    left_out: list[tuple[Passage, str]] = field(default_factory=list)

    @property
    def has_picture(self) -> bool:
        return bool(self.file or self.caption or self.credit)


def read(passages: list[Passage]) -> Head:
    """Reads the head of a text. The menu must have been removed."""
    head = Head()
    while head.count < len(passages) and (taken := _take_next(head, passages)):
        head.count += taken
    return head


def _take_next(head: Head, passages: list[Passage]) -> int:
    """Takes the part of the head after the first `head.count` passages. Returns its length; 0 where the head ends."""
    passage = passages[head.count]
    if passage.kind is Kind.PICTURE and not head.file:
        head.file = passage.picture
        _take_caption(head, passage.plain)
        head.left_out += [(passage, "credit")] if head.credit else []
        return 1
    if not passage.is_text:
        return 0
    if _take_label(head, passage) or _take_day(head, passage) or _take_release_line(head, passage):
        return 1
    if _is_credit(passage.text):
        _take_caption(head, passage.plain)
        head.left_out.append((passage, "credit"))
        return 1
    if count := _count_caption_lines(head, passages, head.count):
        head.caption = " ".join(line.plain for line in passages[head.count : head.count + count])
        return count
    return _take_title_or_summary(head, passages)


def _take_title_or_summary(head: Head, passages: list[Passage]) -> int:
    passage, *below = passages[head.count : head.count + 4]
    following = below[0] if below else None
    if not head.title:
        if _is_kicker([passage, *below]):
            head.left_out.append((passage, "kicker"))
            return 1
        return _take_title(head, passages, head.count) if _is_title(passage, following) else 0
    if passage.text.casefold() == head.title.casefold():
        head.left_out.append((passage, "title again"))
        return 1
    if not head.summary and following and _is_summary(passage, following):
        head.summary = passage.plain
        return 1
    return 0


def is_label(passage: Passage) -> bool:
    """Returns whether the passage contains only the kind, scope, date, embargo or release line."""
    taken = _take_label(Head(), passage) or _take_day(Head(), passage) or _take_release_line(Head(), passage)
    return taken or notices.is_embargo(passage)


def _take_label(head: Head, passage: Passage) -> bool:
    """Takes kind and scope, on one line or separate lines: « Communiqué / Global »."""
    if len(passage.text) > MAX_LABEL_LENGTH:
        return False
    words = _SEPARATOR.split(_RELEASE_NUMBER.sub("", passage.text.strip(" :")))
    parts = [key(part) for part in words if part and notices.text_after_release_line(part) != ""]
    if not 1 <= len(parts) <= 3 or not all(part in _KINDS or part in _SCOPES for part in parts):
        return False
    if len(parts) == 1 and parts[0] in _SCOPES and not head.kind and head.title:
        return False
    for part in parts:
        head.kind = head.kind or _KINDS.get(part, "")
        head.scope = head.scope or _SCOPES.get(part, "")
    head.left_out.append((passage, "kind"))
    return True


def _take_day(head: Head, passage: Passage) -> bool:
    """Takes a line that is only a date with its year: « Publié le 14 juin 2011 », "Posted on Fri. July-01-2016"."""
    if not _take_date(head, passage.text):
        return False
    head.left_out.append((passage, "day"))
    return True


def _take_release_line(head: Head, passage: Passage) -> bool:
    """Takes “For immediate release” or “Check against delivery”, alone or with a date."""
    rest = notices.text_after_release_line(passage.text)
    if rest is None or (rest and not _take_date(head, rest)):
        return False
    head.left_out.append((passage, "release line"))
    return True


def _take_date(head: Head, text: str) -> bool:
    """Sets the head's date if the text is only a date with its year, and perhaps a place. Returns whether it is."""
    found = _DATE_LINE.match(text)
    day = dates.find(found["day"]) if found and len(text) < 60 else None
    if not found or not day or not day.exact:
        return False
    rest = (found["day"][: day.start] + found["day"][day.start + len(day.printed) :]).strip(" ,;:–-")
    named = places.split_names(rest)
    if rest and named and all(key(name) in places.known_places() for name in named):
        head.dateline = head.dateline or Dateline(rest, text, day.exact)
    elif re.search(r"[^\W\d_]{3,}", rest):
        return False
    head.date = head.date or day.exact
    return True


def _is_credit(text: str) -> bool:
    found = _CREDIT.search(text)
    return bool(found) and len(text) < MAX_SUMMARY_LENGTH and not dateline.parse(text)


def split_credit(text: str) -> tuple[str, str]:
    """Returns caption and credit; either may be empty: `Workers board a bus. Photo: Relief Bureau 2015`."""
    found = _CREDIT.search(text)
    if not found:
        return text, ""
    return text[: found.start()].strip(" (-–—|/\t"), text[found.end() :].strip(" )")


def _take_caption(head: Head, text: str) -> None:
    caption, credit = split_credit(text)
    head.caption, head.credit = head.caption or caption, head.credit or credit


def _count_caption_lines(head: Head, passages: list[Passage], index: int) -> int:
    """Returns the number of lines of the caption that begins here, above a line that begins with a credit; else 0."""
    if head.caption:
        return 0
    for count, following in enumerate(passages[index + 1 : index + 1 + MAX_CAPTION_LINES], start=1):
        above = passages[index + count - 1]
        if (
            len(above.text) > MAX_SUMMARY_LENGTH
            or dateline.parse(above.text)
            or (count > 1 and above.text.endswith("."))
        ):
            return 0
        if _CREDIT.match(following.text) and _is_credit(following.text):
            below = passages[index + 2 : index + 4]  # the title and the first paragraph
            is_above_title = count == 1 and len(below) == 2 and _is_title(*below) and dateline.parse(below[1].text)
            return count if head.title or is_above_title else 0
    return 0


def _is_title(passage: Passage, following: Passage | None) -> bool:
    text = passage.text
    if passage.kind is Kind.HEADING:
        return True
    if len(text) > MAX_TITLE_LENGTH or contacts.is_contact_line(text):
        return False
    if dateline.parse(text) and not (following and _is_title_with_dash(text, following)):
        return False
    return not (following is None and text.endswith("."))


def _is_kicker(passages: list[Passage]) -> bool:
    """Returns whether one or two words stand above the title, an optional summary and the text with its dateline."""
    if len(passages) < 3 or len(passages[0].text.split()) > 2 or not passages[1].text[:1].isupper():
        return False
    below = [dateline.parse(passage.text) is not None for passage in passages]
    is_title = not passages[1].text.endswith((".", "!")) and len(passages[1].text) < MIN_TEXT_LENGTH
    return is_title and not any(below[:2]) and (below[2] or below[3:4] == [True])


def _is_title_with_dash(text: str, following: Passage) -> bool:
    """Returns whether a title begins like a dateline: « Haïti – Une caravane de livres sillonne la côte »."""
    if len(text) >= MIN_TEXT_LENGTH or text.endswith((".", ",", "»", "”", ":", ";")) or following.text[:1].islower():
        return False
    is_text = following.after_gap and following.text.endswith((".", "!", "?")) and following.text[:1].isupper()
    return is_text or bool(dateline.parse(following.text)) or len(following.text) >= MIN_TEXT_LENGTH


def _take_title(head: Head, passages: list[Passage], index: int) -> int:
    """Takes the title, which may be wrapped. Returns its number of lines."""
    lines = [passages[index]]
    for before, line in pairwise(passages[index : index + 4]):
        if line.kind is not Kind.LINE or line.after_gap or before.text.endswith("."):
            break
        if dateline.parse(line.text) or _is_credit(line.text) or is_label(line):
            break
        lines.append(line)
    below = passages[index + len(lines) :]
    is_whole = len(lines) <= 3 and not lines[-1].text.endswith((".", ":", "»", "”"))
    ends_at_gap = is_whole and below and below[0].after_gap
    if not ends_at_gap or sum(len(line.text) for line in lines) > MAX_TITLE_LENGTH:
        lines = _select_wrapped_lines(lines, passages, below)
    head.title = " ".join(line.plain for line in lines)
    return len(lines)


def _select_wrapped_lines(lines: list[Passage], passages: list[Passage], below: list[Passage]) -> list[Passage]:
    """Returns the leading lines of a possible title of which each continues a line that had to be broken."""
    width = max(len(passage.text) for passage in passages)
    is_followed = bool(below) and dateline.parse(below[0].text) is not None
    taken = lines[:1]
    for line in lines[1:]:
        goes_on = line.text[:1].islower() and len(line.text) < MIN_TEXT_LENGTH
        is_forced = width <= MAX_WRAP_WIDTH and len(taken[-1].text) + 1 + len(line.text.split()[0]) > width
        if not goes_on and not (is_forced and is_followed):
            break
        taken.append(line)
    return taken


def _is_summary(passage: Passage, following: Passage) -> bool:
    """Returns whether the line stands right above the paragraph with the dateline."""
    is_short = len(passage.text) <= MAX_SUMMARY_LENGTH
    return is_short and bool(dateline.parse(following.text)) and not dateline.parse(passage.text)
