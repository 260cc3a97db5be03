"""What a press release is: plain data, which files are read into and articles are written from."""

import datetime
from dataclasses import dataclass
from typing import Any

# A code with values, put into words when it is shown (`newsroom.importing.remarks`).
Remark = dict[str, Any]


@dataclass(frozen=True, slots=True)
class PictureFile:
    """A picture of the file: its bytes where the file holds them, else the address it was taken from."""

    name: str
    data: bytes = b""
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: its text, and the same as safe HTML."""

    text: str
    html: str


@dataclass(frozen=True, slots=True)
class Heading:
    text: str


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


@dataclass(frozen=True, slots=True)
class DateProposal:
    """What the date may be, and why; `date` is None where the text does not tell the year."""

    date: datetime.date | None
    reason: Remark


@dataclass(frozen=True, slots=True)
class Dateline:
    """Where and when, as printed before the text. `date` only where a year is printed."""

    place: str = ""
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
    notes: tuple[Remark, ...] = ()

    @property
    def quotations(self) -> list[Quotation]:
        return [block for block in self.blocks if isinstance(block, Quotation)]

    @property
    def paragraphs(self) -> list[Paragraph]:
        return [block for block in self.blocks if isinstance(block, Paragraph)]
