"""The progress of a translation: its counts and its step, as desk, reports, explorer and editor show them, and the
obstacles to its publication."""

from typing import Any

from django.db.models import Exists
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from wagtail.admin.utils import get_user_display_name
from wagtail.locks import BasicLock

from iom import languages
from iom.publishing.locking import atomic
from iom.translation.checks import findings as checks
from iom.translation.content import segments
from iom.translation.content.segments import Text
from iom.translation.models import Instructions, LanguageRule, TranslationState
from iom.translation.notifications import outbox
from iom.translation.workflow import log

Step = TranslationState.Step


@atomic
def recount(state: TranslationState, *changed: str, text: Text | None = None) -> None:
    """Updates the counts and the step, and saves the state. Call it after every change of segments or the original.

    `changed` names the fields that the caller has set; all others are read again from the row. A caller who has locked
    the state and read its `text` in this transaction passes it; then both are used as they are.
    """
    if text is None:
        state.lock(*changed)  # a second process waits, then counts what the first has written
        text = segments.load_text(state.translation)
    state.total = len(text)
    state.translated = state.total - len(text.missing)
    state.unconfirmed = len(text.unconfirmed)
    state.words_left = text.words_left
    if state.revised_at and text.has_changed_since(state.revised_at):
        state.revised_by, state.revised_at = None, None  # text that was written later is not revised
    kept = state.translation.versions.filter(digest=text.digest, published_at=None)
    if state.ready and (is_unrevised(state, text) or not kept.exists()):
        state.ready = False  # a rule for review was introduced, or the text has changed
    before, state.step = state.step, _compute_step(state, text)
    if state.is_done:
        state.waiting_since = None
    elif state.waiting_since is None:
        state.waiting_since = timezone.now()
    state.save(update_fields=state.CHANGING)
    if state.step == Step.TO_REVISE != before:
        outbox.notify_revisers(state, text.writers)
    elif state.step == Step.TRANSLATED != before:
        _end_instructions(state)


def _end_instructions(state: TranslationState) -> None:
    """Deletes the instructions once all translations of the text are done."""
    attached = TranslationState.objects.filter(original=state.original_id, translation__enabled=True)
    waiting = attached.exclude(step__in=TranslationState.DONE)
    Instructions.objects.filter(~Exists(waiting), page=state.original_id).delete()


def _compute_step(state: TranslationState, text: Text) -> str:
    if not state.is_whole:
        if state.published_at:
            return Step.OUT_OF_DATE
        return Step.IN_PROGRESS if state.translated else Step.TO_TRANSLATE
    if state.ready:
        return Step.READY
    was_published = state.published_at and state.digest == text.digest
    if was_published and (state.page.live or not state.original.page.live):  # live, or offline with its original
        return Step.TRANSLATED
    if awaits_review(state):
        return Step.IN_PROGRESS if _is_sent_back(state, text) else Step.TO_REVISE
    return Step.TO_PUBLISH


def _is_sent_back(state: TranslationState, text: Text) -> bool:
    """Returns whether a reviser has sent the translation back, and nothing has been written since."""
    returned = log.latest_entry(state.page_id, log.SEND_BACK)
    return returned is not None and not text.has_changed_since(returned.timestamp)


def needs_review(state: TranslationState) -> bool:
    """Returns whether translations into this language have to be revised by another person."""
    return LanguageRule.objects.filter(locale=state.locale_id, review=True).exists()


def is_ready(state: TranslationState) -> bool:
    """Returns whether the translation will go live with its original, or is live and up to date.

    The rule for review is read each time.
    """
    if state.step == Step.TRANSLATED and state.page.live:
        return True
    if not (state.ready and state.is_whole):
        return False
    if not awaits_review(state):
        return True
    return not is_unrevised(state, segments.load_text(state.translation))


def is_unrevised(state: TranslationState, text: Text) -> bool:
    """Returns whether this text still has to be revised. Text that was published before needs no review."""
    return text.digest != state.digest and awaits_review(state)


def awaits_review(state: TranslationState) -> bool:
    """Returns whether another person still has to revise the translation."""
    return state.revised_at is None and needs_review(state)


def _remaining_work(state: TranslationState) -> list[str]:
    """Returns a sentence on the passages still to be translated, and one on those to be confirmed, if any."""
    found = []
    if left := state.missing - state.unconfirmed:
        words = ngettext(
            "%(count)d passage, new or changed in the original, is still to be translated.",
            "%(count)d passages, new or changed in the original, are still to be translated.",
            left,
        )
        found.append(words % {"count": left})
    if state.unconfirmed:
        words = ngettext(
            "%(count)d passage that was filled in is still to be confirmed.",
            "%(count)d passages that were filled in are still to be confirmed.",
            state.unconfirmed,
        )
        found.append(words % {"count": state.unconfirmed})
    return found


def obstacles(state: TranslationState, user: Any, text: Text | None = None) -> list[str]:
    """Returns why the translation cannot be published now, in the current language; empty if it can.

    `text` is the translation's text, if the caller has read it.
    """
    found = _remaining_work(state)
    page = state.page
    if page.locked and (user is None or BasicLock(page).for_user(user)):
        found.append(gettext("The page is locked."))
    if page.current_workflow_state is not None:
        found.append(gettext("The page is in review."))
    if state.missing:
        return found
    text = text or segments.load_text(state.translation)
    found += checks.publication_errors(state, text)
    if needs_review(state):
        if state.revised_at is None:
            found.append(gettext("Another person has to revise the translation first."))
        elif user is not None and user.pk == state.revised_by_id:
            found.append(gettext("You have revised this translation. Another person has to publish it."))
        elif user is not None and user.pk in text.writers:
            found.append(gettext("You have translated part of this text. Another person has to publish it."))
    return found


def summary(state: TranslationState) -> str:
    """Returns language, translator and progress: « Anglais : Maria Ruiz, 12 passages traduits sur 18 »."""
    language = languages.name(state.locale.language_code)
    parts = {"language": language[:1].upper() + language[1:], "step": _summary_of_step(state)}
    if state.claimed_by is None and state.is_whole:
        return gettext("%(language)s: %(step)s") % parts
    who = get_user_display_name(state.claimed_by) if state.claimed_by else gettext("not claimed yet")
    return gettext("%(language)s: %(who)s, %(step)s") % (parts | {"who": who})


def _summary_of_step(state: TranslationState) -> str:
    if state.is_whole and awaits_review(state):
        return gettext("complete, but another person still has to revise it")
    if state.is_whole:
        return gettext("complete, but a translator still has to publish it")
    text = ngettext(
        "%(done)d of %(total)d passage translated", "%(done)d of %(total)d passages translated", state.total
    )
    return text % {"done": state.translated, "total": state.total}


def has_readers_in_translation(page: Any) -> bool:
    """Returns whether the page is live together with an attached translation."""
    states = TranslationState.objects.filter(original=page.pk, translation__enabled=True)
    return page.live and states.filter(page__live=True).exists()
