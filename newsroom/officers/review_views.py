"""The rules for reviews in the settings, and the publication without review."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.model import ModelViewSet

from newsroom.models import NewsArticle
from newsroom.review import policy
from newsroom.review.models import ReviewRule

SHORTEST_REASON = 10  # characters


class ReviewRuleViewSet(ModelViewSet):
    model = ReviewRule
    icon = "clipboard-list"
    menu_order = 605
    add_to_settings_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    search_fields = None
    list_display = [
        TitleColumn("__str__", label=gettext_lazy("Review rule"), url_name="review_rules:edit"),
        Column("office", label=gettext_lazy("Office")),
        Column("get_kind_display", label=gettext_lazy("Type")),
    ]
    panels = [FieldPanel("office"), FieldPanel("kind")]


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why the publication cannot wait"),
        help_text=gettext_lazy("Your explanation is kept in the history of the page, with your name."),
        min_length=SHORTEST_REASON,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"min_length": gettext_lazy("Explain in a few words why the publication cannot wait.")},
    )


class PublishWithoutReviewView(WagtailAdminTemplateMixin, FormView):
    """Asks an editor why, and publishes the latest draft."""

    template_name = "newsroom/review/without.html"
    page_title = gettext_lazy("Publish without review")
    header_icon = "upload"
    form_class = ReasonForm
    _show_breadcrumbs = True

    def dispatch(self, request: HttpRequest, *args: Any, page_id: int, **kwargs: Any) -> HttpResponseBase:
        self.article = get_object_or_404(NewsArticle, pk=page_id)
        if not policy.may_skip(request.user, self.article):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @property
    def edit_url(self) -> str:
        return reverse("wagtailadmin_pages:edit", args=[self.article.pk])

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        mine = [
            {"url": self.edit_url, "label": self.article.get_admin_display_title()},
            {"url": "", "label": self.get_page_title()},
        ]
        return [*super().get_breadcrumbs_items(), *mine]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"article": self.article, "edit_url": self.edit_url}

    def form_valid(self, form: ReasonForm) -> HttpResponse:
        try:
            page = policy.publish_without_review(self.article, self.request.user, form.cleaned_data["reason"])
        except (PermissionDenied, ValidationError) as error:
            form.add_error(None, error if isinstance(error, ValidationError) else str(error))
            return self.form_invalid(form)
        if page.live and not page.has_unpublished_changes:
            text = gettext("“%(title)s” has been published without review.")
        else:
            text = gettext("“%(title)s” needs no review any more. It will be published at its time.")
        buttons = [messages.button(page.url, gettext("View live"))] if page.live else []
        messages.success(self.request, text % {"title": page.get_admin_display_title()}, buttons=buttons)
        return redirect(self.edit_url)
