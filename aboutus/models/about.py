from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from aboutus.children import listed_children
from aboutus.models.structure import StructurePage, chart
from iom.core.blocks import BodyBlock
from iom.core.fields import shared, translated
from iom.core.models import BasePage
from iom.navigation.visibility import visible


class AboutPage(BasePage):
    """A section with an introduction, or a plain page such as the legal ones."""

    introduction = models.TextField(
        _("introduction"), blank=True, help_text=_("One to three sentences, also shown in the menu.")
    )
    body = StreamField(BodyBlock(), verbose_name=_("text"), blank=True)
    shows_chart = models.BooleanField(
        _("shows the organisation chart"), default=False, help_text=_("Drawn from whom each post reports to.")
    )

    in_footer = models.BooleanField(
        _("show in the footer"), default=False, help_text=_("On every page, wherever this page stands in the menu.")
    )

    parent_page_types = ["home.HomePage", "aboutus.AboutPage"]
    subpage_types = ["aboutus.AboutPage", "aboutus.StructurePage"]

    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        *translated("introduction", "body"),
        *shared("shows_chart", "in_footer"),
    ]
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("introduction"),
        FieldPanel("body"),
        FieldPanel("shows_chart"),
    ]
    promote_panels = [*BasePage.promote_panels, FieldPanel("in_footer")]
    search_fields = [*BasePage.search_fields, index.SearchField("introduction"), index.SearchField("body")]

    class Meta:
        verbose_name = _("section or plain page")
        verbose_name_plural = _("sections and plain pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["children"] = listed_children(self)
        if self.shows_chart:
            context["chart"] = chart(visible(StructurePage.objects.filter(locale=self.locale)))
        return context
