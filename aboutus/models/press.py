from typing import Any

from django.http import HttpRequest
from django.template import Context
from django.utils.translation import gettext_lazy as _

from aboutus import press_directory
from aboutus.models.section import SectionPage
from iom.listing.contents import Contents
from iom.seo import structured
from newsroom import feed_links


class PressContactsPage(SectionPage):
    """Whom journalists call: the press contacts by region, country and language. One for each language."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["aboutus.AboutPage"]  # what else the press needs, such as accreditation
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("page of media contacts")
        verbose_name_plural = _("pages of media contacts")

    def listed(self) -> Contents:
        """Every page leads here from its foot."""
        return Contents(summary=self.introduction, in_footer=True)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        chosen = press_directory.read(request.GET)
        request.known_query = chosen.query  # type: ignore[attr-defined]
        options = press_directory.options()
        chips = chosen.chips(options)
        cards = press_directory.found(chosen)
        press_office = press_directory.press_office()
        listed = cards if chips else [card for card in cards if card not in press_office]  # it stands above the others
        return super().get_context(request, *args, **kwargs) | {
            "chosen": chosen,
            "options": options,
            "chips": chips,
            "list_title": feed_links.title(self.title, [chip.label for chip in chips]),
            "cards": cards,
            "regions": [] if chosen.country else press_directory.by_region(listed, self.locale),
            "press_office": press_office,
        }

    def structured_data(self, context: Context) -> list[structured.Thing]:
        points = [structured.press_contact(card) for card in context["cards"]]
        return [*super().structured_data(context), structured.organisation(contactPoint=points)]
