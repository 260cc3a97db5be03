"""What was due and failed: recorded by the scheduler, with the reason, and shown to those who scheduled it."""

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

SHOWN = 20
_EARLY = timedelta(seconds=30)  # rounds begin on the minute: an item must not miss one by a second


def record(page_id: int, action: str, user_id: int | None, error: Exception) -> None:
    """Counts a failure, and says when the next attempt is. Raises Page.DoesNotExist where the page is gone."""
    row = ScheduleFailure.objects.filter(page=page_id, action=action).first()
    row = row or ScheduleFailure(page_id=page_id, action=action)
    row.attempts += 1
    row.failed_at = timezone.now()
    row.retry_at = row.failed_at + jobs.retry_delay(row.attempts) - _EARLY
    row.scheduled_by_id = user_id
    row.reasons = _reasons(error, Page.objects.get(pk=page_id).specific_class)
    with transaction.atomic():
        row.save()


def forget(page_id: int) -> None:
    """For a page that has been published or scheduled again."""
    ScheduleFailure.objects.filter(page=page_id).delete()


def forget_others(due: Iterable[tuple[int, str]]) -> None:
    """Deletes the failures of everything that is no longer due; `due` are pairs of page and action."""
    wanted = set(due)
    over = [row.pk for row in ScheduleFailure.objects.all() if (row.page_id, row.action) not in wanted]
    if over:
        ScheduleFailure.objects.filter(pk__in=over).delete()


def of_page(page: Page) -> QuerySet[ScheduleFailure]:
    return ScheduleFailure.objects.filter(page=page.pk).order_by("action")


def shown_to(user: AbstractUser | AnonymousUser) -> list[ScheduleFailure]:
    """Those of the user's own pages and schedules; whoever may unpublish sees all that they may edit."""
    failures = ScheduleFailure.objects.prefetch_related("page").order_by("-failed_at")
    if not user.has_perm("users.retire_page"):
        own = Page.objects.filter(pk=OuterRef("page"), owner=user)  # of each failure: most sites have none
        failures = failures.filter(Exists(own) | Q(scheduled_by=user))
    return [row for row in failures[:SHOWN] if row.page.specific.permissions_for_user(user).can_edit()]


def _reasons(error: Exception, model: type[Model]) -> dict[str, str]:
    """The reason in each language of the interface, by its code: it is read later, by people of any language.

    Messages of exceptions that are raised here must therefore be lazy.
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
        return " ".join(_of_field(name, messages, model) for name, messages in error.message_dict.items())
    if isinstance(error, PermissionDenied) and str(error):
        return str(error)
    return gettext("A system error (%(name)s). Administrators can find the details in the log.") % {
        "name": type(error).__name__
    }


def _of_field(name: str, messages: list[str], model: type[Model]) -> str:
    try:
        label = str(getattr(model._meta.get_field(name), "verbose_name", ""))
    except FieldDoesNotExist:  # of the page as a whole
        label = ""
    message = " ".join(messages)
    return gettext("%(field)s: %(message)s") % {"field": label.capitalize(), "message": message} if label else message
