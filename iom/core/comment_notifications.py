"""Sends emails about comments only to users who may still edit the page; Wagtail sends them to all who subscribed."""

from collections.abc import Iterable
from typing import Any

from wagtail.admin.views.pages import edit

_send_notification = edit.send_notification


def send_notification(users: Iterable[Any], notification: str, context: dict[str, Any]) -> bool:
    recipients = [user for user in users if context["page"].permissions_for_user(user).can_edit()]
    return bool(_send_notification(recipients, notification, context))


edit.send_notification = send_notification
