from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ListBlock, PageChooserBlock, StructBlock
from wagtail.models import Page

from iom.navigation.links import in_current_language


class RelatedPagesBlock(StructBlock):
    """Other pages of the site, each in the reader's language; one that does not exist there is left out."""

    title = CharBlock(label=_("Title"), required=False)
    pages = ListBlock(PageChooserBlock(label=_("Page")), label=_("Pages"), min_num=1)

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context)
        context["links"] = list(in_current_language(page.pk for page in value["pages"] if page).values())
        return context

    def get_preview_value(self) -> Any:
        return self.normalize({"title": gettext("See also"), "pages": list(Page.objects.filter(depth=3)[:3])})

    class Meta:
        icon = "doc-empty"
        label = _("Related pages")
        description = _("Links to other pages of this site, in the reader’s language.")
        template = "blocks/related_pages.html"
