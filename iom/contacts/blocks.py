"""The chooser of media contacts. The block that holds it is iom.core.blocks.contact_box."""

from typing import Any

from django.utils.functional import cached_property
from wagtail.snippets.blocks import SnippetChooserBlock

from iom.contacts.choosers import PressContactChooser
from iom.contacts.models import PressContact


class PressContactChooserBlock(SnippetChooserBlock):
    """Chooses a media contact; all contacts of a text come from the database in one query, with their offices."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(PressContact, **kwargs)

    @cached_property
    def widget(self) -> PressContactChooser:
        return PressContactChooser(PressContact, icon=super().widget.icon)

    def bulk_to_python(self, values: list[int | None]) -> list[PressContact | None]:
        found = PressContact.objects.in_bulk([value for value in values if value])
        return [found.get(value) if value else None for value in values]
