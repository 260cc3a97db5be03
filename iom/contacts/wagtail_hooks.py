from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.panels.base import Panel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from iom import languages
from iom.contacts.choosers import OfficeChooserViewSet, PressContactChooserViewSet
from iom.contacts.models import Office, PressContact
from iom.names import NamesPanel


class PressContactForm(WagtailAdminModelForm):
    """Languages are ticked by their names in the editor's language."""

    languages = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["languages"].choices = languages.choices()
        self.fields["languages"].label = capfirst(PressContact._meta.get_field("languages").verbose_name)


class OfficeViewSet(SnippetViewSet):
    model = Office
    icon = "home"
    chooser_viewset_class = OfficeChooserViewSet
    list_display = ["__str__", "kind", "country"]
    list_filter = ["kind"]
    panels: list[Panel] = [
        NamesPanel("names", [FieldRowPanel([FieldPanel("name"), FieldPanel("city")])], heading=_("Names")),
        FieldRowPanel([FieldPanel("kind"), FieldPanel("parent")]),
        MultiFieldPanel(
            [
                FieldPanel("country"),
                FieldPanel("address"),
                FieldPanel("timezone"),
            ],
            heading=_("Location"),
        ),
        MultiFieldPanel([FieldPanel("email"), FieldPanel("phone")], heading=_("Contact details for the press")),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("head_name"), FieldPanel("head_gender")]),
                FieldRowPanel([FieldPanel("head_is_acting"), FieldPanel("head_is_vacant")]),
            ],
            heading=_("Head of office"),
        ),
        InlinePanel(
            "staff",
            heading=_("Staff"),
            help_text=_(
                "New articles by these people have this office as their issuing office, unless they choose another."
            ),
        ),
    ]


class PressContactViewSet(SnippetViewSet):
    model = PressContact
    icon = "user"
    chooser_viewset_class = PressContactChooserViewSet
    list_display = ["__str__", "role", "in_post_until"]
    list_filter = ["office", "role"]
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("name"), FieldPanel("role")]),
            FieldPanel("office"),
            FieldRowPanel([FieldPanel("email"), FieldPanel("phone")]),
            FieldPanel("languages"),
            FieldPanel("in_post_until"),
        ],
        base_form_class=PressContactForm,
    )


class ContactsGroup(SnippetViewSetGroup):
    items = (OfficeViewSet, PressContactViewSet)
    menu_label = _("Contacts")
    menu_icon = "group"
    menu_order = 500


register_snippet(ContactsGroup)
