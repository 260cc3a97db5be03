from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.admin.viewsets.model import ModelViewSet

from aboutus.models import CountryText
from iom.names import NamesPanel
from newsroom.lead_texts import MissingTextsColumn


class CountryTextViewSet(ModelViewSet):
    model = CountryText
    icon = "globe"
    menu_order = 515  # below the topics
    menu_label = _("Countries")
    add_to_admin_menu = True
    copy_view_enabled = False
    ordering = "country"
    list_display = ["__str__", MissingTextsColumn()]
    panels = [
        FieldPanel("country"),
        NamesPanel("names", [FieldPanel("name"), FieldPanel("alt")], heading=_("Text")),
        FieldPanel("picture"),
    ]

    def get_index_view_kwargs(self) -> dict[str, Any]:
        return super().get_index_view_kwargs() | {"queryset": CountryText.objects.prefetch_related("names")}
