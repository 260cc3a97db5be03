"""What a text loses on its way back: it is read as the import reads it, and compared."""

from difflib import SequenceMatcher
from typing import Any

from newsroom.importing.readers import capture
from newsroom.importing.release import Block, Contact, Heading, ListBlock, Paragraph, PressRelease, Quotation
from newsroom.importing.structure import press_release


def read_back(text: str, locale: str) -> PressRelease:
    return press_release(capture.read_text(text), locale)


def changed_blocks(written: PressRelease, read: PressRelease) -> list[int]:
    """The places, from 0, of the blocks that did not come back as they were."""
    ours, theirs = ([_key(block) for block in release.blocks] for release in (written, read))
    steps = SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes()
    return [place for tag, start, end, _from, _to in steps if tag != "equal" for place in range(start, end)]


def changed_fields(written: PressRelease, read: PressRelease) -> list[str]:
    """The names of the other things that did not come back. The import has type, scope and date from the manifest."""
    fields = {
        "title": (written.title, read.title),
        "summary": (written.summary, read.summary),
        "place": (written.dateline.place, read.dateline.place),
    }
    changed = [name for name, (ours, theirs) in fields.items() if _plain(ours) != _plain(theirs)]
    same_people = list(map(_person, written.contacts)) == list(map(_person, read.contacts))
    return changed if same_people else [*changed, "contacts"]


def _key(block: Block) -> tuple[Any, ...]:
    match block:
        case Paragraph() | Heading():
            return type(block), _plain(block.text)
        case ListBlock():
            return ListBlock, block.ordered, *(_plain(item.text) for item in block.items)
        case Quotation():
            said = tuple(map(_plain, block.paragraphs))
            return Quotation, said, _plain(block.speaker), _plain(block.role), block.name_changed
    return (type(block),)


def _person(contact: Contact) -> tuple[str, ...]:
    return tuple(map(_plain, (contact.name, contact.office, contact.email, contact.phone)))


def _plain(text: str) -> str:
    """The text with every space as one and the same."""
    return " ".join(text.split())
