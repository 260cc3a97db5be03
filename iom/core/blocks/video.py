from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import (
    CharBlock,
    StructBlockValidationError,
    StructValue,
)
from wagtail.documents.blocks import DocumentChooserBlock

from iom.core.blocks import plain_text
from iom.core.blocks.picture_chooser import PictureChooserBlock
from iom.core.blocks.rich_text import INLINE, RunningTextBlock
from iom.core.blocks.struct import FieldsBlock
from iom.links import WebAddressBlock
from iom.media.models import SiteImage


class VideoValue(StructValue):
    @property
    def is_file(self) -> bool:
        """Whether a browser can play the address; otherwise it is a link to a page that does."""
        return urlsplit(self["url"]).path.lower().endswith((".mp4", ".webm"))

    @property
    def host(self) -> str:
        return urlsplit(self["url"]).hostname or ""


class VideoBlock(FieldsBlock):
    """A video that loads nothing from another site until the reader plays it."""

    title = CharBlock(label=_("Title"), required_on_save=True)
    url = WebAddressBlock(
        label=_("Web address of the video"),
        help_text=_("The address of a video file (.mp4 or .webm), or of the page that plays the video."),
    )
    poster = PictureChooserBlock(label=_("Preview picture"), required=False)
    captions = DocumentChooserBlock(label=_("Captions (.vtt)"), required=False)
    transcript = RunningTextBlock(label=_("Transcript"), features=INLINE, required=False)

    def clean(self, value: StructValue) -> StructValue:
        cleaned = super().clean(value)
        lacks_text = not cleaned["captions"] and not str(cleaned["transcript"] or "")
        if lacks_text and not self.is_deferred_validation:  # a draft may be incomplete
            message = _("Add captions or a transcript, for people who cannot hear the video.")
            raise StructBlockValidationError(block_errors={"transcript": ValidationError(message)})
        return cleaned

    def get_preview_value(self) -> StructValue:
        return self.normalize(
            {
                "title": gettext("One day at the reception centre"),
                "url": "https://media.example.org/videos/reception.mp4",
                "poster": SiteImage.objects.first(),
                "transcript": "<p>" + gettext("A bus arrives. Volunteers hand out water.") + "</p>",
            }
        )

    def passages(self, value: VideoValue) -> list[str]:
        return [plain_text.format_link(value["title"], value["url"]), *plain_text.split_rich_text(value["transcript"])]

    class Meta:
        icon = "media"
        label = _("Video")
        description = _("A video with captions or a transcript. It is loaded only when a reader plays it.")
        template = "blocks/video.html"
        value_class = VideoValue
