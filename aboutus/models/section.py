from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from iom.core.blocks import BodyField
from iom.core.fields import translated
from iom.core.models import BasePage
from iom.listing.reading import children


class SectionPage(BasePage):
    """A page with an introduction and a text, which lists its child pages."""

    introduction = models.TextField(
        _("introduction"), blank=True, help_text=_("One to three sentences, shown below the title and in the menu.")
    )
    body = BodyField(verbose_name=_("text"))

    override_translatable_fields = [*BasePage.override_translatable_fields, *translated("introduction", "body")]
    content_panels = [*BasePage.content_panels, FieldPanel("introduction"), FieldPanel("body")]
    search_fields = [*BasePage.search_fields, index.SearchField("introduction"), index.SearchField("body")]

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """With the child pages that are in the menu."""
        return super().get_context(request, *args, **kwargs) | {"children": children(self, in_menus=True)}
