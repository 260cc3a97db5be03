"""A press release as plain data: the import parses files into it, and articles are written from it."""

import datetime
from dataclasses import dataclass
from typing import Any

# A code with its values; `newsroom.importing.remarks` renders it as text.
Remark = dict[str, Any]


@dataclass(frozen=True, slots=True)
class PictureFile:
    """A picture of a file. `data` is empty where the file only links to the picture."""

    name: str
    data: bytes = b""
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph as plain text and as safe HTML."""

    text: str
    html: str


@dataclass(frozen=True, slots=True)
class Heading:
    text: str


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation without its quotation marks. `speaker` is a name or empty; `role` is the title as printed."""

    paragraphs: tuple[str, ...]
    speaker: str = ""
    role: str = ""
    name_changed: bool = False

    @property
    def text(self) -> str:
        return "\n\n".join(self.paragraphs)

    @property
    def attribution(self) -> str:
        """The speaker's name and title, separated by a comma."""
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
    """A press contact. `phone` is in E.164 where it parses, else as printed."""

    name: str = ""
    office: str = ""
    email: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class DateProposal:
    """A proposed date with its reason; `date` is None where the year is unknown."""

    date: datetime.date | None
    reason: Remark


@dataclass(frozen=True, slots=True)
class Dateline:
    """The place and date before the text. `date` is None where no year is printed."""

    place: str = ""
    printed: str = ""
    date: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Text of the file that is not in the article, with the reason."""

    text: str
    why: Remark


@dataclass(frozen=True, slots=True)
class PressRelease:
    """A parsed press release. `kind` and `scope` are values of NewsArticle, or empty where the text has none."""

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
