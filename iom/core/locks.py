"""The editor's message for a scheduled page: when it is published, in two time zones, and how to change the time."""

from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from wagtail.locks import ScheduledForPublishLock
from wagtail.models import Page

from iom.core import moments


class ScheduledLock(ScheduledForPublishLock):
    """Names the time zones, which Wagtail's lock does not. Wagtail adds a button that cancels the schedule."""

    object: Page

    def get_message(self, user: Any) -> str | None:
        revision = self.object.scheduled_revision
        if revision is None:
            return None
        text = gettext("Scheduled for %(moment)s. To change the text, cancel the schedule first.")
        text %= {"moment": moments.format_moment(revision.approved_go_live_at)}
        if not self.object.permissions_for_user(user).can_unschedule():
            return text
        address = reverse("publish_at", args=[self.object.pk])
        return format_html(
            '{} <span class="buttons"><a class="button button-small button-secondary" href="{}">{}</a></span>',
            text,
            address,
            gettext("Change the time"),
        )
