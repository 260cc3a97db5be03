"""Beside the form of an original: how far its translations are, and the button that submits it."""

from typing import Any

from django.middleware.csrf import get_token
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.side_panels import BaseSidePanel

from iom.translation.desk import listing
from iom.translation.workflow import policy, submission


class TranslationSidePanel(BaseSidePanel):
    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        aria_label = _("Toggle translation")
        icon_name = "wagtail-localize-language"
        has_counter = False

    name = "translation"
    title = _("Translation")
    template_name = "translation/desk/side_panel.html"
    order = 150  # after the status

    @staticmethod
    def is_for(page: Any) -> bool:
        """An original; what is itself a translation has an editor of its own."""
        return page.alias_of_id is None and submission.translation_of(page) is None

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        context = super().get_context_data(parent_context)
        if not self.object.pk:
            return context  # Wagtail fills the panel once the page has been saved
        user = self.request.user
        context["lines"] = listing.Translations([self.object], user).of(self.object).lines
        context["may_submit"] = policy.may_submit(user, self.object)
        context["csrf_token"] = get_token(self.request)
        return context
