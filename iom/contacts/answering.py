"""Who answers the press for an office: its press contacts, else those of the nearest office above it, else
those of the press office.

Country pages, articles and the page of media contacts all ask here.
"""

from collections import defaultdict
from dataclasses import dataclass

from iom.caching.version import kept
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
class Answering:
    """All offices by key, each with those above it, and the press contacts of each who are in post today."""

    offices: dict[int, Office]
    contacts: dict[int, list[PressContact]]
    press_office: int | None

    def of(self, office: int | None) -> list[PressContact]:
        """Whom the press asks about the office with this key; press services before persons."""
        above = [one.pk for one in self.offices[office].upwards()] if office in self.offices else []
        return next((self.contacts[one] for one in [*above, self.press_office] if one in self.contacts), [])


@kept
def answering() -> Answering:
    """Three queries, however many there are."""
    contacts: dict[int, list[PressContact]] = defaultdict(list)
    for contact in press_contacts():
        contacts[contact.office_id].append(contact)
    return Answering(offices_by_key(), dict(contacts), ContactSettings.current().press_office_id)


def cards_of(office: int | None) -> list[ContactCard]:
    """Who answers the press for the office with this key. Where no office has a press contact, the office itself."""
    known = answering()
    found = known.of(office)
    alone = None if found else office_card(known.offices.get(office or 0))
    return [alone] if alone else cards(found)
