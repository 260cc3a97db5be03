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
def note_publication(sender: type[Page], page: Page, revision: Revision | None, **kwargs: Any) -> None:
    state = TranslationState.objects.select_related("translation").filter(page=page.pk).first()
    if state is None:
        if not _is_a_copy(page):
            originals.note(page, revision.user if revision else None)
    elif state.translation.enabled:
        publication.note(state, revision)
    else:
        publication.note_by_hand(state)


@receiver(events.scheduled)
def note_schedule(sender: type[Page], page: Page, **kwargs: Any) -> None:
    if not submission.is_translation(page) and not _is_a_copy(page):
        originals.note_schedule(page)


def _is_a_copy(page: Page) -> bool:
    """A translation that the desk does not know: whoever made it by hand keeps it by hand."""
    return Page.objects.filter(translation_key=page.translation_key, pk__lt=page.pk).exists()


@receiver([events.unpublished, events.expired])
def note_unpublication(sender: type[Page], page: Page, **kwargs: Any) -> None:
    for state in TranslationState.objects.filter(page=page.pk):
        progress.recount(state)
    Original.objects.filter(page=page.pk).update(due_at=None)
    joint_publication.forget(page)


@receiver(became_ready)
def publish_what_has_waited_for_it(sender: type[TranslationState], state: TranslationState, **kwargs: Any) -> None:
    """What goes wrong with the original is not the translator's: the translation stays ready, and the scheduler tries
    again."""
    try:
        with transaction.atomic():
            joint_publication.release(state.original_id)
    except Exception:
        logger.exception("Page %s could not be published with its translations", state.original_id)


@receiver(events.schedule_cancelled)
def note_that_a_schedule_is_cancelled(sender: type[Page], revision: Revision, **kwargs: Any) -> None:
    joint_publication.note_cancelled_schedule(revision)
