from typing import Any

from iom.contacts.lookup import cards_for_office
from iom.contacts.models import OFFICES, ContactCard, cards
from iom.core.blocks import ContactBoxBlock, find_block_values


class PressContactsMixin:
    """The part of an article that chooses its press contacts."""

    def cards(self: Any) -> list[ContactCard]:
        """Returns the cards of the contacts who answer the press about this article."""
        return self.cards_with_fallback(self.named_cards())

    def named_cards(self: Any) -> list[ContactCard]:
        """Returns the cards of the contacts listed below the text."""
        return cards([row.contact for row in self.contacts.select_related(*(f"contact__{path}" for path in OFFICES))])

    def cards_with_fallback(self: Any, named: list[ContactCard]) -> list[ContactCard]:
        """Returns `named`; where that is empty and the text has no contact box either, the contacts of the office."""
        if named or any(box.cards for box in find_block_values(ContactBoxBlock, self.body)):
            return named
        return cards_for_office(self.office_id)
