from django.utils.translation import gettext_lazy as _
from wagtail.blocks import BooleanBlock, ListBlock, StreamValue, StructValue

from iom.contacts.blocks import PressContactChooserBlock
from iom.contacts.models import ContactCard, PressContact, cards
from iom.core.blocks import plain_text
from iom.core.blocks.struct import FieldsBlock


class ContactBoxValue(StructValue):
    @property
    def cards(self) -> list[ContactCard]:
        return cards([contact for contact in self["contacts"] if contact])


class ContactBoxBlock(FieldsBlock):
    """Press contacts."""

    contacts = ListBlock(PressContactChooserBlock(label=_("Media contact")), label=_("Media contacts"), min_num=1)
    media_only = BooleanBlock(label=_("For media only"), required=False, default=True)

    def get_preview_value(self) -> StructValue:
        contacts = list(PressContact.objects.all()[:1])
        return self.normalize({"contacts": contacts, "media_only": True})

    def passages(self, value: ContactBoxValue) -> list[str]:
        return [plain_text.format_contact_line(value.cards)]

    class Meta:
        icon = "mail"
        label = _("Contact box")
        description = _("Media contacts, updated in one place. When a person has left, the office is shown instead.")
        template = "blocks/contact_box.html"
        value_class = ContactBoxValue


def first_contact_box(body: StreamValue) -> str:
    """Returns the anchor of the first contact box of a text (templates/partials/body.html); empty if there is none."""
    return next((f"contact-{block.id}" for block in body if block.block_type == "contact_box"), "")
