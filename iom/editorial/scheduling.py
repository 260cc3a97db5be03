"""Scheduled publication (« Publish at… »): the button, the dialog's view, the message afterwards, and rescheduling."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.models import Page

from iom.core import moments
from iom.core.forms import check_publication_time
from iom.core.scheduling import not_scheduled_message, reschedule
from iom.publishing import gate


class ScheduleMenuItem(ActionMenuItem):
    """Opens the dialog, a panel of the form, which schedules the page or submits it for review with its time."""

    name = "publish-at"
    label = _("Publish at…")
    icon_name = "calendar-alt"
    template_name = "editorial/publish_at_button.html"

    def __init__(self, order: int | None = None, *, sends_for_review: bool = False) -> None:
        super().__init__(order)
        self.sends_for_review = sends_for_review

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        return super().get_context_data(parent_context) | {"sends_for_review": self.sends_for_review}


def describe_moment(request: HttpRequest) -> HttpResponse:
    """Renders the hour for the dialog, in the time zones of user and site, with an error or a choice if needed."""
    try:
        hour = parse_datetime(request.GET.get("at", ""))
        found = moments.get_possible_moments(hour) if hour and not hour.tzinfo else []
    except (ValueError, OverflowError):
        hour, found = None, []
    error = ""
    if hour and not found:
        error = moments.missing_hour_message()
    elif found and found[-1] <= timezone.now():
        error = gettext("This time has passed. Choose a later one.")
    question = moments.ambiguous_hour_message() if len(found) > 1 else ""
    context = {"error": error, "question": question, "choices": moments.get_moment_choices(found)}
    return render(request, "editorial/moment.html", context)


def show_scheduled_time(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Shows a message with the scheduled time. Wagtail's message has no time."""
    scheduled = page.scheduled_revision
    if scheduled is None:
        return None
    text = gettext("“%(title)s” is scheduled for %(moment)s.")
    words = {"title": page.get_admin_display_title(), "moment": moments.format_moment(scheduled.approved_go_live_at)}
    buttons = [
        messages.button(reverse("publish_at", args=[page.pk]), gettext("Change the time")),
        messages.button(reverse("wagtailadmin_pages:edit", args=[page.pk]), gettext("Edit")),
    ]
    messages.success(request, text % words, buttons=buttons)
    return redirect("wagtailadmin_explore", page.get_parent().pk)


class TimeForm(forms.Form):
    go_live_at = moments.MomentField(label=_("Date and hour"), required=False)

    def clean(self) -> dict[str, Any]:
        if "go_live_at" not in self.errors:
            check_publication_time(self, self.cleaned_data.get("go_live_at"))
        return self.cleaned_data


def change_time(request: HttpRequest, page_id: int) -> HttpResponse:
    """Changes the time of a scheduled publication."""
    page = get_object_or_404(Page, pk=page_id).specific
    permissions = page.permissions_for_user(request.user)
    if not (permissions.can_publish() and permissions.can_unschedule()):
        raise PermissionDenied
    scheduled = page.scheduled_revision
    if scheduled is None:
        messages.error(request, not_scheduled_message())
        return redirect("wagtailadmin_pages:edit", page.pk)
    form = TimeForm(request.POST or None, initial={"go_live_at": scheduled.approved_go_live_at})
    if request.method == "POST" and form.is_valid():
        try:
            reschedule(page, form.cleaned_data["go_live_at"], request.user)
        except (PermissionDenied, ValidationError) as refusal:
            form.add_error(None, gate.refusal_text(refusal))
        else:
            page = type(page).objects.get(pk=page.pk)
            return show_scheduled_time(request, page) or redirect("wagtailadmin_pages:edit", page.pk)
    return render(request, "editorial/change_time.html", {"page": page, "form": form, "scheduled": scheduled})
