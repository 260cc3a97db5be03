from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.model import ModelViewSet

from iom.core.models import slug_of
from iom.names import NamesPanel
from newsroom.models import Topic


class TopicNameForm(WagtailAdminModelForm):
    """Makes an address of the name, and keeps an existing address: feeds and links elsewhere would break."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        slug = self.fields["slug"]
        slug.required = False
        slug.disabled = bool(self.instance.slug)
        slug.help_text = (
            _("It stays when the name changes, so that links to it go on working.")
            if slug.disabled
            else _("Made from the name where you leave it empty. It cannot be changed later.")
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "slug" in cleaned:
            cleaned["slug"] = cleaned["slug"] or slug_of(cleaned.get("name", ""))[:80].strip("-")
        return cleaned


class TopicIndexView(IndexView):
    def get_base_queryset(self) -> QuerySet[Topic]:
        return super().get_base_queryset().prefetch_related("names")


class TopicViewSet(ModelViewSet):
    model = Topic
    icon = "tag"
    menu_order = 510  # below the contacts
    add_to_admin_menu = True
    copy_view_enabled = False
    index_view_class = TopicIndexView
    list_display = [
        "__str__",
        Column("all_names", label=_("Names")),
    ]
    edit_handler = ObjectList(
        [
            NamesPanel(
                "names",
                [FieldRowPanel([FieldPanel("name"), FieldPanel("slug")])],
                heading=_("Names"),
                base_form_class=TopicNameForm,
            )
        ],
    )
