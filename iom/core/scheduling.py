"""A scheduled publication gets another time, or is cancelled: then its text is a draft without a time."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.dispatch import receiver
from django.utils.translation import gettext
from wagtail.models import Page, Revision

from iom.core import moments
from iom.publishing import events, gate, locking


def no_longer_scheduled() -> str:
    return gettext("This publication is no longer scheduled.")


@locking.atomic
def reschedule(page: Page, moment: datetime, user: Any) -> None:
    """Raises gate.Refused where nothing is scheduled any more, ValidationError where the text ends before that, and
    what the gate raises."""
    locking.lock_translations(page.translation_key)
    scheduled = page.scheduled_revision
    if scheduled is None:
        raise gate.Refused(no_longer_scheduled())
    draft = scheduled.as_object()
    if draft.expire_at and draft.expire_at <= moment:
        text = gettext("The text expires on %(moment)s. Choose an earlier time.")
        raise ValidationError(text % {"moment": moments.in_words(draft.expire_at)})
    _set_time(scheduled, moment)
    Revision.objects.get(pk=scheduled.pk).publish(user=user)


@receiver(events.schedule_cancelled)
def forget_time(revision: Revision, **kwargs: Any) -> None:
    """Else « Publish » would schedule the draft again, and its date would be that of the cancelled publication."""
    _set_time(revision, None)


def _set_time(revision: Revision, moment: datetime | None) -> None:
    """The text and its approval stay. The revision is not scheduled any more, until it is published again."""
    draft = revision.as_object()
    before = draft.serializable_data()
    draft.follow_schedule(moment, draft.go_live_at)
    draft.go_live_at = moment
    revision.content |= {name: value for name, value in draft.serializable_data().items() if value != before[name]}
    Revision.objects.filter(pk=revision.pk).update(content=revision.content, approved_go_live_at=None)


def add_times(pages: Iterable[Any]) -> None:
    """Writes on each page of a list when it is published (`scheduled_for`): a query where one of them is scheduled."""
    scheduled = {str(page.pk): page for page in pages if page.approved_schedule}
    if scheduled:
        revisions = Revision.page_revisions.filter(object_id__in=scheduled, approved_go_live_at__isnull=False)
        for key, moment in revisions.values_list("object_id", "approved_go_live_at"):
            scheduled[key].scheduled_for = moment
