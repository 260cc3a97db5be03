from typing import Any

from django.http import HttpRequest
from django.template import Context
from django.utils.translation import gettext_lazy as _

from aboutus import press_directory
from aboutus.models.section import SectionPage
from iom.listing.contents import Contents
from iom.seo import schema_org
from newsroom import feed_links


class PressContactsPage(SectionPage):
    """The page of media contacts by region, country and language. There is one for each language."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["aboutus.AboutPage"]  # what else the press needs, such as accreditation
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("page of media contacts")
        verbose_name_plural = _("pages of media contacts")

    def get_listing_contents(self) -> Contents:
        """Every page links to this one in its footer."""
        return Contents(summary=self.introduction, in_footer=True)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        chosen = press_directory.read_filters(request.GET)
        request.cacheable_query = chosen.query  # type: ignore[attr-defined]
        options = press_directory.options()
        chips = chosen.chips(options)
        cards = press_directory.find_cards(chosen)
        press_office = press_directory.press_office()
        # The press office is shown above the others.
        listed = cards if chips else [card for card in cards if card not in press_office]
        return super().get_context(request, *args, **kwargs) | {
            "chosen": chosen,
            "options": options,
            "chips": chips,
            "list_title": feed_links.list_title(self.title, [chip.label for chip in chips]),
            "cards": cards,
            "regions": [] if chosen.country else press_directory.group_by_region(listed, self.locale),
            "press_office": press_office,
        }

    def structured_data(self, context: Context) -> list[schema_org.Thing]:
        points = [schema_org.press_contact(card) for card in context["cards"]]
        return [*super().structured_data(context), schema_org.organization(contactPoint=points)]
