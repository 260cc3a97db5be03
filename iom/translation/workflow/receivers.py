"""What the desk does when something happens to a page (`iom.publishing.events`), in the same transaction."""

import logging
from typing import Any

from django.db import transaction
from django.dispatch import receiver
from wagtail.models import Page, Revision

from iom.publishing import events
from iom.translation.models import Original, TranslationState
from iom.translation.workflow import joint_publication, originals, progress, publication, submission
from iom.translation.workflow.signals import became_ready

logger = logging.getLogger("iom.translation")


@receiver(events.published)
def after_publication(sender: type[Page], page: Page, revision: Revision | None, **kwargs: Any) -> None:
    row = Original.objects.select_for_update(no_key=True).filter(page=page.pk).first()
    states = TranslationState.objects.select_related("translation")
    state = None if row else states.filter(page=page.pk).first()
    if state is None:
        if row or not _is_a_copy(page):
            originals.on_original_published(page, revision.user if revision else None, row)
    elif state.translation.enabled:
        publication.on_translation_published(state, revision)
    else:
        publication.on_detached_published(state)


@receiver(events.scheduled)
def after_scheduling(sender: type[Page], page: Page, **kwargs: Any) -> None:
    if not submission.is_translation(page) and not _is_a_copy(page):
        originals.on_original_scheduled(page)


def _is_a_copy(page: Page) -> bool:
    """A translation that the desk does not know: whoever made it by hand keeps it by hand."""
    return Page.objects.filter(translation_key=page.translation_key, pk__lt=page.pk).exists()


@receiver([events.unpublished, events.expired])
def after_unpublication(sender: type[Page], page: Page, **kwargs: Any) -> None:
    for state in TranslationState.objects.filter(page=page.pk):
        progress.recount(state)
    Original.objects.filter(page=page.pk).update(due_at=None)
    joint_publication.delete(page)


@receiver(became_ready)
def publish_waiting_original(sender: type[TranslationState], state: TranslationState, **kwargs: Any) -> None:
    """What goes wrong with the original is not the translator's: the translation stays ready, and the scheduler tries
    again."""
    try:
        with transaction.atomic():
            joint_publication.release(state.original_id)
    except Exception:
        logger.exception("Page %s could not be published with its translations", state.original_id)


@receiver(events.schedule_cancelled)
def after_cancelled_schedule(sender: type[Page], revision: Revision, **kwargs: Any) -> None:
    joint_publication.on_schedule_cancelled(revision)
