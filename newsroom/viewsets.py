from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.viewsets.model import ModelViewSet

from iom.core.models import slug_of
from newsroom.models import Topic

LANGUAGES = ("fr", "en")


class TopicForm(WagtailAdminModelForm):
    """Makes an address of the name, and leaves an address as it is: the links of others would lose their topic."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for language in LANGUAGES:
            field = self.fields[f"slug_{language}"]
            if getattr(self.instance, f"slug_{language}"):
                field.disabled = True
                field.help_text = _("It stays when the name changes, so that links to it go on working.")
            else:
                field.help_text = _("Made from the name where you leave it empty. It cannot be changed later.")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for language in LANGUAGES:
            name, slug = cleaned.get(f"name_{language}"), f"slug_{language}"
            if slug in cleaned:
                cleaned[slug] = (cleaned[slug] or slug_of(name)[:80].strip("-")) if name else ""
        return cleaned


class TopicViewSet(ModelViewSet):
    model = Topic
    icon = "tag"
    menu_order = 510  # below the contacts
    add_to_admin_menu = True
    copy_view_enabled = False
    list_display = ["__str__", *(f"name_{language}" for language in LANGUAGES)]
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel(f"name_{language}") for language in LANGUAGES]),
            FieldRowPanel([FieldPanel(f"slug_{language}") for language in LANGUAGES]),
        ],
        base_form_class=TopicForm,
    )
