"""A release as plain text, in the manner of the archive's captures: one line a paragraph, a blank line between two."""

from collections.abc import Callable, Iterable

from django.utils.translation import gettext, pgettext

from iom.core.templatetags.site import date_text, phone_display
from newsroom.importing.release import Block, Contact, Dateline, Heading, ListBlock, Paragraph, PressRelease, Quotation
from newsroom.kinds import Kind, Scope

_DASH = "\N{NO-BREAK SPACE}– "
Manner = Callable[[Quotation], str]


def write(release: PressRelease) -> str:
    """The whole text, in the active language, which is the release's."""
    passages = [passage for block in release.blocks for passage in lines(block)]
    return text([*head(release), *with_dateline(release.dateline, passages), contact_line(release.contacts)])


def text(passages: Iterable[str]) -> str:
    """The passages that say something, a blank line between two."""
    return "\n\n".join(passage for passage in passages if passage) + "\n"


def head(release: PressRelease) -> list[str]:
    """The type and scope, the title, the summary."""
    labels = [Kind(release.kind).label] if release.kind else []
    labels += [Scope(release.scope).label] if release.scope else []
    return [" / ".join(map(str, labels)), release.title, release.summary]


def with_dateline(dateline: Dateline, passages: list[str]) -> list[str]:
    """The passages, the first of them behind place and day; these stand alone above a heading or a list."""
    printed = ", ".join(part for part in (dateline.place, date_text(dateline.date)) if part)
    if not printed:
        return passages
    if not passages or "\n" in passages[0] or not passages[0].endswith(_ENDS):
        return [printed, *passages]
    return [printed + _DASH + passages[0], *passages[1:]]


# With what a paragraph ends, and a heading does not.
_ENDS = (".", "!", "?", "…", ":", ";", "»", "”", ")")


def lines(block: Block) -> list[str]:
    """The passages of a block; a list is one, a line an item."""
    match block:
        case Paragraph() | Heading():
            return [block.text]
        case ListBlock():
            marks = (f"{n}. " if block.ordered else "- " for n, _ in enumerate(block.items, start=1))
            return ["\n".join(mark + item.text for mark, item in zip(marks, block.items, strict=True))]
        case Quotation():
            return signed(block)
    return []


def signed(quotation: Quotation) -> list[str]:
    """« … » — Mohammed (nom changé), de l’OIM à Damas. The opening mark begins each paragraph, as printers have it."""
    opening = pgettext("opening quotation mark", "“")
    closing = pgettext("closing quotation mark", "”")
    passages = [opening + paragraph for paragraph in quotation.paragraphs]
    name = quotation.speaker
    if name and quotation.name_changed:
        name = gettext("%(name)s (name changed)") % {"name": name}
    source = ", ".join(part for part in (name, quotation.role) if part)
    passages[-1] += closing + (f" — {source}" if source else "")
    return passages


def contact_line(contacts: Iterable[Contact]) -> str:
    """Whom to ask, on one line; empty where nobody is named."""
    people = "; ".join(filter(None, map(_contact, contacts)))
    return gettext("For more information, please contact %(contacts)s.") % {"contacts": people} if people else ""


def _contact(contact: Contact) -> str:
    ways = [
        gettext("email: %(email)s") % {"email": contact.email} if contact.email else "",
        gettext("tel.: %(phone)s") % {"phone": phone_display(contact.phone)} if contact.phone else "",
    ]
    return ", ".join(part for part in (contact.name, contact.office, *ways) if part)
