"""The columns of the queue."""

from typing import Any

from django.middleware.csrf import get_token
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column

from iom.translation.desk import listing
from iom.translation.models import TranslationState
from iom.translation.workflow import policy


def original_title(user: Any, state: TranslationState) -> str:
    """The title of the original; for those who do not write originals, as it was submitted."""
    if user.has_perm("users.write_original"):
        return state.original.page.get_admin_display_title()
    return state.translation.source.object_repr


class TitleColumn(Column):
    """The translation, with the original beneath; each a link where the user may open it."""

    cell_template_name = "translation/desk/title_cell.html"

    def get_cell_context_data(self, instance: TranslationState, parent_context: Any) -> dict[str, Any]:
        context = super().get_cell_context_data(instance, parent_context)
        user = parent_context["request"].user
        context["may_open"] = policy.may_see(user, instance)
        context["may_open_original"] = user.has_perm("users.write_original")
        context["original_title"] = original_title(user, instance)
        return context


class StepColumn(Column):
    """What there is to do, how far it is, and what has been asked."""

    cell_template_name = "translation/desk/step_cell.html"

    def get_value(self, instance: TranslationState) -> listing.Tag:
        return listing.task(instance)


class WordsColumn(Column):
    cell_template_name = "translation/desk/words_cell.html"


class WaitingColumn(Column):
    """Since when, until when, and whether both languages are to be published together."""

    cell_template_name = "translation/desk/waiting_cell.html"

    def get_cell_context_data(self, instance: TranslationState, parent_context: Any) -> dict[str, Any]:
        context = super().get_cell_context_data(instance, parent_context)
        context["joint"] = getattr(instance.original.page, "joint_publication", None)
        return context


class ClaimColumn(Column):
    """Who has it, and the button to claim or release it."""

    cell_template_name = "translation/desk/claim_cell.html"

    def get_cell_context_data(self, instance: TranslationState, parent_context: Any) -> dict[str, Any]:
        context = super().get_cell_context_data(instance, parent_context)
        request = parent_context["request"]
        context["state"] = instance
        context["may_claim"] = policy.may_claim(request.user, instance)
        context["may_release"] = policy.may_release(request.user, instance)
        context["csrf_token"] = get_token(request)
        # The table may have been fetched by a script; the button leads back to the whole screen, with its filters.
        context["next"] = f"{parent_context['table'].base_url}?{request.GET.urlencode()}"
        return context


COLUMNS = [
    TitleColumn("title", label=_("Title"), width="44%"),
    Column("locale", label=_("Into"), accessor=lambda state: state.locale.get_display_name()),
    StepColumn("step", label=_("State")),
    WordsColumn("words_left", label=_("To translate"), sort_key="words_left"),
    WaitingColumn("waiting_since", label=_("Waiting since"), sort_key="waiting_since"),
    ClaimColumn("claimed_by", label=_("Who has it")),
]
