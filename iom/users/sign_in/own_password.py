"""The form in which users change their password. Attempts to enter the current password are limited and logged."""

from typing import Any

from django.core.exceptions import ValidationError
from wagtail.admin.forms.auth import PasswordChangeForm
from wagtail.admin.views.account import ChangePasswordPanel

from iom.users.limits import Attempt
from iom.users.sign_in.log import log_event


class OwnPasswordForm(PasswordChangeForm):
    attempt: Attempt  # set where the form is submitted

    def clean_old_password(self) -> str:
        if self.attempt.wait:  # the field was emptied by LimitsMiddleware, which also shows the reason
            raise ValidationError(self.error_messages["password_incorrect"])
        try:
            password: str = super().clean_old_password()
        except ValidationError:
            log_event("account.wrong_password", self.user)
            raise
        self.attempt.is_right = True
        return password


class OwnPasswordPanel(ChangePasswordPanel):
    form_class = OwnPasswordForm

    def get_form(self) -> Any:
        """Returns the same form at each call in a request, so that the password is checked only once."""
        attempt: Attempt | None = getattr(self.request, "attempt", None)
        if attempt is None:
            return super().get_form()
        if attempt.form is None:
            attempt.form = super().get_form()
            attempt.form.attempt = attempt
        return attempt.form
