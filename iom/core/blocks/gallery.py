from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ListBlock, StructValue

from iom.core.blocks.picture import PictureBlock
from iom.core.blocks.struct import FieldsBlock
from iom.media.models import SiteImage


class GalleryBlock(FieldsBlock):
    """Several pictures."""

    title = CharBlock(label=_("Title"), required=False)
    pictures = ListBlock(PictureBlock(), label=_("Pictures"), min_num=2)

    def get_preview_value(self) -> StructValue:
        pictures = [
            {"image": image, "alt": gettext("Families waiting before departure"), "caption": image.title}
            for image in SiteImage.objects.all()[:4]
        ]
        return self.normalize({"title": gettext("The day in pictures"), "pictures": pictures})

    class Meta:
        icon = "image"
        label = _("Gallery")
        description = _("Two or more pictures, side by side.")
        template = "blocks/gallery.html"
