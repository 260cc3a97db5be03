"""The form for an officer's instructions for a translation: in the side panel, and on a screen of its own."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext, gettext_lazy
from wagtail.admin import messages
from wagtail.admin.views.pages.utils import get_valid_next_url_from_request
from wagtail.models import PageLogEntry

from iom.core.moments import AMBIGUOUS, MomentField, get_moment_choices, get_possible_moments, get_zone_city
from iom.screens import PageScreen, SharedRecordForm
from iom.translation.models import Instructions
from iom.translation.workflow import instructions, log, policy
from iom.translation.workflow.views import redirect_back

PREFIX = "instructions"  # of the field names: the page's own form is on the same screen


class InstructionsForm(SharedRecordForm):
    prefix = PREFIX

    class Meta:
        model = Instructions
        fields = ["urgent", "due_at", "note"]
        field_classes = {"due_at": MomentField}
        widgets = {"note": forms.Textarea({"rows": 3})}
        help_texts = {"urgent": gettext_lazy("Urgent texts come first on the translation desk.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zone = get_zone_city(timezone.get_current_timezone())
        self.fields["due_at"].help_text = gettext("Time zone: %(zone)s") % {"zone": zone}

    @property
    def hours(self) -> list[tuple[str, str]]:
        """The moments to choose from, if the submitted hour occurs twice."""
        hour = parse_datetime(self["due_at"].data) if self.has_error("due_at", AMBIGUOUS) else None
        return get_moment_choices(get_possible_moments(hour)) if hour else []

    def clean_due_at(self) -> datetime | None:
        due_at: datetime | None = self.cleaned_data["due_at"]
        if due_at and "due_at" in self.changed_data and due_at <= timezone.now():
            raise ValidationError(gettext("This time is in the past."))
        return due_at

    def last_entry(self) -> PageLogEntry | None:
        """Returns the log entry of the last change; None if the instructions have ended with a publication."""
        entry = log.latest_entry(self.instance.pk, log.INSTRUCT)
        has_ended = entry is not None and self.instance._state.adding and any(entry.data.values())
        return None if has_ended else entry


def is_sent(request: HttpRequest) -> bool:
    """Returns whether the form was submitted with the request."""
    return f"{PREFIX}-note" in request.POST


class InstructionsView(PageScreen):
    """The form on a screen of its own: reached from the desk, and shown if the form has errors."""

    template_name = "translation/desk/instructions.html"
    page_title = gettext_lazy("Instructions for the translation")
    header_icon = "wagtail-localize-language"
    form_class = InstructionsForm

    def may_open(self, user: Any) -> bool:
        return policy.may_submit(user, self.page)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": instructions.for_page(self.page)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"next": get_valid_next_url_from_request(self.request)}

    def form_valid(self, form: InstructionsForm) -> HttpResponse:
        if instructions.give(self.page, form.instance, self.request.user):
            messages.success(self.request, gettext("Saved."))
        else:
            messages.info(self.request, gettext("No changes to save."))
        return redirect_back(self.request, self.back_url)
