"""The form in which users change their password. It checks the present one, which is counted and logged."""

from typing import Any

from django.core.exceptions import ValidationError
from wagtail.admin.forms.auth import PasswordChangeForm
from wagtail.admin.views.account import ChangePasswordPanel

from iom.users.limits import Attempt
from iom.users.sign_in.log import note


class OwnPasswordForm(PasswordChangeForm):
    tried: Attempt  # set where the form is filled in

    def clean_old_password(self) -> str:
        if self.tried.wait:  # it is empty, and LimitsMiddleware says why
            raise ValidationError(self.error_messages["password_incorrect"])
        try:
            password: str = super().clean_old_password()
        except ValidationError:
            note("account.wrong_password", self.user)
            raise
        self.tried.is_right = True
        return password


class OwnPasswordPanel(ChangePasswordPanel):
    form_class = OwnPasswordForm

    def get_form(self) -> Any:
        """The same at each call in a request, of which Wagtail makes several: the password is checked once."""
        tried: Attempt | None = getattr(self.request, "attempt", None)
        if tried is None:
            return super().get_form()
        if tried.form is None:
            tried.form = super().get_form()
            tried.form.tried = tried
        return tried.form
