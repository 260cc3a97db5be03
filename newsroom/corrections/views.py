"""The screen on which an officer corrects a published article."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext, gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

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


class CorrectView(WagtailAdminTemplateMixin, FormView):
    template_name = "newsroom/corrections/correct.html"
    page_title = gettext_lazy("Correct")
    header_icon = "warning"
    form_class = CorrectionForm
    _show_breadcrumbs = True

    def dispatch(self, request: HttpRequest, *args: Any, page_id: int, **kwargs: Any) -> HttpResponseBase:
        """Of a translation, its original is corrected."""
        page = get_object_or_404(NewsArticle, pk=page_id)
        original = original_of(page)
        self.article = original.specific if original else page
        if not may_correct(self.article, request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        mine = [{"url": "", "label": self.article.get_admin_display_title()}, {"url": "", "label": gettext("Correct")}]
        return [*super().get_breadcrumbs_items(), *mine]

    def get_form_kwargs(self) -> dict[str, Any]:
        others = [state.locale.language_code for state in translations_of(self.article)]
        return super().get_form_kwargs() | {
            "original": self.article.locale.language_code,
            "others": others,
            "has_changes": self.article.has_unpublished_changes,
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"article": self.article}

    def form_valid(self, form: CorrectionForm) -> HttpResponse:
        said = form.cleaned_data
        try:
            correct(self.article, self.request.user, said["date"], form.texts, said.get("with_changes", False))
        except (PermissionDenied, ValidationError) as refusal:
            form.add_error(None, " ".join(getattr(refusal, "messages", [str(refusal)])))
            return self.form_invalid(form)
        text = gettext("The correction of “%(title)s” is public.")
        button = messages.button(self.article.url, gettext("View live"))
        title = self.article.get_admin_display_title()
        messages.success(self.request, text % {"title": title}, buttons=[button])
        return redirect("wagtailadmin_pages:edit", self.article.pk)
