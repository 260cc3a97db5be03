"""Emails with a link to choose a password. Nobody ever knows the password of another user.

A link requested at “Forgotten password?” is sent by a job. If the request waited for the mail server, its duration
would reveal whether there is an account.
"""

import secrets

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import get_language, gettext, gettext_lazy, override

from iom.publishing import jobs
from iom.users.models import User

JOB = "password"  # the kind of job that sends a requested link; stored in the database


def set_random_password(user: User) -> None:
    """Sets a random password that nobody knows. The user can reset it, unlike an unusable password."""
    user.set_password(secrets.token_urlsafe(48))


def send_link(user: User) -> None:
    """Sends a link that is valid once, until PASSWORD_RESET_TIMEOUT. Raises OSError where the mail server fails."""
    link = reverse(
        "wagtailadmin_password_reset_confirm",
        args=[urlsafe_base64_encode(force_bytes(user.pk)), default_token_generator.make_token(user)],
    )
    days = settings.PASSWORD_RESET_TIMEOUT // (24 * 3600)
    text = render_to_string("users/choose_password.txt", {"site": settings.SITE_URL, "link": link, "days": days})
    send_mail(gettext("Choose your password for the IOM site"), text, None, [user.email])


def send_link_later(user: User) -> None:
    """Enqueues a job that sends a link in the active language."""
    jobs.enqueue(JOB, f"{user.pk}:{get_language()}")


@jobs.handler(JOB, label=gettext_lazy("Send a link to choose a password"))
def send_requested_link(key: str) -> None:
    """Sends the link to a user who may still sign in. `key` has the form `user:language`."""
    user_key, _colon, language = key.partition(":")
    user = User.objects.filter(pk=int(user_key), is_active=True).first()
    if user is not None and user.has_usable_password():
        with override(language):
            send_link(user)
