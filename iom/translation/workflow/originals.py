"""Receivers of page events (`iom.publishing.events`), in the same transaction. Most concern originals."""

import logging
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.dispatch import receiver
from django.utils import timezone
from wagtail.models import Page, Revision
from wagtail_localize.models import Translation

from iom.core.translation_role import Role, role_of
from iom.publishing import events, gate, locking
from iom.translation.content import page_data, segments
from iom.translation.content.segments import Text
from iom.translation.models import Original, TranslationState
from iom.translation.notifications import outbox
from iom.translation.workflow import joint_publication, log, progress, publication, submission, sync_shared_fields

logger = logging.getLogger(__name__)


@locking.atomic
def on_original_published(page: Page, user: Any = None, row: Original | None = None) -> None:
    """Updates the row of an original that has just gone live, and the state of each of its translations.

    `page` is the published page in its specific type. Live translations get the values that they share with it, and
    new text is submitted. `row` is the page's row, if the caller has locked both.
    """
    row = row or _get_locked_row(page)
    page = page_data.with_child_rows(page)
    was_published = row.published_at is not None
    has_new_content = _update_row(row, page)
    if was_published and has_new_content and not page.is_minor_change:
        row.meaning_version = row.version
    row.save()
    for state, text, words_before in filter(None, submission.submit_into_all(page, user)):
        state.original = row
        _update_live_translation(state, page, text, user)
        _notify(state, words_before, was_published)


def _update_live_translation(state: TranslationState, page: Page, text: Text, user: Any) -> None:
    """Publishes a ready translation, or writes the shared values into a live one.

    The original stays published if its translation is refused or not valid as a page (for example, another page has
    its address by now), unless both are to go live together.
    """
    goes_live = state.ready and state.is_whole
    try:
        with transaction.atomic():
            if goes_live:
                publication.go_live(state, user, text)
            elif state.published_at is not None:
                sync_shared_fields.sync_shared_fields(state, page, text, user)
    except (ValidationError, gate.Refused) as error:
        if goes_live and getattr(page, "published_together", False):
            raise
        logger.warning("The translation %s was not published with its original: %s", state.pk, error)
        state.refresh_from_db()
        state.ready = False
        progress.recount(state, "ready")


def _update_row(row: Original, page: Page) -> bool:
    """Writes the page's content into the row without saving it; returns whether passages or blocks have changed.

    An incomplete translation keeps the former value of a block.
    """
    strings = segments.extract_strings(page)
    fingerprints = [segments.fingerprint(segment.path, segment.string.data) for segment in strings]
    blocks = page_data.blocks_digest(page)
    has_other_blocks = row.blocks_digest not in (None, blocks)
    has_new_content = has_other_blocks or set(fingerprints) != set(row.fingerprints)
    row.fingerprints, row.blocks_digest = fingerprints, blocks
    digest = segments.digest(fingerprints)
    row.version += has_other_blocks or digest != row.digest
    row.digest = digest
    row.words = sum(segments.count_words(segment.string.data) for segment in strings)
    row.published_at = timezone.now()
    row.due_at = None
    return has_new_content


def _notify(state: TranslationState, words_before: int | None, was_published: bool) -> None:
    """Notifies translators of new work. `words_before` is the number of words left before; None where it is new."""
    if state.step == TranslationState.Step.TRANSLATED:
        return
    if words_before is None or not was_published:
        outbox.notify_translators(state, outbox.Kind.NEEDED)
    elif state.published_at is not None and words_before != state.words_left:
        outbox.notify_translators(state, outbox.Kind.STALE)


def _get_locked_row(page: Page) -> Original:
    locking.lock_translations(page.translation_key)
    rows = Original.objects.select_for_update(no_key=True)
    row, _created = rows.get_or_create(
        page_id=page.pk, defaults={"translation_key": page.translation_key, "locale_id": page.locale_id}
    )
    return row


@receiver(events.published)
def after_publication(sender: type[Page], page: Page, revision: Revision | None, **kwargs: Any) -> None:
    if prepared := publication.prepared_for(revision):
        publication.on_translation_published(prepared.state, revision)
        return
    row = Original.objects.select_for_update(no_key=True).filter(page=page.pk).first()
    states = TranslationState.objects.select_related("translation")
    state = None if row else states.filter(page=page.pk).first()
    if row or (state is None and role_of(page).is_submittable):
        on_original_published(page, revision.user if revision else None, row)
    elif state is not None and state.role == Role.TRANSLATION:
        publication.on_translation_published(state, revision)
    elif state is not None:
        publication.on_detached_published(state)


@receiver(events.scheduled)
def after_scheduling(sender: type[Page], page: Page, **kwargs: Any) -> None:
    """Submits an original as it will be published. The desk shows its publication time as the due date."""
    if not role_of(page).is_submittable or (scheduled := page.scheduled_revision) is None:
        return
    for state, *_text in filter(None, submission.submit_into_all(scheduled.as_object(), scheduled.user)):
        if state.original.due_at is None:
            outbox.notify_translators(state, outbox.Kind.NEEDED)
    Original.objects.filter(page=page.pk).update(due_at=scheduled.approved_go_live_at)


@receiver(events.expired)
def after_expiry(sender: type[Page], page: Page, **kwargs: Any) -> None:
    """Recounts the translation. The due date stays: a scheduled or waiting update is still to be translated."""
    for state in TranslationState.objects.filter(page=page.pk):
        progress.recount(state)


@receiver(events.unpublished)
def after_unpublication(sender: type[Page], page: Page, **kwargs: Any) -> None:
    after_expiry(sender, page)
    Original.objects.filter(page=page.pk).update(due_at=None)
    joint_publication.delete(page)


@receiver(events.withdrawn)
def after_withdrawal(sender: type[Page], page: Page, **kwargs: Any) -> None:
    """Clears due dates. Translations stay as they are: all languages are withdrawn, and the gate refuses them."""
    Original.objects.filter(page=page.pk).update(due_at=None)
    joint_publication.delete(page)


@receiver(events.reinstated)
def after_reinstatement(sender: type[Page], page: Page, **kwargs: Any) -> None:
    """Submits the published text again: a later text was due before the withdrawal. No translation stays ready, since
    no publication of the original is awaited with which it could go live."""
    if not role_of(page).is_submittable:
        return
    for state, *_text in filter(None, submission.submit_into_all(page)):
        if state.ready:
            state.ready = False
            progress.recount(state, "ready")


@receiver(events.schedule_cancelled)
def after_cancelled_schedule(sender: type[Page], revision: Revision, **kwargs: Any) -> None:
    joint_publication.on_schedule_cancelled(revision)


@receiver(events.restored)
def after_restoration(sender: type[Page], page: Page, **kwargs: Any) -> None:
    """Enables the translation again, which localize disables when its page is deleted."""
    for state in TranslationState.objects.filter(page=page.pk).select_related("page"):
        Translation.objects.filter(pk=state.translation_id).update(enabled=not log.is_detached(state))
    after_unpublication(sender, page)
