"""Changes or clears the time of a scheduled publication. A cancelled one leaves a draft without a time."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.dispatch import receiver
from django.utils.translation import gettext
from wagtail.models import Page, Revision

from iom.core import moments
from iom.publishing import events, gate, locking


def not_scheduled_message() -> str:
    return gettext("This publication is no longer scheduled.")


@locking.atomic
def reschedule(page: Page, moment: datetime, user: Any) -> None:
    """Schedules the publication for another time.

    Raises gate.Refused if nothing is scheduled any more, ValidationError if the text expires before `moment`, and what
    the gate raises.
    """
    locking.lock_translations(page.translation_key)
    scheduled = page.scheduled_revision
    if scheduled is None:
        raise gate.Refused(not_scheduled_message())
    draft = scheduled.as_object()
    if draft.expire_at and draft.expire_at <= moment:
        text = gettext("The text expires on %(moment)s. Choose an earlier time.")
        raise ValidationError(text % {"moment": moments.format_moment(draft.expire_at)})
    _set_time(scheduled, moment)
    Revision.objects.get(pk=scheduled.pk).publish(user=user)


@receiver(events.schedule_cancelled)
def clear_time(revision: Revision, **kwargs: Any) -> None:
    """Clears the time. Otherwise “Publish” would schedule the draft again, with the date of the cancelled schedule."""
    _set_time(revision, None)


def _set_time(revision: Revision, moment: datetime | None) -> None:
    """Writes the time into the revision and unschedules it. Its text and its approval stay."""
    draft = revision.as_object()
    before = draft.serializable_data()
    draft.on_schedule_changed(moment, draft.go_live_at)
    draft.go_live_at = moment
    revision.content |= {name: value for name, value in draft.serializable_data().items() if value != before[name]}
    Revision.objects.filter(pk=revision.pk).update(content=revision.content, approved_go_live_at=None)


def add_scheduled_times(pages: Iterable[Any]) -> None:
    """Sets `scheduled_for` on the scheduled pages of a list: one query, and none if no page is scheduled."""
    scheduled = {str(page.pk): page for page in pages if page.approved_schedule}
    if scheduled:
        revisions = Revision.page_revisions.filter(object_id__in=scheduled, approved_go_live_at__isnull=False)
        for key, moment in revisions.values_list("object_id", "approved_go_live_at"):
            scheduled[key].scheduled_for = moment
