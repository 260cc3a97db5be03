"""The screen with which an officer corrects a published article."""

import uuid
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext, gettext_lazy
from wagtail.admin import messages

from iom.publishing import gate
from iom.screens import PageScreen
from iom.translation.workflow.follow_original import original_of
from iom.users import WRITES_ORIGINALS
from newsroom.corrections.forms import CorrectionForm
from newsroom.corrections.publishing import publish_correction
from newsroom.corrections.translations import live_translations
from newsroom.models import NewsArticle


def may_correct(article: Any, user: Any) -> bool:
    """Whether the article is a live original that the user may publish."""
    if not article.live or article.alias_of_id or not user.has_perm(WRITES_ORIGINALS):
        return False
    return bool(article.permissions_for_user(user).can_publish())


class CorrectView(PageScreen):
    template_name = "newsroom/corrections/correct.html"
    page_title = gettext_lazy("Correct")
    header_icon = "warning"
    button = gettext_lazy("Publish the correction")
    form_class = CorrectionForm

    def find(self, page_id: int) -> NewsArticle:
        """Returns the article; for a translation, its original."""
        page = get_object_or_404(NewsArticle, pk=page_id)
        original = original_of(page)
        return original.specific if original else page

    def may_open(self, user: Any) -> bool:
        return may_correct(self.page, user)

    def get_initial(self) -> dict[str, Any]:
        return {"key": uuid.uuid4(), "seen": self.page.latest_revision_id}

    def get_form_kwargs(self) -> dict[str, Any]:
        others = [state.locale.language_code for state in live_translations(self.page)]
        return super().get_form_kwargs() | {
            "original": self.page.locale.language_code,
            "others": others,
            "has_changes": self.page.has_unpublished_changes,
        }

    def form_valid(self, form: CorrectionForm) -> HttpResponse:
        data = form.cleaned_data
        try:
            with_changes = data.get("with_changes", False)
            form_state = {"key": data["key"], "seen": data["seen"]}
            publish_correction(self.page, self.request.user, data["date"], form.texts, with_changes, **form_state)
        except (PermissionDenied, ValidationError) as refusal:
            form.add_error(None, gate.refusal_text(refusal))
            return self.form_invalid(form)
        text = gettext("The correction of “%(title)s” is public.")
        button = messages.button(self.page.url, gettext("View live"))
        title = self.page.get_admin_display_title()
        messages.success(self.request, text % {"title": title}, buttons=[button])
        return redirect(self.back_url)
