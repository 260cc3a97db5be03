from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ListBlock, StructValue
from wagtail.documents.blocks import DocumentChooserBlock

from iom.core.blocks import plain_text
from iom.core.blocks.struct import FieldsBlock
from iom.media.models import SiteDocument
from iom.seo.templatetags.seo import absolute


class DocumentsBlock(FieldsBlock):
    """Files to download, each with its type and size, and its language if it is not the page's."""

    title = CharBlock(label=_("Title"), required=False)
    items = ListBlock(
        FieldsBlock(
            [
                ("document", DocumentChooserBlock(label=_("Document"))),
                (
                    "label",
                    CharBlock(
                        label=_("Label"), required=False, help_text=_("Leave empty to show the title of the document.")
                    ),
                ),
            ]
        ),
        label=_("Documents"),
        min_num=1,
    )

    def get_preview_value(self) -> StructValue:
        items = [{"document": document, "label": document.title} for document in SiteDocument.objects.all()[:3]]
        return self.normalize({"title": gettext("Further reading"), "items": items})

    def passages(self, value: StructValue) -> list[str]:
        items = [(item["label"], item["document"]) for item in value["items"] if item["document"]]
        links = (plain_text.format_link(label or document.title, absolute(document.url)) for label, document in items)
        return [value["title"], plain_text.format_list(links)]

    class Meta:
        icon = "doc-full"
        label = _("Documents")
        description = _("Files to download. Type, size and language are added automatically.")
        template = "blocks/documents.html"
