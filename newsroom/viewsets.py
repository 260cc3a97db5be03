from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSet

from iom.core.models import slug_of
from iom.names import NamesPanel
from newsroom.lead_texts import MissingTextsColumn
from newsroom.models import Topic


class TopicNameForm(WagtailAdminModelForm):
    """Makes an address from the name. An existing address cannot change, since links and feeds would break."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["slug"]
        if self.instance.slug:
            field.disabled = True
            field.help_text = _("It does not change with the name, so that existing links still work.")
        else:
            field.help_text = _("Leave empty to make it from the name. It cannot be changed later.")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "slug" in cleaned:
            name = cleaned.get("name")
            cleaned["slug"] = (cleaned["slug"] or slug_of(name)[:80].strip("-")) if name else ""
        return cleaned


class TopicViewSet(ModelViewSet):
    model = Topic
    icon = "tag"
    menu_order = 510  # below the contacts
    add_to_admin_menu = True
    copy_view_enabled = False
    list_display = ["__str__", Column("all_names", label=_("Names")), MissingTextsColumn()]
    panels = [
        NamesPanel(
            "names",
            [FieldRowPanel([FieldPanel("name"), FieldPanel("slug")]), FieldPanel("text"), FieldPanel("alt")],
            heading=_("Names"),
            base_form_class=TopicNameForm,
        ),
        FieldPanel("picture"),
    ]

    def get_index_view_kwargs(self) -> dict[str, Any]:
        return super().get_index_view_kwargs() | {"queryset": Topic.objects.prefetch_related("names")}
