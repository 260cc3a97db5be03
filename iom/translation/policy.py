"""Who may do what with a translation. Every way into the desk asks here, and nowhere else."""

from typing import Any

from wagtail.models import Page

from iom.translation.models import Question, TranslationState


def may_translate(user: Any, state: TranslationState) -> bool:
    """Write segments, exchange PO files, ask, preview: whoever may edit the translated page, while nothing locks it."""
    if not state.translation.enabled:
        return False
    lock = state.page.get_lock()
    return may_see(user, state) and not (lock and lock.for_user(user))


def may_see(user: Any, state: TranslationState) -> bool:
    """Open the translation in the translators' editor."""
    return state.page.permissions_for_user(user).can_edit()


def may_publish(user: Any, state: TranslationState) -> bool:
    """Whether the role allows it; `publication.obstacles` says what else stands in the way."""
    return may_see(user, state) and state.page.permissions_for_user(user).can_publish()


def may_submit(user: Any, page: Page) -> bool:
    """Submit a page for translation, or bring its translation up to date: whoever may edit it as an original."""
    writes = user.has_perm("users.write_original") and user.has_perm("wagtail_localize.submit_translation")
    is_translation = TranslationState.objects.filter(page=page.pk).exists()
    return writes and not is_translation and page.permissions_for_user(user).can_edit()


def may_stop(user: Any, state: TranslationState) -> bool:
    """Take a translation out of the desk's hands, or give it back."""
    return user.has_perm("users.retire_page") and may_see(user, state)


def may_answer(user: Any, question: Question) -> bool:
    """Answer what is asked of a segment: whoever may edit the original."""
    original = Page.objects.get(pk=question.translation.state.original_id)
    return user.has_perm("users.write_original") and original.permissions_for_user(user).can_edit()


def may_publish_alone(user: Any, page: Page) -> bool:
    """Publish an original that waits for its translation without it: newsroom editors, with a reason."""
    return user.has_perm("users.retire_page") and page.permissions_for_user(user).can_publish()
