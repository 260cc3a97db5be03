"""Where Wagtail tells the desk that something has happened to a page."""

import logging
from typing import Any

from django.db import transaction
from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.models import Page, Revision
from wagtail.signals import page_published, page_unpublished

from iom.translation import joint, originals, progress, publication
from iom.translation.models import Original, TranslationState
from iom.translation.signals import became_ready

logger = logging.getLogger("iom.translation")


@receiver(page_published)
def note_publication(sender: type[Page], instance: Page, revision: Revision | None = None, **kwargs: Any) -> None:
    """Wagtail sends it for aliases, and for a mere scheduling, too."""
    if kwargs.get("alias") or instance.alias_of_id:
        return
    state = TranslationState.objects.select_related("translation").filter(page=instance.pk).first()
    if state is not None:
        if instance.live and state.translation.enabled:
            publication.note(state, revision)
        elif instance.live:
            publication.note_by_hand(state)
    elif _is_a_copy(instance):
        return
    elif instance.live:
        originals.note(instance, revision.user if revision else None)
    else:
        originals.note_schedule(instance)


def _is_a_copy(page: Page) -> bool:
    """A translation that the desk does not know: whoever made it by hand keeps it by hand."""
    return Page.objects.filter(translation_key=page.translation_key, pk__lt=page.pk).exists()


@receiver(page_unpublished)
def note_unpublication(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    for state in TranslationState.objects.filter(page=instance.pk):
        progress.recount(state)
    Original.objects.filter(page=instance.pk).update(due_at=None)
    joint.forget(instance)


@receiver(became_ready)
def publish_what_has_waited_for_it(sender: type[TranslationState], state: TranslationState, **kwargs: Any) -> None:
    """What goes wrong with the original is not the translator's: the translation stays ready, and the scheduler tries
    again."""
    try:
        with transaction.atomic():
            joint.release(state.original_id)
    except Exception:
        logger.exception("Page %s could not be published with its translations", state.original_id)


@receiver(post_save, sender=Revision)
def note_that_a_schedule_is_cancelled(
    sender: type[Revision],
    instance: Revision,
    update_fields: frozenset[str] | None = None,
    raw: bool = False,
    **kwargs: Any,
) -> None:
    if raw:
        return
    if update_fields and "approved_go_live_at" in update_fields and instance.approved_go_live_at is None:
        joint.note_cancelled_schedule(instance)
