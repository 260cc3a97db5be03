"""Detaching a translation from the desk, to be edited like any other page, and attaching it again."""

from collections import defaultdict
from typing import Any

from wagtail.models import Page
from wagtail_localize.models import OverridableSegment, StringTranslation
from wagtail_localize.segments import OverridableSegmentValue
from wagtail_localize.segments.extract import extract_segments

from iom.publishing.locking import atomic
from iom.translation.content import earlier_translations, overrides, segments
from iom.translation.models import TranslationState
from iom.translation.workflow import log, progress, submission


@atomic
def detach(state: TranslationState, user: Any = None) -> None:
    """Detaches the translation: users who write originals now edit the page like any other."""
    state.lock()
    translation = state.translation
    if not translation.enabled:
        return  # another user was faster
    page = state.page.specific
    if page.first_published_at is None:
        # The draft gets what has been translated so far; until now it was a copy of the original.
        draft = overrides.translated_page(state, fallback=True)
        draft.save_revision(user=user, clean=False)
    translation.enabled = False
    translation.save(update_fields=["enabled"])
    state.claimed_by, state.claimed_at, state.ready = None, None, False
    state.save(update_fields=["claimed_by", "claimed_at", "ready"])
    log.record(state, log.DETACH, user)


# A passage that was written by hand, as localize stores it, and its segment in the translation, if it has one
Passage = tuple[str, segments.Segment | None]


def manual_passages(state: TranslationState) -> list[Passage]:
    """Returns the passages of the page's latest draft."""
    by_path: dict[str, list[segments.Segment]] = defaultdict(list)
    for segment in segments.load_text(state.translation):
        by_path[segment.path].append(segment)
    written: dict[str, list[str]] = defaultdict(list)
    for value in segments.extract_strings(state.page.specific.get_latest_revision_as_object()):
        written[value.path].append(value.string.data)
    return [passage for path, texts in written.items() for passage in _match_passages(texts, by_path[path])]


def _match_passages(texts: list[str], candidates: list[segments.Segment]) -> list[Passage]:
    """Matches texts and segments in their order if there are as many; else only texts that are stored already."""
    if len(texts) == len(candidates):
        return list(zip(texts, candidates, strict=True))
    known = {segment.written: segment for segment in candidates}
    return [(text, known.get(text)) for text in texts]


@atomic
def reattach(state: TranslationState, user: Any = None) -> None:
    """Attaches the page again: its passages and its own pictures and links become the translation.

    A passage that has changed in the original, and not by hand, is left to translate. One that nobody has changed by
    hand keeps what was written before it was detached, and likewise a picture or link.
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
    before = _page_when_detached(state)
    _adopt_passages(state, before, user)
    earlier_translations.prefill(translation, segments.load_text(translation))
    _adopt_overrides(state, before, user)
    state.shared_digest = ""  # the page was edited by hand
    progress.recount(state, "shared_digest")
    page = state.page.specific
    if state.is_whole and page.live and not page.has_unpublished_changes and _has_no_other_text(state):
        state.digest = segments.load_text(translation).digest  # readers have these words
        progress.recount(state, "digest")
    log.record(state, log.REATTACH, user)


def _cancel_publication(page: Page, user: Any) -> None:
    """Cancels the page's schedule and workflow: from now on only the desk publishes it."""
    page.revisions.exclude(approved_go_live_at=None).update(approved_go_live_at=None)
    if page.current_workflow_state is not None:
        page.current_workflow_state.cancel(user=user)


def _has_no_other_text(state: TranslationState) -> bool:
    """Returns whether each passage that the page and the translation share has the same text in both."""
    return all(segment is None or segment.written == text for text, segment in manual_passages(state))


def _page_when_detached(state: TranslationState) -> Any:
    """Returns the page as its last revision had it when it was detached; None if there is no such revision."""
    detached = log.latest_entry(state.page_id, log.DETACH)
    if detached is None:
        return None
    revisions = state.page.revisions.filter(created_at__lte=detached.timestamp)
    revision = revisions.order_by("-created_at", "-pk").first()
    return revision.as_object() if revision else None


def _adopt_passages(state: TranslationState, before: Any, user: Any) -> None:
    unchanged = {(value.path, value.string.data) for value in segments.extract_strings(before)} if before else set()
    for text, segment in manual_passages(state):
        if segment is None:
            continue
        stored = StringTranslation.objects.filter(context=segment.context_id, locale=state.locale_id)
        is_unchanged = segment.written is not None and (segment.path, text) in unchanged
        if is_unchanged or segment.written == text or _translates_former_text(stored, segment, text):
            continue
        segments.save_translation(segments.translation_row(segment, state.locale_id), text, user)


def _translates_former_text(stored: Any, segment: segments.Segment, text: str) -> bool:
    """Returns whether the text translates an earlier wording of the original, or is the original's text."""
    former = stored.filter(data=text).exclude(translation_of=segment.string_id)
    return segment.written is None and (text == segment.source or former.exists())


def _adopt_overrides(state: TranslationState, before: Any, user: Any) -> None:
    """Stores pictures and links that were changed by hand as overrides of the original's."""
    values = _overridable_values(state.page.specific.get_latest_revision_as_object())
    former = _overridable_values(before) if before else {}
    chosen = overrides.get_overrides(state)
    for segment in OverridableSegment.objects.filter(source=state.translation.source_id).select_related("context"):
        path = segment.context.path
        if path not in values or (path in former and values[path] == former[path]):
            continue
        if values[path] != segment.data:
            overrides.save_override(state, segment.context_id, values[path], user)
        elif path in chosen:
            chosen[path].delete()


def _overridable_values(page: Page) -> dict[str, Any]:
    found = extract_segments(page)
    return {value.path: value.data for value in found if isinstance(value, OverridableSegmentValue)}
