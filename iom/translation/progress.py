"""How far a translation is: the counts and the step that desk, report, explorer and editor show."""

from typing import Any

from django.utils import timezone
from wagtail.models import Page

from iom.translation import segments
from iom.translation.models import LanguageRule, TranslationState

Step = TranslationState.Step


def recount(state: TranslationState) -> TranslationState:
    """Counts anew and saves; to be called after whatever writes segments or changes the original."""
    all_of_them = segments.of_translation(state.translation)
    missing = [segment for segment in all_of_them if not segment.target]
    state.total = len(all_of_them)
    state.translated = state.total - len(missing)
    state.words_left = sum(segments.count_words(segment.source) for segment in missing)
    if state.revised_at and any(segment.at and segment.at > state.revised_at for segment in all_of_them):
        state.revised_by, state.revised_at = None, None  # what has been written since was not revised
    digest = words_digest(all_of_them)
    if state.ready and not state.translation.versions.filter(digest=digest, published_at=None).exists():
        state.ready = False  # written on since
    state.step = _step(state, digest)
    if state.step in (Step.TRANSLATED, Step.READY):
        state.waiting_since = None
    elif state.waiting_since is None:
        state.waiting_since = timezone.now()
    state.save()
    return state


def words_digest(all_of_them: list[segments.Segment]) -> str:
    """What tells one wording of the translation from another."""
    return segments.digest(
        segments.fingerprint(f"{segment.path}\0{segment.source}", segment.target or "") for segment in all_of_them
    )


def _step(state: TranslationState, digest: str) -> str:
    if not state.is_whole:
        if state.published_at:
            return Step.OUT_OF_DATE
        return Step.IN_PROGRESS if state.translated else Step.TO_TRANSLATE
    if state.ready:
        return Step.READY
    if state.published_at and state.digest == digest and Page.objects.filter(pk=state.page_id, live=True).exists():
        return Step.TRANSLATED
    if needs_review(state) and not state.revised_at:
        return Step.TO_REVISE
    return Step.TO_PUBLISH


def needs_review(state: TranslationState) -> bool:
    """Whether another person has to revise what is translated into this language."""
    return LanguageRule.objects.filter(locale=state.locale_id, review=True).exists()


def of(translation: Any) -> TranslationState | None:
    """The state of a translation of localize's, if the desk knows it."""
    return TranslationState.objects.select_related("original", "page", "locale").filter(translation=translation).first()
