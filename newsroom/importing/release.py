"""A press release as it was understood, and the count of its words by which nothing is lost."""

import datetime
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field

from newsroom.importing.counting import words
from newsroom.importing.readers.passages import PictureFile
from newsroom.importing.remarks import Remark


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: its text, and the same as safe HTML."""

    text: str
    html: str


@dataclass(frozen=True, slots=True)
class Heading:
    text: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Quotation:
    """Someone's words without their quotation marks. `speaker` is a name, or empty; `role` the title as printed."""

    paragraphs: tuple[str, ...]
    speaker: str = ""
    role: str = ""
    name_changed: bool = False

    @property
    def text(self) -> str:
        return "\n\n".join(self.paragraphs)

    @property
    def attribution(self) -> str:
        """The name, then the title."""
        return ", ".join(part for part in (self.speaker, self.role) if part)


@dataclass(frozen=True, slots=True)
class ListBlock:
    items: tuple[Paragraph, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    file: PictureFile | None = None
    caption: str = ""
    credit: str = ""


Block = Paragraph | Heading | Quotation | ListBlock | Table | Picture


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom journalists may ask. `phone` in E.164 where it parses, else as printed."""

    name: str = ""
    office: str = ""
    email: str = ""
    phone: str = ""
    other_phones: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DateProposal:
    """What the date may be, and why; `date` is None where the text does not tell the year."""

    date: datetime.date | None
    reason: Remark


@dataclass(frozen=True, slots=True)
class Dateline:
    """Where and when, as printed before the text. `date` only where a year is printed."""

    place: str = ""
    places: tuple[str, ...] = ()
    printed: str = ""
    date: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class LeftOut:
    text: str
    why: Remark


@dataclass(frozen=True, slots=True)
class PressRelease:
    """All that was found in one text. `kind` and `scope` are the values of NewsArticle, or empty where not printed."""

    title: str = ""
    locale: str = ""
    kind: str = ""
    scope: str = ""
    summary: str = ""
    dateline: Dateline = Dateline()
    date: datetime.date | None = None
    proposal: DateProposal | None = None
    picture: Picture | None = None
    blocks: tuple[Block, ...] = ()
    contacts: tuple[Contact, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    notes: tuple[Remark, ...] = field(default=())

    @property
    def quotations(self) -> list[Quotation]:
        return [block for block in self.blocks if isinstance(block, Quotation)]

    @property
    def paragraphs(self) -> list[Paragraph]:
        return [block for block in self.blocks if isinstance(block, Paragraph)]


_BROKEN = re.compile(r"([^\W_]+)[-\u2010\u2011][^\S\n]*\n\s*([^\W_]+)")


def words_of(release: PressRelease) -> Counter[str]:
    """Every word that the release holds, in the article or among what was left out."""
    texts = [release.title, release.summary, release.dateline.place]
    texts += [left.text for left in release.left_out]
    for block in (*release.blocks, *((release.picture,) if release.picture else ())):
        texts += _texts(block)
    return Counter(word for text in texts for word in words(text))


def lost(source: str, release: PressRelease) -> list[str]:
    """The words of the source that the release does not hold. A word broken at a line's end may have been joined."""
    have, wanted = words_of(release), Counter(words(source))
    missing, further = wanted - have, have - wanted
    if missing:
        for broken in _BROKEN.finditer(unicodedata.normalize("NFKC", source).casefold()):
            joined = broken[1] + broken[2]
            if further[joined] > 0:
                further[joined] -= 1
                missing.subtract(broken.groups())
    return sorted(missing.elements())


def _texts(block: Block) -> list[str]:
    match block:
        case Paragraph() | Heading():
            return [block.text]
        case Quotation():
            return list(block.paragraphs)
        case ListBlock():
            return [item.text for item in block.items]
        case Table():
            return [cell for row in block.rows for cell in row]
        case Picture():
            return [block.caption, block.credit, block.file.alt if block.file else ""]
