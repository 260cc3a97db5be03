"""Detaching a translation from the desk, to be edited like any other page, and attaching it again."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from wagtail.models import Page
from wagtail_localize.models import OverridableSegment, StringTranslation
from wagtail_localize.segments import OverridableSegmentValue
from wagtail_localize.segments.extract import extract_segments

from iom.publishing.locking import atomic
from iom.translation.content import overrides, same_page, segments
from iom.translation.models import TranslationState
from iom.translation.workflow import log, progress, submission


@atomic
def detach(state: TranslationState, user: Any = None) -> None:
    """From now on the page is edited like any other, by those who write originals."""
    state.lock()
    translation = state.translation
    if not translation.enabled:
        return  # another user was faster
    page = state.page.specific
    if page.first_published_at is None:
        # The draft is what has been translated so far, not the copy of the original that the page began as.
        draft = overrides.translated_page(state, fallback=True)
        draft.save_revision(user=user, clean=False)
    translation.enabled = False
    translation.save(update_fields=["enabled"])
    state.claimed_by, state.claimed_at, state.ready = None, None, False
    state.save(update_fields=["claimed_by", "claimed_at", "ready"])
    log.record(state, log.DETACH, user)


@dataclass(frozen=True)
class Passage:
    """A passage that was written by hand. `place`: its segment in the translation; None where it has none."""

    text: str  # as localize stores it
    place: segments.Segment | None


def manual_passages(state: TranslationState) -> list[Passage]:
    """The passages of the page as it now is, its latest draft included."""
    theirs: dict[str, list[segments.Segment]] = defaultdict(list)
    for segment in segments.of_translation(state.translation):
        theirs[segment.path].append(segment)
    ours: dict[str, list[str]] = defaultdict(list)
    for value in segments.strings_of(state.page.specific.get_latest_revision_as_object()):
        ours[value.path].append(value.string.data)
    return [passage for path, texts in ours.items() for passage in _match_passages(texts, theirs[path])]


def _match_passages(texts: list[str], places: list[segments.Segment]) -> Iterator[Passage]:
    """One to one where there are as many; else only those that the translation has already."""
    if len(texts) == len(places):
        for text, place in zip(texts, places, strict=True):
            yield Passage(text, place)
        return
    known = {place.written: place for place in places}
    for text in texts:
        yield Passage(text, known.get(text))


@atomic
def reattach(state: TranslationState, user: Any = None) -> None:
    """The page as it is now becomes the translation: its passages, and the pictures and links chosen for it.

    A passage that has changed in the original meanwhile, and not by hand, is left to translate.
    """
    state.lock()
    if state.translation.enabled:
        return  # another user was faster
    original = Page.objects.get(pk=state.original_id).specific
    _cancel_publication(state.page.specific, user)
    translation = state.translation
    translation.enabled = True
    translation.save(update_fields=["enabled"])
    submission.submit(submission.text_to_translate(original), state.locale, user, fills=False)
    state.refresh_from_db()
    _adopt_passages(state, user)
    same_page.prefill(translation, segments.of_translation(translation))
    _adopt_overrides(state, user)
    state.shared_digest = ""  # the page was edited by hand
    progress.recount(state, "shared_digest")
    page = state.page.specific
    if state.is_whole and page.live and not page.has_unpublished_changes:
        state.digest = segments.of_translation(translation).digest  # readers have these words
        progress.recount(state, "digest")
    log.record(state, log.REATTACH, user)


def _cancel_publication(page: Page, user: Any) -> None:
    """A schedule or a workflow of the ordinary page: from now on the desk alone publishes it."""
    page.revisions.exclude(approved_go_live_at=None).update(approved_go_live_at=None)
    if page.current_workflow_state is not None:
        page.current_workflow_state.cancel(user=user)


def _adopt_passages(state: TranslationState, user: Any) -> None:
    for passage in manual_passages(state):
        place = passage.place
        if place is None:
            continue
        mine = StringTranslation.objects.filter(context=place.context_id, locale=state.locale_id)
        if place.written == passage.text or _translates_former_text(mine, place, passage.text):
            continue
        segments.save_translation(segments.translation_row(place, state.locale_id), passage.text, user)


def _translates_former_text(mine: Any, place: segments.Segment, text: str) -> bool:
    """Whether the text translates what the original no longer says, or is the original's own."""
    if place.written is None and text == place.source:
        return True
    return place.written is None and mine.filter(data=text).exclude(translation_of=place.string_id).exists()


def _adopt_overrides(state: TranslationState, user: Any) -> None:
    """Another picture or link than the original's, where one may be chosen for one language."""
    page = state.page.specific.get_latest_revision_as_object()
    mine = {value.path: value.data for value in extract_segments(page) if isinstance(value, OverridableSegmentValue)}
    for segment in OverridableSegment.objects.filter(source=state.translation.source_id).select_related("context"):
        path = segment.context.path
        if path in mine and mine[path] != segment.data:
            overrides.store(state, segment.context_id, mine[path], user)
