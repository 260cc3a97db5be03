from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ChoiceBlock, ListBlock, StructValue

from iom import languages
from iom.core.blocks import plain_text
from iom.core.blocks.struct import FieldsBlock
from iom.links import WebAddressBlock


class LinkValue(StructValue):
    @property
    def language_own_name(self) -> str:
        return languages.own_name(self["language"])


class LinksBlock(FieldsBlock):
    """Links to other sites, each with its language if it is not the page's."""

    title = CharBlock(label=_("Title"), required=False)
    items = ListBlock(
        FieldsBlock(
            [
                ("url", WebAddressBlock(label=_("Web address"))),
                ("label", CharBlock(label=_("Label"))),
                (
                    "language",
                    ChoiceBlock(label=_("Language"), choices=languages.choices, default=settings.LANGUAGE_CODE),
                ),
            ],
            value_class=LinkValue,
        ),
        label=_("Links"),
        min_num=1,
    )

    def passages(self, value: StructValue) -> list[str]:
        links = (plain_text.format_link(item["label"], item["url"]) for item in value["items"])
        return [value["title"], plain_text.format_list(links)]

    class Meta:
        icon = "link"
        label = _("Links")
        description = _("Pages on other sites. Their language is shown if it differs from that of the page.")
        template = "blocks/links.html"
        preview_value = {
            "title": _("On other sites"),
            "items": [{"url": "https://www.un.org/", "label": _("The United Nations"), "language": "ar"}],
        }
