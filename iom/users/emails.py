"""Emails to people who have an account: plain text, in the language of each, sent together.

Apps above say by the hook `language_of_user` which language somebody reads who has chosen none: a function takes the
user, and returns the code of the language, or None where it does not know.
"""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, mailers
from django.template.loader import render_to_string
from wagtail import hooks
from wagtail.users.models import UserProfile


def absolute(address: str) -> str:
    """An address of the admin, with the name of the site."""
    return str(settings.WAGTAILADMIN_BASE_URL + address)


def language_of(user: Any) -> str:
    """What the user has chosen for the admin; else what an app above says; else the language of the site."""
    if chosen := UserProfile.get_for_user(user).preferred_language:
        return str(chosen)
    said = (hook(user) for hook in hooks.get_hooks("language_of_user"))
    return next(filter(None, said), settings.LANGUAGE_CODE)


def message(user: Any, subject: str, template: str, context: dict[str, Any]) -> EmailMessage:
    """In the current language, which the caller sets to `language_of(user)`."""
    return EmailMessage(
        subject=subject,
        body=render_to_string(template, context),
        to=[user.email],
        headers={"Auto-Submitted": "auto-generated"},
    )


def send(*messages: EmailMessage) -> None:
    """All by one connection."""
    if messages:
        with mailers.default as mailer:
            mailer.send_messages(messages)
