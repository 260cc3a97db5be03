"""Looks up who answers the press for an office.

These are its press contacts, else those of the nearest office above it, else those of the press office. Country
pages, articles and the page of media contacts all use this module.
"""

from collections import defaultdict
from dataclasses import dataclass

from iom.caching.version import cached_per_version
from iom.contacts.models import (
    ContactCard,
    ContactSettings,
    Office,
    PressContact,
    cards,
    office_card,
    offices_by_key,
    press_contacts,
)


@dataclass(frozen=True)
class PressContactLookup:
    """All offices by key, and by the key of their office the press contacts who are in post today."""

    offices: dict[int, Office]
    contacts: dict[int, list[PressContact]]
    press_office: int | None

    def for_office(self, office: int | None) -> list[PressContact]:
        """Returns the contacts who answer for the office with this key, press services before persons."""
        keys = [parent.pk for parent in self.offices[office].upwards()] if office in self.offices else []
        return next((self.contacts[key] for key in [*keys, self.press_office] if key in self.contacts), [])


@cached_per_version
def press_contact_lookup() -> PressContactLookup:
    """Builds the lookup in three queries."""
    contacts: dict[int, list[PressContact]] = defaultdict(list)
    for contact in press_contacts():
        contacts[contact.office_id].append(contact)
    return PressContactLookup(offices_by_key(), dict(contacts), ContactSettings.current().press_office_id)


def cards_for_office(office: int | None) -> list[ContactCard]:
    """Returns the cards of who answers the press for the office with this key.

    Without any press contact, this is a card of the office itself.
    """
    lookup = press_contact_lookup()
    contacts = lookup.for_office(office)
    fallback = None if contacts else office_card(lookup.offices.get(office or 0))
    return [fallback] if fallback else cards(contacts)
