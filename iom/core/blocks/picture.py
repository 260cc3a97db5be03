from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import BooleanBlock, CharBlock, StructBlockValidationError, StructValue

from iom.core.blocks.picture_chooser import PictureChooserBlock
from iom.core.blocks.struct import FieldsBlock
from iom.media.models import SiteImage


class PictureBlock(FieldsBlock):
    """A picture with the alternative text and caption for this page."""

    image = PictureChooserBlock(label=_("Picture"))
    decorative = BooleanBlock(label=_("Decorative: adds nothing to the text"), required=False)
    alt = CharBlock(
        label=_("Alternative text"),
        required=False,
        help_text=_("What the picture shows, for people who cannot see it."),
    )
    caption = CharBlock(label=_("Caption"), required=False, help_text=_("The credit is added automatically."))

    def clean(self, value: StructValue) -> StructValue:
        cleaned = super().clean(value)
        is_complete = cleaned["alt"] or cleaned["decorative"]
        if not is_complete and not self.is_deferred_validation:  # a draft may be incomplete
            message = _("Write an alternative text or mark the picture as decorative.")
            raise StructBlockValidationError(block_errors={"alt": ValidationError(message)})
        return cleaned

    def get_preview_value(self) -> StructValue:
        return self.normalize(
            {
                "image": SiteImage.objects.first(),
                "alt": gettext("Families waiting before departure"),
                "caption": gettext("The departure hall, early in the morning."),
            }
        )

    class Meta:
        icon = "image"
        label = _("Picture")
        description = _("One picture with caption and credit.")
        template = "blocks/picture.html"
