from dataclasses import replace
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, Panel

from aboutus.models.section import SectionPage
from aboutus.models.structure import Post, StructurePage, chart
from iom.caching.version import cached_per_version
from iom.core.fields import shared
from iom.core.search_content import SearchContent
from iom.listing.contents import Contents
from iom.listing.reading import is_listed

CHART = ("chart", "")  # the search facet of the page with the organization chart


class ChartPanel(Panel):
    """Lists the posts of the organization chart, with links to their edit views."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "aboutus/chart_panel.html"

        def is_shown(self) -> bool:
            return bool(self.instance.shows_chart) and super().is_shown()

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            posts = StructurePage.objects.filter(locale=self.instance.locale_id, alias_of=None).order_by("path")
            known = [post for post in posts if post.permissions_for_user(self.request.user).can_edit()]
            return super().get_context_data(parent_context) | {"posts": known}


class AboutPage(SectionPage):
    """A section with an introduction, or a plain page such as the legal ones."""

    shows_chart = models.BooleanField(
        _("show the organization chart"), default=False, help_text=_("Based on the field “Reports to” of each post.")
    )
    in_footer = models.BooleanField(
        _("show in the footer"), default=False, help_text=_("A link is shown at the bottom of every page.")
    )

    parent_page_types = ["home.HomePage", "aboutus.AboutPage", "aboutus.PressContactsPage"]
    subpage_types = ["aboutus.AboutPage", "aboutus.StructurePage"]

    override_translatable_fields = [
        *SectionPage.override_translatable_fields,
        *shared("shows_chart", "in_footer"),
    ]
    content_panels = [
        *SectionPage.content_panels[:-1],
        ChartPanel(heading=_("Posts of the chart")),
        FieldPanel("body"),
        FieldPanel("shows_chart", icon="group"),
    ]
    promote_panels = [*SectionPage.promote_panels, FieldPanel("in_footer", icon="link")]

    class Meta:
        verbose_name = _("section or plain page")
        verbose_name_plural = _("sections and plain pages")

    def get_listing_contents(self) -> Contents:
        return replace(super().get_listing_contents(), in_footer=self.in_footer)

    def get_search_content(self) -> SearchContent:
        return replace(super().get_search_content(), facets=[CHART] if self.shows_chart else [])

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        if self.shows_chart:
            context["chart"] = _chart(self.locale_id)
        return context


@cached_per_version
def _chart(locale: int) -> list[Post]:
    return chart(StructurePage.objects.filter(is_listed(), locale=locale))
