from typing import Any

from iom.contacts.answering import cards_of
from iom.contacts.models import OFFICES, ContactCard, cards
from iom.core.blocks import ContactBoxBlock, values_of


class Answered:
    """The part of an article that says who answers the press about it."""

    def cards(self: Any) -> list[ContactCard]:
        """Who answers the press about this article."""
        return self.answering(self.named_cards())

    def named_cards(self: Any) -> list[ContactCard]:
        """Those of the contacts that the article names below its text."""
        return cards([row.contact for row in self.contacts.select_related(*(f"contact__{path}" for path in OFFICES))])

    def answering(self: Any, named: list[ContactCard]) -> list[ContactCard]:
        """Those named, there or in the text; else whom the press asks about the office."""
        return named if named or _has_contact_box(self) else cards_of(self.office_id)


def _has_contact_box(article: Any) -> bool:
    boxes = (values_of(ContactBoxBlock, child.block, child.value) for child in article.body)
    return any(box.cards for found in boxes for box in found)
