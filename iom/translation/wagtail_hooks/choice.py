"""« Correction mineure » or « le sens change »: what the author says on publishing a translated text anew."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem, PublishMenuItem

from iom.core.forms import MINOR
from iom.translation.models import TranslationState

MEANING = "meaning"


class PublishAnewItem(PublishMenuItem):
    """Wagtail's button, its value being what the author says of the change (`iom.core.forms.PageForm` reads it)."""

    template_name = "translation/action_menu/publish_anew.html"
    value: str
    scheduling_label: Promise | str
    reverting_label: Promise | str

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        context = super().get_context_data(parent_context)
        if context["is_scheduled"]:
            context["label"] = self.scheduling_label
        elif context["is_revision"]:
            context["label"] = self.reverting_label
        return context | {"value": self.value}


class MeaningChangesItem(PublishAnewItem):
    value = MEANING
    label = _("Publish: the meaning changes")
    scheduling_label = _("Schedule: the meaning changes")
    reverting_label = _("Publish this version: the meaning changes")


class MinorCorrectionItem(PublishAnewItem):
    value = MINOR
    label = _("Publish: minor correction")
    scheduling_label = _("Schedule: minor correction")
    reverting_label = _("Publish this version: minor correction")


@hooks.register("construct_page_action_menu")
def ask_what_the_change_is(items: list[ActionMenuItem], request: HttpRequest, context: dict[str, Any]) -> None:
    """Two buttons in the place of one, the safe answer first."""
    if context["view"] == "create" or not _has_readers_in_translation(context["page"]):
        return
    for place, item in enumerate(items):
        if isinstance(item, PublishMenuItem):
            items[place : place + 1] = [MeaningChangesItem(item.order), MinorCorrectionItem(item.order)]
            return


def _has_readers_in_translation(page: Any) -> bool:
    states = TranslationState.objects.filter(original=page.pk, translation__enabled=True)
    return page.live and states.filter(page__live=True).exists()
