"""Joint publication (« Publier toutes les langues ensemble »): an original waits for its translations.

It waits only for languages in which its section is live, so that a new language holds nothing back.

A first publication always waits. A later one waits if it has new text. Shared fields and minor corrections are
published at once, unless a version is waiting already: then they replace it.
"""

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log as write_log
from wagtail.models import Locale, Page, Revision

from iom.core.translation_role import role_of
from iom.publishing import locking, schedule
from iom.translation.content import segments
from iom.translation.models import JointPublication, Original, TranslationState
from iom.translation.notifications import outbox
from iom.translation.workflow import log, policy, progress, submission
from iom.users.policy import editors

logger = logging.getLogger(__name__)

WARN_BEFORE = timedelta(hours=1)  # before the due date


def unready_translations(page: Page) -> list[TranslationState]:
    """Returns the translations of a page that are not ready to go live with it."""
    return [state for state in awaited_translations(page) if not progress.is_ready(state)]


def awaited_translations(page: Page) -> list[TranslationState]:
    """Returns the attached translations of a page into the languages for which it waits."""
    states = TranslationState.objects.filter(
        original=page.pk, translation__enabled=True, locale__in=_awaited_locales(page)
    )
    related = ("locale__rule__translators", "claimed_by", "page", "original", "translation__source")
    return list(states.select_related(*related).order_by("locale"))


def _awaited_locales(page: Page) -> QuerySet[Locale]:
    """Returns the locales in which the page's section is live."""
    sections = page.get_parent().get_translations().live().filter(alias_of=None)
    return Locale.objects.filter(pk__in=sections.values("locale"))


def is_complete(page: Page) -> bool:
    """Returns whether all awaited translations are ready. Disabled ones are not awaited."""
    ready = {state.locale_id for state in awaited_translations(page) if progress.is_ready(state)}
    return all(locale.pk in ready or submission.is_disabled(page, locale) for locale in _awaited_locales(page))


@locking.atomic
def hold(page: Page, revision: Revision, user: Any) -> bool:
    """Submits the text of `revision` for translation and returns whether its publication has to wait.

    A scheduled revision is stored too, but False is returned: it stays scheduled in Wagtail. Raises ValidationError
    where there is no place for a translation.
    """
    awaited = JointPublication.objects.filter(page=page.pk).first()
    if not revision.content.get("published_together") or not role_of(page).is_submittable:
        if awaited is not None:
            delete(page)
        return False
    if awaited and awaited.revision_id == revision.pk and revision.approved_go_live_at:
        return True  # it is due: `due_items` publishes it
    draft = revision.as_object()
    if awaited is None and page.live and (draft.is_minor_change or not _has_new_text(draft)):
        return False
    due_at = draft.go_live_at if draft.go_live_at and draft.go_live_at > timezone.now() else None
    _submit(draft, user)
    if due_at is None and is_complete(page):
        delete(page)
        return False
    _store(page, revision, user, due_at)
    _notify_translators(page)
    if due_at is None:
        write_log(draft, log.HOLD, user=user, revision=revision)
    return due_at is None


def _has_new_text(draft: Page) -> bool:
    known = Original.objects.filter(page=draft.pk).values_list("fingerprints", flat=True).first() or []
    now = {segments.fingerprint(segment.path, segment.string.data) for segment in segments.extract_strings(draft)}
    return bool(now.difference(known))


def _submit(draft: Page, user: Any) -> None:
    """Submits the text as it will be published. Raises ValidationError where there is no place for a translation."""
    submitted = submission.submit_into_all(draft, user)
    if submitted and not any(submitted):
        message = gettext_lazy(
            "“%(title)s” cannot be published in all languages together: its section has no translation yet. Have "
            "the section translated first, or publish the article alone."
        )
        raise ValidationError(message, params={"title": draft.get_admin_display_title()})


def _store(page: Page, revision: Revision, user: Any, due_at: datetime | None) -> None:
    """Stores what waits, in place of an earlier draft or schedule. Without a time, translations are due at once."""
    awaited, _created = JointPublication.objects.update_or_create(
        page_id=page.pk,
        defaults={
            "revision": revision,
            "due_at": due_at,
            "requested_by": user,
            "requested_at": timezone.now(),
            "warned_at": None,
            "missed_at": None,
        },
    )
    page.revisions.exclude(pk=revision.pk).update(approved_go_live_at=None)
    Original.objects.filter(page=page.pk).update(due_at=due_at or awaited.requested_at)


def _notify_translators(page: Page) -> None:
    for state in unready_translations(page):
        is_new = state.published_at is None
        outbox.notify_translators(state, outbox.Kind.NEEDED if is_new else outbox.Kind.STALE)


def delete(page: Page) -> None:
    """Deletes the page's joint publication, if there is one."""
    JointPublication.objects.filter(page=page.pk).delete()


@locking.atomic
def release(page_id: int) -> bool:
    """Publishes a waiting original with its translations, if they are complete and it is due.

    Returns whether it is live now.
    """
    awaited = _get_locked(page_id)  # None where another user has just published it
    if awaited is None or (awaited.due_at and awaited.due_at > timezone.now()):
        return False
    page = awaited.page
    if not is_complete(page):
        for state in unready_translations(page):
            if state.ready:  # a rule for review has been introduced since
                progress.recount(state)
        return False
    awaited.delete()
    action = "wagtail.publish.scheduled" if awaited.due_at else True
    awaited.revision.publish(user=awaited.requested_by, log_action=action, skip_permission_checks=True)
    if JointPublication.objects.filter(page=page_id).exists():
        return False  # its text has changed since: it waits again
    for state in awaited_translations(page):
        if state.page.live:
            outbox.notify(_officers(page, awaited), outbox.Kind.DONE, state)
    return True


