"""Records scheduled actions that have failed, with the reason, and finds those to show to a user."""

from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.models import AbstractUser, AnonymousUser
from django.core.exceptions import FieldDoesNotExist, PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext, override
from wagtail.models import Page

from iom.publishing import jobs
from iom.publishing.models import ScheduleFailure

MAX_SHOWN = 20
_MARGIN = timedelta(seconds=30)  # rounds begin on the minute; a retry must not miss its round by a second


def record(page_id: int, action: str, user_id: int | None, error: Exception) -> None:
    """Counts a failure, and sets the time of the next attempt. Raises Page.DoesNotExist where the page is deleted."""
    row = ScheduleFailure.objects.filter(page=page_id, action=action).first()
    row = row or ScheduleFailure(page_id=page_id, action=action)
    row.attempts += 1
    row.failed_at = timezone.now()
    row.retry_at = row.failed_at + jobs.retry_delay(row.attempts) - _MARGIN
    row.scheduled_by_id = user_id
    row.reasons = _reasons(error, Page.objects.get(pk=page_id).specific_class)
    with transaction.atomic():
        row.save()


def delete_for_page(page_id: int) -> None:
    """Deletes the failures of a page that has been published or scheduled again."""
    ScheduleFailure.objects.filter(page=page_id).delete()


def delete_not_due(due: Iterable[tuple[int, str]]) -> None:
    """Deletes all failures but those of items that are still due. `due` contains pairs of page and action."""
    still_due = set(due)
    done = [row.pk for row in ScheduleFailure.objects.all() if (row.page_id, row.action) not in still_due]
    if done:
        ScheduleFailure.objects.filter(pk__in=done).delete()


def for_page(page: Page) -> QuerySet[ScheduleFailure]:
    return ScheduleFailure.objects.filter(page=page.pk).order_by("action")


def visible_to(user: AbstractUser | AnonymousUser) -> list[ScheduleFailure]:
    """Returns the latest failures of pages that the user may edit, at most MAX_SHOWN.

    A user who may not unpublish sees only those of their own pages and schedules.
    """
    failures = ScheduleFailure.objects.prefetch_related("page").order_by("-failed_at")
    if not user.has_perm("users.retire_page"):
        own = Page.objects.filter(pk=OuterRef("page"), owner=user)  # run for each failure, and there are few
        failures = failures.filter(Exists(own) | Q(scheduled_by=user))
    return [row for row in failures[:MAX_SHOWN] if row.page.specific.permissions_for_user(user).can_edit()]


def _reasons(error: Exception, model: type[Model]) -> dict[str, str]:
    """Returns the reason in each language of the interface, by language code: any user may read it later.

    The messages of exceptions that the gate raises must therefore be lazy.
    """
    reasons = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            reasons[code] = _reason(error, model)
    return reasons


def _reason(error: Exception, model: type[Model]) -> str:
    if isinstance(error, ValidationError):
        if not hasattr(error, "error_dict"):
            return " ".join(error.messages)
        return " ".join(_field_message(name, messages, model) for name, messages in error.message_dict.items())
    if isinstance(error, PermissionDenied) and str(error):
        return str(error)
    return gettext("A system error (%(name)s). Administrators can find the details in the log.") % {
        "name": type(error).__name__
    }


def _field_message(name: str, messages: list[str], model: type[Model]) -> str:
    try:
        label = str(getattr(model._meta.get_field(name), "verbose_name", ""))
    except FieldDoesNotExist:  # the error is about the page as a whole
        label = ""
    message = " ".join(messages)
    return gettext("%(field)s: %(message)s") % {"field": label.capitalize(), "message": message} if label else message
