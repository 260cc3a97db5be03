"""Builders of structured data: things of schema.org as dictionaries, which become JSON-LD."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import get_language, gettext

from iom.contacts.models import ContactCard, Office, PressContact
from iom.media.pictures import RenditionFile
from iom.navigation.translation_tree import TreePage
from iom.seo.templatetags.seo import absolute

Thing = dict[str, Any]


def thing(kind: str, **properties: Any) -> Thing:
    """Returns a thing of the type `kind`, without empty properties."""
    return {"@type": kind} | {name: value for name, value in properties.items() if value not in (None, "", [])}


def organization(**properties: Any) -> Thing:
    """Returns the organization, named in the interface's language."""
    return thing(
        "GovernmentOrganization",
        name=gettext("International Organization for Migration"),
        alternateName=gettext("IOM"),
        url=absolute(f"/{get_language()}/"),
        **properties,
    )


def breadcrumbs(ancestors: Iterable[TreePage], title: str, url: str) -> list[Thing]:
    """Returns a BreadcrumbList down to the page with this title and path; nothing for a home page."""
    above = [(page.title, page.url) for page in ancestors]
    if not above:
        return []
    steps = [(gettext("Home"), above[0][1]), *above[1:], (title, url)]
    items = [
        thing("ListItem", position=position, name=name, item={"@id": absolute(address)})
        for position, (name, address) in enumerate(steps, start=1)
    ]
    return [thing("BreadcrumbList", itemListElement=items)]


def press_contact(shown: ContactCard | PressContact) -> Thing:
    """Returns the contact point of a press contact."""
    return thing(
        "ContactPoint",
        contactType="press",
        name=shown.name,
        email=shown.email,
        telephone=shown.phone,
        availableLanguage=list(shown.languages),
    )


def office(shown: Office, press: Iterable[PressContact] = ()) -> Thing:
    """Returns an office with its head and its press contacts."""
    return thing(
        "GovernmentOrganization",
        name=shown.name,
        parentOrganization=organization(),
        address=" ".join(shown.address.split()),
        email=shown.email,
        telephone=shown.phone,
        employee=[person(shown.head_name, shown.head_title)] if shown.head_name else [],
        contactPoint=[press_contact(contact) for contact in press],
    )


def person(name: str, title: str, **properties: Any) -> Thing:
    """Returns a person who holds a post of the organization."""
    return thing("Person", name=name, jobTitle=title, **properties)


def picture(file: RenditionFile | None, credit: str = "", caption: str = "") -> Thing | None:
    """Returns the rendition of a picture, or None without one."""
    return thing("ImageObject", url=absolute(file.url), creditText=credit, caption=caption) if file else None
