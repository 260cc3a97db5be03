"""Who may do what with a translation. Every view of the desk asks here, most by the decorator `allowed`."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext
from wagtail.models import Locale, Page
from wagtail.permissions import policy_registry

from iom.core.translation_role import Role, role_of
from iom.navigation.locales import site_locales
from iom.navigation.translation_tree import HOME_DEPTH
from iom.translation.models import Comment, Question, TranslationState
from iom.users import WRITES_ORIGINALS

View = Callable[..., HttpResponseBase]


def may_translate(user: Any, state: TranslationState) -> bool:
    """Write segments, import files, ask: whoever may edit the page, unless it is locked or in a workflow."""
    return not read_only_reason(user, state)


def read_only_reason(user: Any, state: TranslationState) -> str:
    """Why nobody, or not this person, may write now; empty where they may."""
    if not state.translation.enabled or not may_see(user, state):
        return gettext("You can read this translation, but not change it.")
    page = state.page.specific_deferred
    if page.current_workflow_state is not None:
        return gettext("The page is in review. You can change the translation after the review.")
    lock = page.get_lock()
    if lock is not None and lock.for_user(user):
        return gettext("The page is locked. You can change the translation once it is unlocked.")
    return ""


def may_see(user: Any, state: TranslationState) -> bool:
    """Open the translation in the translators' editor, preview it, download it as a file."""
    state.page.is_translation = state.role == Role.TRANSLATION  # the page's permissions need no query then
    return state.page.specific_deferred.permissions_for_user(user).can_edit()


def may_publish(user: Any, state: TranslationState) -> bool:
    """Whether the role allows it; `progress.obstacles` says what else prevents it."""
    page = state.page.specific_deferred
    return may_see(user, state) and page.permissions_for_user(user).can_publish()


def may_submit(user: Any, page: Page) -> bool:
    """Submit a page for translation, or bring its translation up to date: whoever may edit it as an original."""
    if not user.has_perm(WRITES_ORIGINALS) or page.is_root() or not role_of(page).is_submittable:
        return False
    return page.permissions_for_user(user).can_edit()


def may_detach(user: Any, state: TranslationState) -> bool:
    """Detach a translation from the desk, or attach it again."""
    return user.has_perm("users.retire_page") and may_see(user, state)


def may_answer(user: Any, state: TranslationState) -> bool:
    """Answer any question about this text."""
    original = state.original.page.specific_deferred
    return user.has_perm(WRITES_ORIGINALS) and original.permissions_for_user(user).can_edit()


def may_publish_alone(user: Any, page: Page) -> bool:
    """Publish an original that waits for its translation without it: newsroom editors, with a reason."""
    return user.has_perm("users.retire_page") and page.permissions_for_user(user).can_publish()


def instructions_for(user: Any, state: TranslationState) -> Any:
    """The Instructions, for whoever may open the translation. Others see its title alone, such as other offices."""
    given = state.instructions
    return given if given is not None and may_see(user, state) else None


def original_title(user: Any, state: TranslationState) -> str:
    """The title of the original; for those who do not write originals, as it was submitted."""
    if user.has_perm(WRITES_ORIGINALS):
        return state.original.page.get_admin_display_title()
    return state.translation.source.object_repr


def may_open_desk(user: Any) -> bool:
    """See what waits to be translated: whoever may edit a page, as a translation or as an original."""
    return user.has_perm(WRITES_ORIGINALS) or policy_registry.get_by_type(Page).user_has_permission(user, "change")


def languages_of(user: Any) -> QuerySet[Locale]:
    """The languages that the user follows on the desk: a translator's own, all of them for who writes originals."""
    keys = language_keys_of(user)
    return site_locales() if keys is None else site_locales().filter(pk__in=keys)


def language_keys_of(user: Any) -> set[int] | None:
    """The keys of these languages; None: all of them."""
    if user.has_perm(WRITES_ORIGINALS):
        return None
    held = policy_registry.get_by_type(Page).get_cached_permissions_for_user(user)
    pages = [one.page for one in held if one.permission.codename == "change_page"]
    if any(page.depth < HOME_DEPTH for page in pages):
        return None
    return {page.locale_id for page in pages if page.depth == HOME_DEPTH}


def may_claim(user: Any, state: TranslationState) -> bool:
    """Whether the button is shown; the view also asks whether the page is locked."""
    return state.claimed_by_id is None and state.translation.enabled and may_see(user, state)


def may_release(user: Any, state: TranslationState) -> bool:
    """Release what one has claimed oneself; what another has claimed, whoever may detach it."""
    return state.claimed_by_id == user.pk or (state.claimed_by_id is not None and may_detach(user, state))


def may_cancel_joint(user: Any, page: Page) -> bool:
    """Take back an original that waits for its translation: whoever may publish it."""
    return user.has_perm(WRITES_ORIGINALS) and page.permissions_for_user(user).can_publish()


def state_or_404(**lookup: int) -> TranslationState:
    """The state of a translation with what views need of it."""
    return get_object_or_404(TranslationState.objects.for_work(), **lookup)


def said_or_404[Said: (Question, Comment)](model: type[Said], pk: int) -> tuple[Said, TranslationState]:
    """What was said of a passage, with what tells its place, and the state of its translation."""
    related = ("translation__source", "translation__target_locale", "string", "context")
    said = get_object_or_404(model._default_manager.select_related(*related), pk=pk)
    return said, state_or_404(pk=said.translation_id)


def allowed(decision: Callable[[Any, TranslationState], bool]) -> Callable[[View], View]:
    """For a view `(request, state, …)` at an address that names a translation (`translation_id`).

    The view is called only where `decision(user, state)` is true. Raises PermissionDenied, and Http404 for a
    translation that the desk does not know.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, translation_id: int, **kwargs: Any) -> HttpResponseBase:
            state = state_or_404(pk=translation_id)
            if not decision(request.user, state):
                raise PermissionDenied
            return view(request, state, **kwargs)

        return guarded

    return guard


def refuse(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
    """A view for what is not allowed to anybody, whatever their role."""
    raise PermissionDenied
