"""Recognizes lines around a release that are no part of it: embargo, release line, email header and end mark."""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from newsroom.importing.readers.passages import Kind, Passage
from newsroom.importing.structure import dates, vocabulary
from newsroom.importing.structure.vocabulary import key

MAX_PASSAGES = 20  # first passages among which the email header and the embargo are looked for
MAX_LENGTH = 200  # characters of such a line
MIN_TITLE_LENGTH = 12  # characters
_MARKS = r"[\s*_–—-]*"
_EMBARGO = re.compile(rf"(?:{vocabulary.pattern('embargo')})(?!\w)", re.IGNORECASE)
_UNTIL = re.compile(rf"\W*(?:{vocabulary.pattern('until')})", re.IGNORECASE)
_RELEASE_LINE = re.compile(rf"{_MARKS}(?:{vocabulary.pattern('release_line')})(?!\w)", re.IGNORECASE)
_CLOCK = re.compile(
    r"\b(?:\d{1,2}\s?(?:[:.h]\s?\d\d|h\b|heures\b|[ap]\.?m\b|GMT|UTC|CES?T)|\d{4}\s?(?:h\b|hours\b|hrs\b|GMT|UTC))",
    re.IGNORECASE,
)
_HEADER = re.compile(r"\W{0,2}(?P<name>[^\W\d_][^:]{0,20}?)\s*:(?:\*|\s|$)")
_FORWARDED = re.compile(r"-{2,}.*-{2,}$")
_KIND_LABEL = re.compile(r"(?P<label>[^/|:–—-]{3,40}?)\s*[/|:–—-]\s*(?=\S)")
_KINDS = frozenset(vocabulary.values("kinds"))
_END_WORDS = vocabulary.keys("end")
_END_AFTER_SENTENCE = re.compile(r"(?<=[.!?»”\")])\s*(?:#{2,}|[-–—*#]+\s?(?P<word>[^\W_]{2,4})\s?[-–—*#]+)$")
_MAIL_FROM = vocabulary.keys("mail_from")
_MAIL_SUBJECT = vocabulary.keys("mail_subject")
_MAIL = _MAIL_FROM | _MAIL_SUBJECT | vocabulary.keys("mail")
_SEPARATOR = re.compile(r"(?=.*[#*_=~]|[–—-]{3})[#*_=~\s–—-]+$")


@dataclass(slots=True)
class Notices:
    """The passages kept, those left out with their reasons, and the lines of the embargo."""

    kept: list[Passage] = field(default_factory=list)
    left_out: list[tuple[Passage, str]] = field(default_factory=list)
    embargo: list[str] = field(default_factory=list)

    @property
    def until(self) -> datetime.date | None:
        """The last day that the embargo names, or None."""
        found = (dates.find(line) for line in self.embargo)
        return max((day.exact for day in found if day and day.exact), default=None)


def split(passages: list[Passage]) -> Notices:
    """Separates the email header and the embargo lines at the beginning of a text from the other passages."""
    notices = Notices()
    of_mail = set(_find_email_header(passages[:MAX_PASSAGES]))
    of_mail |= set(_find_covering_note(passages[:MAX_PASSAGES], of_mail))
    for index, passage in enumerate(passages):
        if index in of_mail:
            notices.left_out.append((passage, "mail"))
            if contains_embargo(passage.text[:MAX_LENGTH]):
                notices.embargo.append(passage.text)
        elif index < MAX_PASSAGES and (
            is_embargo(passage) or _continues_embargo(notices, passages[index - 1], passage)
        ):
            start = _skip_kind(passage.text)
            if start:
                notices.kept.append(replace(passage, text=passage.text[:start].rstrip(" /|:–—-"), spans=()))
            notices.left_out.append((replace(passage, text=passage.text[start:]), "embargo line"))
            notices.embargo.append(passage.text[start:])
        else:
            notices.kept.append(passage)
    return notices


def is_embargo(passage: Passage) -> bool:
    """Returns whether the passage is an embargo line: “EMBARGOED UNTIL 10:00 GMT”, « Ne pas diffuser »."""
    text = re.sub(rf"^{_MARKS}", "", passage.text[_skip_kind(passage.text) :])
    return (
        passage.is_text and len(text) <= MAX_LENGTH and text[:1].isupper() and contains_embargo(text, from_start=True)
    )


