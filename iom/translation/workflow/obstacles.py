"""Why a translation cannot be published now."""

from typing import Any

from django.utils.translation import gettext
from wagtail.locks import BasicLock

from iom.translation.checks import text as checks
from iom.translation.content import segments
from iom.translation.content.segments import Text
from iom.translation.models import TranslationState
from iom.translation.workflow import progress


def obstacles(state: TranslationState, user: Any = None, text: Text | None = None) -> list[str]:
    """Why the translation cannot be published now, in the reader's language; empty where it can.

    `text` is the translation's, where the caller has read it.
    """
    found = progress.left_to_do(state)
    page = state.page
    if page.locked and (user is None or BasicLock(page).for_user(user)):
        found.append(gettext("The page is locked."))
    if page.current_workflow_state is not None:
        found.append(gettext("The page is in review."))
    if state.missing:
        return found
    text = text or segments.of_translation(state.translation)
    found += checks.errors(state, text)
    if progress.needs_review(state):
        if state.revised_at is None:
            found.append(gettext("Another person has to revise the translation first."))
        elif user is not None and user.pk == state.revised_by_id:
            found.append(gettext("You have revised this translation. Another person has to publish it."))
        elif user is not None and user.pk in text.writers:
            found.append(gettext("You have translated part of this text. Another person has to publish it."))
    return found
