"""Lines around a release that are no part of it: an embargo, how it is released, the head of an email, its end."""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from newsroom.importing.readers.passages import Kind, Passage
from newsroom.importing.structure import dates, vocabulary
from newsroom.importing.structure.vocabulary import key

WITHIN = 20  # passages from the first
LONGEST = 200  # characters of such a line
SHORTEST_TITLE = 12
_MARKS = r"[\s*_–—-]*"
_EMBARGO = re.compile(rf"(?:{vocabulary.pattern('embargo')})(?!\w)", re.IGNORECASE)
_UNTIL = re.compile(rf"\W*(?:{vocabulary.pattern('until')})", re.IGNORECASE)
_RELEASE = re.compile(rf"{_MARKS}(?:{vocabulary.pattern('release_line')})(?!\w)", re.IGNORECASE)
_CLOCK = re.compile(
    r"\b(?:\d{1,2}\s?(?:[:.h]\s?\d\d|h\b|heures\b|[ap]\.?m\b|GMT|UTC|CES?T)|\d{4}\s?(?:h\b|hours\b|hrs\b|GMT|UTC))",
    re.IGNORECASE,
)
_HEADER = re.compile(r"\W{0,2}(?P<name>[^\W\d_][^:]{0,20}?)\s*:(?:\*|\s|$)")
_FORWARDED = re.compile(r"-{2,}.*-{2,}$")
_LABELLED = re.compile(r"(?P<label>[^/|:–—-]{3,40}?)\s*[/|:–—-]\s*(?=\S)")
_KINDS = frozenset(vocabulary.values("kinds"))
_ENDS = vocabulary.keys("end")
_END_BEHIND = re.compile(r"(?<=[.!?»”\")])\s*(?:#{2,}|[-–—*#]+\s?(?P<word>[^\W_]{2,4})\s?[-–—*#]+)$")
_MAIL_FROM = vocabulary.keys("mail_from")
_MAIL_SUBJECT = vocabulary.keys("mail_subject")
_MAIL = _MAIL_FROM | _MAIL_SUBJECT | vocabulary.keys("mail")
_SEPARATOR = re.compile(r"(?=.*[#*_=~]|[–—-]{3})[#*_=~\s–—-]+$")


@dataclass(slots=True)
class Notices:
    """What is left of the passages, and what was taken, with its reason. `embargo`: the lines that say it."""

    kept: list[Passage] = field(default_factory=list)
    left: list[tuple[Passage, str]] = field(default_factory=list)
    embargo: list[str] = field(default_factory=list)

    @property
    def until(self) -> datetime.date | None:
        """The last day that the embargo names."""
        found = (dates.find(line) for line in self.embargo)
        return max((day.exact for day in found if day and day.exact), default=None)


def split(passages: list[Passage]) -> Notices:
    """Takes the head of an email and the lines of an embargo from the beginning of a text."""
    notices = Notices()
    of_mail = set(_mail(passages[:WITHIN]))
    of_mail |= set(_above_subject(passages[:WITHIN], of_mail))
    for index, passage in enumerate(passages):
        if index in of_mail:
            notices.left.append((passage, "mail"))
            if says_embargo(passage.text[:LONGEST]):
                notices.embargo.append(passage.text)
        elif index < WITHIN and (is_embargo(passage) or _goes_on(notices, passages[index - 1], passage)):
            start = _behind_kind(passage.text)
            if start:
                notices.kept.append(replace(passage, text=passage.text[:start].rstrip(" /|:–—-"), spans=()))
            notices.left.append((replace(passage, text=passage.text[start:]), "embargo line"))
            notices.embargo.append(passage.text[start:])
        else:
            notices.kept.append(passage)
    return notices


def is_embargo(passage: Passage) -> bool:
    """Whether the passage says an embargo and nothing else: “EMBARGOED UNTIL 10:00 GMT”, « Ne pas diffuser »."""
    text = re.sub(rf"^{_MARKS}", "", passage.text[_behind_kind(passage.text) :])
    return passage.is_text and len(text) <= LONGEST and text[:1].isupper() and says_embargo(text, from_start=True)


def says_embargo(text: str, *, from_start: bool = False) -> bool:
    """Whether the words name an embargo with its end, or end with it: a headline may be about one on arms."""
    found = _EMBARGO.match(text) if from_start else _EMBARGO.search(text)
    if not found:
        return False
    rest = text[found.end() :].lstrip(" :*_–—-")
    if says_embargo(rest, from_start=True):
        return True  # “Embargo: not for release before 10:00”
    return not rest.strip(" .!*_–—-") or bool(_UNTIL.match(rest) or _CLOCK.search(rest) or dates.find(rest))


def behind_release_line(text: str) -> str | None:
    """What follows “For immediate release” or “Check against delivery”; None where the line begins otherwise."""
    found = _RELEASE.match(text) if len(text) <= LONGEST else None
    return text[found.end() :].strip(" .:;,!*_–—-()") if found else None


def is_end(passage: Passage) -> bool:
    """Whether it is a mark at the end of the text or between its parts: “ENDS”, « -FIN- », `###`, `* * *`."""
    text = passage.text
    if passage.kind not in (Kind.LINE, Kind.PARAGRAPH) or len(text) > LONGEST:
        return False
    if _SEPARATOR.match(text):
        return True
    words = text.strip("#*_=~–—- \N{NO-BREAK SPACE}")
    return key(words.strip("./")) in _ENDS and (words.isupper() or len(words) + 2 <= len(text))


def end_behind(text: str) -> int:
    """Where such a mark begins behind a text: “… every day. -ENDS-”; its length where there is none."""
    found = _END_BEHIND.search(text, max(0, len(text) - 40))
    return found.start() if found and (not found["word"] or key(found["word"]) in _ENDS) else len(text)


def _goes_on(notices: Notices, above: Passage, passage: Passage) -> bool:
    """Whether the line has the day of the embargo above it, which was broken behind a comma."""
    is_of_embargo = bool(notices.embargo) and above.text.endswith(notices.embargo[-1])
    is_broken = is_of_embargo and above.text.endswith(",") and not passage.after_gap
    return is_broken and len(passage.text) < LONGEST and dates.find(passage.text) is not None


def _behind_kind(text: str) -> int:
    """Where a line goes on behind its kind: “Press release – embargoed until …”; 0 where it begins with none."""
    found = _LABELLED.match(text)
    return found.end() if found and key(found["label"]) in _KINDS else 0


def _above_subject(passages: list[Passage], of_mail: set[int]) -> Iterator[int]:
    """The places of the words that accompany a release in an email: those above the line that its subject names."""
    subjects = (key(passages[index].text) for index in of_mail if _header(passages[index].text) in _MAIL_SUBJECT)
    subject, below = next(subjects, ""), max(of_mail, default=-1) + 1
    for index in range(below, len(passages)):
        if len(passages[index].text) > SHORTEST_TITLE and key(passages[index].text) in subject:
            yield from range(below, index)
            return


def _mail(passages: list[Passage]) -> Iterator[int]:
    """The places of the head of an email: its sender and another line at least, and lines that these go on in."""
    named = {index: name for index, one in enumerate(passages) if one.is_text and (name := _header(one.text))}
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
        yield from range(first - (first > 0 and bool(_FORWARDED.match(passages[first - 1].text[:LONGEST]))), last + 1)


def _header(text: str) -> str:
    found = _HEADER.match(text)
    name = key(found["name"].strip("* ")) if found else ""
    return name if name in _MAIL else ""