def contains_embargo(text: str, *, from_start: bool = False) -> bool:
    """Returns whether the text has an embargo with its end, or an embargo at the end of the line.

    A headline may be about another embargo, such as one on arms.
    """
    found = _EMBARGO.match(text) if from_start else _EMBARGO.search(text)
    if not found:
        return False
    rest = text[found.end() :].lstrip(" :*_–—-")
    if contains_embargo(rest, from_start=True):
        return True  # “Embargo: not for release before 10:00”
    return not rest.strip(" .!*_–—-") or bool(_UNTIL.match(rest) or _CLOCK.search(rest) or dates.find(rest))


def text_after_release_line(text: str) -> str | None:
    """Returns the text after “For immediate release” or “Check against delivery”; None if the line has neither."""
    found = _RELEASE_LINE.match(text) if len(text) <= MAX_LENGTH else None
    return text[found.end() :].strip(" .:;,!*_–—-()") if found else None


def is_end_mark(passage: Passage) -> bool:
    """Returns whether the passage marks the end of the text or of a part: “ENDS”, « -FIN- », `###`, `* * *`."""
    text = passage.text
    if passage.kind not in (Kind.LINE, Kind.PARAGRAPH) or len(text) > MAX_LENGTH:
        return False
    if _SEPARATOR.match(text):
        return True
    words = text.strip("#*_=~–—- \N{NO-BREAK SPACE}")
    return key(words.strip("./")) in _END_WORDS and (words.isupper() or len(words) + 2 <= len(text))


def find_end_mark(text: str) -> int:
    """Returns the start of an end mark after the last sentence (“… every day. -ENDS-”), else the text's length."""
    found = _END_AFTER_SENTENCE.search(text, max(0, len(text) - 40))
    return found.start() if found and (not found["word"] or key(found["word"]) in _END_WORDS) else len(text)


def _continues_embargo(notices: Notices, above: Passage, passage: Passage) -> bool:
    """Returns whether the line has the day of the embargo line above it, which was broken after a comma."""
    is_of_embargo = bool(notices.embargo) and above.text.endswith(notices.embargo[-1])
    is_broken = is_of_embargo and above.text.endswith(",") and not passage.after_gap
    return is_broken and len(passage.text) < MAX_LENGTH and dates.find(passage.text) is not None


def _skip_kind(text: str) -> int:
    """Returns the position after the kind that begins a line (“Press release – embargoed until …”), else 0."""
    found = _KIND_LABEL.match(text)
    return found.end() if found and key(found["label"]) in _KINDS else 0


def _find_covering_note(passages: list[Passage], of_mail: set[int]) -> Iterator[int]:
    """Yields the positions of the covering note of an email: the passages above the title that the subject names."""
    subjects = (key(passages[index].text) for index in of_mail if _header_name(passages[index].text) in _MAIL_SUBJECT)
    subject, below = next(subjects, ""), max(of_mail, default=-1) + 1
    for index in range(below, len(passages)):
        if len(passages[index].text) > MIN_TITLE_LENGTH and key(passages[index].text) in subject:
            yield from range(below, index)
            return


def _find_email_header(passages: list[Passage]) -> Iterator[int]:
    """Yields the positions of an email header: the sender, at least one other field, and their continuation lines."""
    named = {index: name for index, one in enumerate(passages) if one.is_text and (name := _header_name(one.text))}
    first = next((index for index, name in named.items() if name in _MAIL_FROM), None)
    if first is None:
        return
    while first - 1 in named:
        first -= 1
    last = first
    while next_one := next((index for index in (last + 1, last + 2) if index in named), None):
        if next_one == last + 2 and (passages[last + 1].after_gap or passages[last + 1].kind is not Kind.LINE):
            break
        last = next_one
    if len({named[index] for index in range(first, last + 1) if index in named}) > 1:
        yield from range(
            first - (first > 0 and bool(_FORWARDED.match(passages[first - 1].text[:MAX_LENGTH]))), last + 1
        )


def _header_name(text: str) -> str:
    found = _HEADER.match(text)
    name = key(found["name"].strip("* ")) if found else ""
    return name if name in _MAIL else ""
