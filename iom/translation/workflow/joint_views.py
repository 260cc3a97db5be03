"""An original that waits for its translation: published without it, or taken back."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_POST
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from iom.translation.models import JointPublication
from iom.translation.workflow import joint_publication, policy, progress


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why it cannot wait"),
        help_text=gettext_lazy("It stays in the history of the page, with your name."),
        min_length=joint_publication.SHORTEST_REASON,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"min_length": gettext_lazy("Say in a few words why it cannot wait.")},
    )


def _awaited(page_id: int) -> JointPublication:
    return get_object_or_404(JointPublication.objects.select_related("page", "revision", "requested_by"), pk=page_id)


class PublishAloneView(WagtailAdminTemplateMixin, FormView):
    """Asks an editor why, and publishes."""

    template_name = "translation/joint_publication/publish_alone.html"
    page_title = gettext_lazy("Publish the original alone")
    header_icon = "upload"
    form_class = ReasonForm
    _show_breadcrumbs = True

    def dispatch(self, request: HttpRequest, *args: Any, page_id: int, **kwargs: Any) -> HttpResponseBase:
        self.awaited = _awaited(page_id)
        if not policy.may_publish_alone(request.user, self.awaited.page.specific):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        page = self.awaited.page
        title = page.specific_deferred.get_admin_display_title()
        mine = [{"url": edit_address(page.pk), "label": title}, {"url": "", "label": self.get_page_title()}]
        return [*super().get_breadcrumbs_items(), *mine]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = self.awaited.page
        lines = [progress.summary(state) for state in joint_publication.unready_translations(page)]
        rest = {"awaited": self.awaited, "lines": lines, "edit_url": edit_address(page.pk)}
        return super().get_context_data(**kwargs) | rest

    def form_valid(self, form: ReasonForm) -> HttpResponse:
        page = self.awaited.page
        try:
            is_live = joint_publication.publish_alone(self.awaited, self.request.user, form.cleaned_data["reason"])
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        except joint_publication.NoLongerWaiting as error:
            messages.error(self.request, str(error))
            return redirect(edit_address(page.pk))
        if is_live:
            text = gettext("“%(title)s” has been published without its translation.")
        else:
            text = gettext("“%(title)s” will be published at its time, with or without its translation.")
        buttons = [messages.button(page.specific.url, gettext("View live"))] if is_live else []
        messages.success(self.request, text % {"title": page.specific.get_admin_display_title()}, buttons=buttons)
        return redirect(edit_address(page.pk))


@require_POST
def cancel_joint(request: HttpRequest, page_id: int) -> HttpResponse:
    """Takes the publication back."""
    awaited = _awaited(page_id)
    page = awaited.page.specific
    if not policy.may_cancel_joint(request.user, page):
        raise PermissionDenied
    try:
        joint_publication.cancel(awaited, request.user)
    except joint_publication.NoLongerWaiting as error:
        messages.error(request, str(error))
        return redirect(edit_address(page.pk))
    text = gettext("“%(title)s” is a draft again; what waited to be published does not go out.")
    messages.success(request, text % {"title": page.get_admin_display_title()})
    return redirect(edit_address(page.pk))


def edit_address(page_id: int) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page_id])
