"""The views of review rules in the settings, and the form for a publication without review."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext, gettext_lazy
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.viewsets.model import ModelViewSet

from iom.publishing import gate
from iom.screens import PageScreen
from iom.translation.workflow.views import ReasonForm
from newsroom.review import policy
from newsroom.review.models import ReviewRule


class ReviewRuleViewSet(ModelViewSet):
    model = ReviewRule
    icon = "clipboard-list"
    menu_order = 605
    add_to_settings_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    search_fields = None
    list_display = [
        TitleColumn("offices", label=gettext_lazy("Office"), url_name="review_rules:edit"),
        Column("kinds", label=gettext_lazy("Type")),
    ]
    panels = [FieldPanel("office"), FieldPanel("kind")]


class PublishWithoutReviewView(PageScreen):
    """Asks an editor for the reason, and publishes the latest draft."""

    template_name = "newsroom/review/without.html"
    page_title = gettext_lazy("Publish without review")
    header_icon = "upload"
    form_class = ReasonForm

    def may_open(self, user: Any) -> bool:
        return isinstance(self.page, policy.ReviewMixin) and policy.may_skip(user, self.page)

    def form_valid(self, form: ReasonForm) -> HttpResponse:
        try:
            page = policy.publish_without_review(self.page, self.request.user, form.cleaned_data["reason"])
        except (PermissionDenied, ValidationError) as refusal:
            form.add_error(None, gate.refusal_text(refusal))
            return self.form_invalid(form)
        if page.live and not page.has_unpublished_changes:
            text = gettext("“%(title)s” has been published without review.")
        else:
            text = gettext("“%(title)s” needs no review any more. It will be published at its time.")
        buttons = [messages.button(page.url, gettext("View live"))] if page.live else []
        messages.success(self.request, text % {"title": page.get_admin_display_title()}, buttons=buttons)
        return redirect(self.back_url)
