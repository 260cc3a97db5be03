"""The words of allauth's forms, where it has others."""

from typing import Any

from allauth.account.forms import LoginForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.auth import PasswordResetForm

from iom.users.sign_in.first_password import send_link_later
from iom.users.sign_in.log import note


class SignInForm(LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Email address")
        for field in self.fields.values():
            del field.widget.attrs["placeholder"]


class AddPasskeyForm(AddWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name, passwordless = self.fields["name"], self.fields["passwordless"]
        name.label = _("Name")
        passwordless.label = _("Sign in with it alone, without a password")
        passwordless.help_text = _("Untick the box for a security key that has neither a code nor a fingerprint.")
        passwordless.initial = True


class ForgottenPasswordForm(PasswordResetForm):
    def save(self, *args: Any, **kwargs: Any) -> None:
        """Has the link sent to those who have the address, and notes that it was asked for."""
        for user in self.get_users(self.cleaned_data["email"]):
            note("account.link_asked", user)
            send_link_later(user)
