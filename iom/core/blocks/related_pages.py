from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ListBlock, PageChooserBlock, StructValue
from wagtail.models import Page

from iom.core.blocks.struct import FieldsBlock
from iom.navigation.links import Link, in_current_language, link_to, with_translations


class LinkedPageChooserBlock(PageChooserBlock):
    """Loads the chosen pages with their translations, in one query."""

    def bulk_to_python(self, values: list[int | None]) -> list[Page | None]:
        found = with_translations([value for value in values if value])
        return [found.get(value) if value else None for value in values]


class RelatedPagesBlock(FieldsBlock):
    """Links to other pages of the site, in the reader's language; untranslated ones are left out."""

    title = CharBlock(label=_("Title"), required=False)
    pages = ListBlock(LinkedPageChooserBlock(label=_("Page")), label=_("Pages"), min_num=1)

    def get_context(self, value: StructValue, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context)
        context["links"] = self._links([page for page in value["pages"] if page])
        return context

    @staticmethod
    def _links(pages: list[Page]) -> list[Link]:
        """Each page once. In a preview the pages come from the form, without their translations."""
        if not all(hasattr(page, "texts") for page in pages):
            return list(in_current_language(page.pk for page in pages).values())
        return list(filter(None, dict.fromkeys(link_to(page.texts) for page in pages)))

    def get_preview_value(self) -> StructValue:
        return self.normalize({"title": gettext("See also"), "pages": list(Page.objects.filter(depth=3)[:3])})

    class Meta:
        icon = "doc-empty"
        label = _("Related pages")
        description = _("Links to other pages of this site, in the language of the page.")
        template = "blocks/related_pages.html"
