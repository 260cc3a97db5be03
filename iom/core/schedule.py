"""The dialog in which a page's publication and expiry are scheduled."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

FIELDS = ("go_live_at", "expire_at")


class ScheduleForm(forms.BaseForm):
    """For a page's form: the browser's own calendar, and errors that are seen while the dialog is closed.

    Wagtail's calendar opens by itself over the dialog's button, where a click meant for the button chooses a day.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in FIELDS:
            if name in self.fields:
                attributes = self.fields[name].widget.attrs | {"type": "datetime-local"}
                self.fields[name].widget = forms.DateTimeInput(attributes, format="%Y-%m-%dT%H:%M")

    def _post_clean(self) -> None:  # Wagtail puts its check of the schedule before `clean`
        super()._post_clean()  # type: ignore[misc]
        if any(name in self.errors for name in FIELDS):
            # Wagtail's message names all errors as soon as one of them belongs to no field.
            self.add_error(None, _("The publishing schedule must be corrected."))
