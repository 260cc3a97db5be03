"""How far a translation is: the counts and the step that desk, report, explorer and editor show."""

from django.utils import timezone
from wagtail.models import Page

from iom.publishing.locking import atomic
from iom.translation import log, messages, segments
from iom.translation.models import LanguageRule, TranslationState

Step = TranslationState.Step
_COUNTED = ["total", "translated", "words_left", "step", "waiting_since", "ready", "revised_by", "revised_at"]


@atomic
def recount(state: TranslationState, *changed: str) -> TranslationState:
    """Counts anew and saves; to be called after whatever writes segments or changes the original.

    `changed` names the fields that the caller has set: all others are taken from the row as it now is.
    """
    state.lock(*changed)  # of two at the same time the second counts what the first has written
    all_of_them = segments.of_translation(state.translation)
    missing = [segment for segment in all_of_them if not segment.target]
    state.total = len(all_of_them)
    state.translated = state.total - len(missing)
    state.words_left = sum(segments.count_words(segment.source) for segment in missing)
    if state.revised_at and any(segment.at and segment.at > state.revised_at for segment in all_of_them):
        state.revised_by, state.revised_at = None, None  # what has been written since was not revised
    digest = words_digest(all_of_them)
    kept = state.translation.versions.filter(digest=digest, published_at=None)
    if state.ready and (_is_unrevised(state, digest) or not kept.exists()):
        state.ready = False  # a rule for review has come in, or it was written on since
    before, state.step = state.step, _step(state, digest, all_of_them)
    if state.step in (Step.TRANSLATED, Step.READY):
        state.waiting_since = None
    elif state.waiting_since is None:
        state.waiting_since = timezone.now()
    state.save(update_fields=[*_COUNTED, *changed])
    if state.step == Step.TO_REVISE != before:
        messages.tell_revisers(state, {segment.by for segment in all_of_them})
    return state


def words_digest(all_of_them: list[segments.Segment]) -> str:
    """What tells one wording of the translation from another."""
    return segments.digest(
        segments.fingerprint(f"{segment.path}\0{segment.source}", segment.target or "") for segment in all_of_them
    )


def _step(state: TranslationState, digest: str, all_of_them: list[segments.Segment]) -> str:
    if not state.is_whole:
        if state.published_at:
            return Step.OUT_OF_DATE
        return Step.IN_PROGRESS if state.translated else Step.TO_TRANSLATE
    if state.ready:
        return Step.READY
    if state.published_at and state.digest == digest and _is_as_live_as_its_original(state):
        return Step.TRANSLATED
    if awaits_review(state):
        return Step.IN_PROGRESS if _is_sent_back(state, all_of_them) else Step.TO_REVISE
    return Step.TO_PUBLISH


def _is_as_live_as_its_original(state: TranslationState) -> bool:
    """Nothing is left to do for a text that is offline in both languages."""
    live = set(Page.objects.filter(pk__in=[state.page_id, state.original_id], live=True).values_list("pk", flat=True))
    return state.page_id in live or not live


def _is_sent_back(state: TranslationState, all_of_them: list[segments.Segment]) -> bool:
    """Whether a reviser has returned it, and nothing has been written since."""
    returned = log.last(state, log.SEND_BACK)
    return returned is not None and not any(segment.at and segment.at > returned.timestamp for segment in all_of_them)


def needs_review(state: TranslationState) -> bool:
    """Whether another person has to revise what is translated into this language."""
    return LanguageRule.objects.filter(locale=state.locale_id, review=True).exists()


def is_ready(state: TranslationState) -> bool:
    """Whether it goes live with its original. Whether it has to be revised first is asked anew each time."""
    if not (state.ready and state.is_whole):
        return False
    if not awaits_review(state):
        return True
    return not _is_unrevised(state, words_digest(segments.of_translation(state.translation)))


def _is_unrevised(state: TranslationState, digest: str) -> bool:
    """Whether another person has still to revise these words. What readers have had already may come back."""
    return digest != state.digest and awaits_review(state)


def awaits_review(state: TranslationState) -> bool:
    """Whether another person has still to revise it."""
    return state.revised_at is None and needs_review(state)
