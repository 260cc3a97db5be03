"""Emails about comments go only to users who may still edit the page; Wagtail's go to all who subscribed or wrote."""

from collections.abc import Iterable
from typing import Any

from wagtail.admin.views.pages import edit

_send_notification = edit.send_notification


def send_notification(users: Iterable[Any], notification: str, context: dict[str, Any]) -> bool:
    recipients = [user for user in users if context["page"].permissions_for_user(user).can_edit()]
    return bool(_send_notification(recipients, notification, context))


edit.send_notification = send_notification
