"""The screen on which an officer corrects a published article."""

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
from newsroom.corrections.correcting import correct
from newsroom.corrections.following import translations_of
from newsroom.corrections.forms import CorrectionForm
from newsroom.models import NewsArticle


def may_correct(article: Any, user: Any) -> bool:
    """Whoever may publish the original, once it is public."""
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
        """Of a translation, its original is corrected."""
        page = get_object_or_404(NewsArticle, pk=page_id)
        original = original_of(page)
        return original.specific if original else page

    def may_open(self, user: Any) -> bool:
        return may_correct(self.page, user)

    def get_initial(self) -> dict[str, Any]:
        return {"key": uuid.uuid4(), "seen": self.page.latest_revision_id}

    def get_form_kwargs(self) -> dict[str, Any]:
        others = [state.locale.language_code for state in translations_of(self.page)]
        return super().get_form_kwargs() | {
            "original": self.page.locale.language_code,
            "others": others,
            "has_changes": self.page.has_unpublished_changes,
        }

    def form_valid(self, form: CorrectionForm) -> HttpResponse:
        said = form.cleaned_data
        try:
            with_changes = said.get("with_changes", False)
            known = {"key": said["key"], "seen": said["seen"]}
            correct(self.page, self.request.user, said["date"], form.texts, with_changes, **known)
        except (PermissionDenied, ValidationError) as refusal:
            form.add_error(None, gate.words_of(refusal))
            return self.form_invalid(form)
        text = gettext("The correction of “%(title)s” is public.")
        button = messages.button(self.page.url, gettext("View live"))
        title = self.page.get_admin_display_title()
        messages.success(self.request, text % {"title": title}, buttons=[button])
        return redirect(self.back_url)
