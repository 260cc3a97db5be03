"""Nobody knows the password of another: a user gets a link by email, and chooses it.

One that is asked for at “Forgotten password?” is sent by a job: a request that waited for the mail server would tell
by its time who has an account.
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

JOB = "password"  # the kind of job that sends a user the link that was asked for; it is stored


def set_unknown_password(user: User) -> None:
    """Gives `user` a password that nobody has seen; “Forgotten password?” replaces it like any other."""
    user.set_password(secrets.token_urlsafe(48))


def send_link(user: User) -> None:
    """Sends `user` a link that counts once, and for PASSWORD_RESET_TIMEOUT. Raises OSError without the mail server."""
    link = reverse(
        "wagtailadmin_password_reset_confirm",
        args=[urlsafe_base64_encode(force_bytes(user.pk)), default_token_generator.make_token(user)],
    )
    days = settings.PASSWORD_RESET_TIMEOUT // (24 * 3600)
    text = render_to_string("users/choose_password.txt", {"site": settings.SITE_URL, "link": link, "days": days})
    send_mail(gettext("Choose your password for the IOM site"), text, None, [user.email])


def send_link_later(user: User) -> None:
    """Has the scheduler send `user` a link, in the present language."""
    jobs.enqueue(JOB, f"{user.pk}:{get_language()}")


@jobs.handler(JOB, label=gettext_lazy("Send a link to choose a password"))
def send_asked_link(key: str) -> None:
    """Sends the link to a user who may still sign in. What cannot be sent stays for the next attempt."""
    number, _colon, language = key.partition(":")
    user = User.objects.filter(pk=int(number), is_active=True).first()
    if user is not None and user.has_usable_password():
        with override(language):
            send_link(user)
