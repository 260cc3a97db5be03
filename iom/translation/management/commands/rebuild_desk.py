from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page
from wagtail_localize.models import Translation

from iom.core.translation_role import Role, role_of
from iom.translation.content import segments
from iom.translation.models import Original, TranslationState
from iom.translation.workflow import originals, progress, submission


class Command(BaseCommand):
    """For a site that had translations before it had the desk. Running it again changes nothing; no one is told."""

    help = "Makes and repairs what the desk knows of originals and translations."

    def handle(self, *args: Any, **options: Any) -> None:
        before = _counts()
        for page in _originals():
            if page.first_published_at:
                originals.refresh(page)
            else:
                _submit_draft(page)
        for state in TranslationState.objects.select_related("translation", "original", "page"):
            changed = _note_what_is_live(state) if state.page.live and state.published_at is None else []
            progress.recount(state, *changed)
        (all_originals, all_states), (had_originals, had_states) = _counts(), before
        if options["verbosity"]:
            self.stdout.write(
                f"{all_originals} originals ({all_originals - had_originals} new), "
                f"{all_states} translations ({all_states - had_states} new)."
            )


def _originals() -> Iterator[Page]:
    """What is published or being translated; sections before the pages below them."""
    for page in Page.objects.filter(depth__gt=1).order_by("depth", "path").iterator(chunk_size=200):
        role = role_of(page)
        if role == Role.ORIGINAL or (role == Role.UNTRANSLATED and page.live):
            yield page.specific


@transaction.atomic
def _submit_draft(page: Page) -> None:
    """One that is still to be published for the first time: as it was last saved, and wanted by its embargo."""
    draft = page.get_latest_revision_as_object()
    begun = Translation.objects.filter(source__object_id=page.translation_key, enabled=True)
    for translation in begun.select_related("target_locale"):
        submission.submit(draft, translation.target_locale)
    scheduled = page.scheduled_revision
    if scheduled is not None:
        Original.objects.filter(page=page.pk).update(due_at=scheduled.approved_go_live_at)


def _note_what_is_live(state: TranslationState) -> list[str]:
    """Readers have the translation already; whether they have its present words is read from the page.

    The fields that have been set.
    """
    state.published_at = state.page.last_published_at or timezone.now()
    state.source_version = state.original.version
    written = segments.of_translation(state.translation)
    live = {(segment.path, segment.string.data) for segment in segments.strings_of(state.page.specific)}
    if live == {(segment.path, segment.target) for segment in written}:
        state.digest = written.digest
        return ["published_at", "source_version", "digest"]
    return ["published_at", "source_version"]


def _counts() -> tuple[int, int]:
    return Original.objects.count(), TranslationState.objects.count()
