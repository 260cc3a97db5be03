"""The chooser block of media contacts, for the block `iom.core.blocks.contact_box`."""

from typing import Any

from django.utils.functional import cached_property
from wagtail.snippets.blocks import SnippetChooserBlock

from iom.contacts.choosers import PressContactChooser
from iom.contacts.models import PressContact, press_contacts_by_key


class PressContactChooserBlock(SnippetChooserBlock):
    """Chooses a media contact. All contacts and their offices are read at once: there are few."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(PressContact, **kwargs)

    @cached_property
    def widget(self) -> PressContactChooser:
        return PressContactChooser(PressContact, icon=super().widget.icon)

    def bulk_to_python(self, values: list[int | None]) -> list[PressContact | None]:
        found = press_contacts_by_key()
        return [found.get(value) if value else None for value in values]
