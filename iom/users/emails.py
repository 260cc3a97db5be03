"""Builds and sends plain-text emails to users, each in the language of its recipient.

Apps above register a hook `language_of_user` for users who have chosen no language: a function that takes the user,
and returns a language code or None.
"""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, mailers
from django.template.loader import render_to_string
from wagtail import hooks
from wagtail.users.models import UserProfile


def absolute_url(address: str) -> str:
    """Returns an address of the admin with the host of the site."""
    return str(settings.WAGTAILADMIN_BASE_URL + address)


def language_of(user: Any) -> str:
    """Returns the language that the user has chosen for the admin, else that of a hook, else LANGUAGE_CODE."""
    if chosen := UserProfile.get_for_user(user).preferred_language:
        return str(chosen)
    codes = (hook(user) for hook in hooks.get_hooks("language_of_user"))
    return next(filter(None, codes), settings.LANGUAGE_CODE)


def build_message(user: Any, subject: str, template: str, context: dict[str, Any]) -> EmailMessage:
    """Builds an email in the active language, which the caller sets to `language_of(user)`."""
    return EmailMessage(
        subject=subject,
        body=render_to_string(template, context),
        to=[user.email],
        headers={"Auto-Submitted": "auto-generated"},
    )


def send(*messages: EmailMessage) -> None:
    """Sends all messages over one connection."""
    if messages:
        with mailers.default as mailer:
            mailer.send_messages(messages)
