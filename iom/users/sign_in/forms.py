"""allauth's forms with other labels, and the form for a forgotten password."""

from typing import Any

from allauth.account.forms import LoginForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.auth import PasswordResetForm

from iom.users.sign_in.log import log_event
from iom.users.sign_in.password_links import send_link_later


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
        """Enqueues the email to each user with the address, and logs the request."""
        for user in self.get_users(self.cleaned_data["email"]):
            log_event("account.link_asked", user)
            send_link_later(user)
