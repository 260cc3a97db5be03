"""Where Wagtail tells the desk that something has happened to a page."""

from typing import Any

from django.dispatch import receiver
from wagtail.models import Page, Revision
from wagtail.signals import page_published, page_unpublished

from iom.translation import originals, progress, publication
from iom.translation.models import Original, TranslationState


@receiver(page_published)
def note_publication(sender: type[Page], instance: Page, revision: Revision | None = None, **kwargs: Any) -> None:
    """Wagtail sends it for aliases, and for a mere scheduling, too."""
    if kwargs.get("alias") or instance.alias_of_id:
        return
    state = TranslationState.objects.filter(page=instance.pk, translation__enabled=True).first()
    if state is not None:
        if instance.live:
            publication.note(state, revision)
    elif instance.live:
        originals.note(instance, revision.user if revision else None)
    else:
        originals.note_schedule(instance)


@receiver(page_unpublished)
def note_unpublication(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    for state in TranslationState.objects.filter(page=instance.pk):
        progress.recount(state)
    Original.objects.filter(page=instance.pk).update(due_at=None)