def try_release(page_id: int) -> None:
    """Calls `release` after a translation has become ready, and logs failures.

    After a failure the translation stays ready, and the scheduler tries again.
    """
    try:
        with transaction.atomic():
            release(page_id)
    except Exception:
        logger.exception("Page %s could not be published with its translations", page_id)


def _get_locked(page_id: int) -> JointPublication | None:
    """Returns the joint publication of a page, after locking the tree (a page may go live for the first time), the
    page and its translations."""
    locking.lock_tree()
    locking.lock_translations(*Page.objects.filter(pk=page_id).values_list("translation_key", flat=True))
    waiting = JointPublication.objects.select_related("page", "revision", "requested_by")
    return waiting.filter(page=page_id).first()


class NoLongerWaiting(PermissionDenied):
    """Another user has published the page, or cancelled its publication, in the meantime."""


def _get_locked_or_raise(awaited: JointPublication) -> JointPublication:
    """Locks the page and reads its joint publication again. Raises NoLongerWaiting."""
    locked = _get_locked(awaited.page_id)
    if locked is None:
        raise NoLongerWaiting
    return locked


def due_items(now: datetime) -> Iterator[schedule.DueItem]:
    """Yields an item for each waiting original, which goes live when it is due and its translations are complete.

    If they are not, officer, editors and translators are notified, once an hour before and once when it is due.
    """
    for page, due_at, requested_at, user in JointPublication.objects.values_list(
        "page", "due_at", "requested_at", "requested_by"
    ):
        at = due_at or requested_at
        yield schedule.DueItem(at, page, schedule.Action.PUBLISH_TOGETHER, partial(_process_due, page, now), user)


def _process_due(page_id: int, now: datetime) -> None:
    if release(page_id):
        return
    awaited = _get_locked(page_id)
    if awaited is None or awaited.due_at is None or awaited.missed_at:
        return
    if awaited.due_at <= now:
        awaited.missed_at = now
        _notify_all(awaited, outbox.Kind.HELD_BACK)
    elif awaited.due_at - WARN_BEFORE <= now and not awaited.warned_at and not is_complete(awaited.page):
        awaited.warned_at = now
        _notify_all(awaited, outbox.Kind.AWAITED_SOON)
    else:
        return
    awaited.save(update_fields=["warned_at", "missed_at"])


def _notify_all(awaited: JointPublication, kind: str) -> None:
    may_act = {user for user in editors() if policy.may_publish_alone(user, awaited.page)}
    recipients = _officers(awaited.page, awaited) | may_act
    for state in unready_translations(awaited.page):
        outbox.notify(recipients, kind, state)
        outbox.notify_translators(state, kind)


def _officers(page: Page, awaited: JointPublication) -> set[Any]:
    """Returns the active users who want the page published: who requested it, and the owner."""
    return {user for user in (awaited.requested_by, page.owner) if user is not None and user.is_active}


@locking.atomic
def publish_alone(awaited: JointPublication, user: Any, reason: str) -> bool:
    """Publishes the original without waiting for its translations, and returns whether it is live now.

    A schedule stays in force. Raises NoLongerWaiting, and the gate's exceptions.
    """
    awaited = _get_locked_or_raise(awaited)
    revision, page = awaited.revision, awaited.page
    awaited.delete()
    revision.content["published_together"] = False  # counts also if it goes live later
    revision.save(update_fields=["content"])
    write_log(page.specific, log.PUBLISH_ALONE, user=user, revision=revision, data={"reason": reason})
    if awaited.due_at and awaited.due_at > timezone.now():
        return False
    revision.publish(user=user, skip_permission_checks=True)
    return True


@locking.atomic
def cancel(awaited: JointPublication, user: Any) -> None:
    """Cancels the publication: the text becomes a draft again and stays on the desk. Raises NoLongerWaiting."""
    awaited = _get_locked_or_raise(awaited)
    revision, page = awaited.revision, awaited.page
    if revision.approved_go_live_at:
        revision.approved_go_live_at = None
        revision.save(user=user, update_fields=["approved_go_live_at"])  # Wagtail logs it
        return
    awaited.delete()
    write_log(page.specific, log.CANCEL_JOINT, user=user, revision=revision)
    _clear_due_date(page)


@locking.atomic
def on_schedule_cancelled(revision: Revision) -> None:
    """Ends the joint publication of a revision, or clears the due date of its page, once its schedule is cancelled."""
    locking.lock_translations(*Page.objects.filter(pk=revision.object_id).values_list("translation_key", flat=True))
    JointPublication.objects.filter(revision=revision).delete()
    if revision.base_content_type.model_class() is not Page:
        return
    original = Original.objects.filter(page=revision.object_id, due_at__isnull=False).select_related("page").first()
    if original is not None and original.page.scheduled_revision is None:
        _clear_due_date(original.page)


def _clear_due_date(page: Page) -> None:
    """Clears the due date and submits the published text, if there is one, in place of the cancelled one."""
    Original.objects.filter(page=page.pk).update(due_at=None)
    if page.live:
        submission.submit_into_all(page.specific)
