"""What follows from the events of a page (`iom.publishing.events`), in the same transaction."""

from typing import Any

from django.dispatch import receiver
from wagtail.models import Page, Revision

from iom.core.translation_role import Role, role_of
from iom.publishing import events
from iom.translation.models import Original, TranslationState
from iom.translation.workflow import joint_publication, originals, progress, publication


@receiver(events.published)
def after_publication(sender: type[Page], page: Page, revision: Revision | None, **kwargs: Any) -> None:
    row = Original.objects.select_for_update(no_key=True).filter(page=page.pk).first()
    states = TranslationState.objects.select_related("translation")
    state = None if row else states.filter(page=page.pk).first()
    if row or (state is None and role_of(page).is_submittable):
        originals.on_original_published(page, revision.user if revision else None, row)
    elif state is not None and state.role == Role.TRANSLATION:
        publication.on_translation_published(state, revision)
    elif state is not None:
        publication.on_detached_published(state)


@receiver(events.scheduled)
def after_scheduling(sender: type[Page], page: Page, **kwargs: Any) -> None:
    if role_of(page).is_submittable:
        originals.on_original_scheduled(page)


@receiver([events.unpublished, events.expired])
def after_unpublication(sender: type[Page], page: Page, **kwargs: Any) -> None:
    for state in TranslationState.objects.filter(page=page.pk):
        progress.recount(state)
    Original.objects.filter(page=page.pk).update(due_at=None)
    joint_publication.delete(page)


@receiver(events.schedule_cancelled)
def after_cancelled_schedule(sender: type[Page], revision: Revision, **kwargs: Any) -> None:
    joint_publication.on_schedule_cancelled(revision)
