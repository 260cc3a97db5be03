"""Choosers of offices and media contacts, with labels of their own.

Wagtail builds its labels without an article, and in the language in which a form was first created.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.chooser import SnippetChooserViewSet
from wagtail.snippets.widgets import AdminSnippetChooser

from iom.contacts.models import Office, PressContact


class OfficeChooser(AdminSnippetChooser):
    model = Office
    words = {
        "choose_one_text": _("Choose an office"),
        "choose_another_text": _("Choose another office"),
        "link_to_chosen_text": _("Edit this office"),
    }

    def __init__(self, model: Any = None, **kwargs: Any) -> None:
        super().__init__(model, **{**kwargs, **self.words})


class PressContactChooser(OfficeChooser):
    model = PressContact
    words = {
        "choose_one_text": _("Choose a media contact"),
        "choose_another_text": _("Choose another media contact"),
        "link_to_chosen_text": _("Edit this media contact"),
    }


class OfficeChooserViewSet(SnippetChooserViewSet):
    base_widget_class = OfficeChooser
    choose_one_text = OfficeChooser.words["choose_one_text"]
    choose_another_text = OfficeChooser.words["choose_another_text"]


class PressContactChooserViewSet(SnippetChooserViewSet):
    base_widget_class = PressContactChooser
    choose_one_text = PressContactChooser.words["choose_one_text"]
    choose_another_text = PressContactChooser.words["choose_another_text"]
