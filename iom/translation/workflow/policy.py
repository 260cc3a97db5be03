"""Permissions on translations. Every view of the desk calls them, most by the decorator `allowed`."""

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
    """Returns whether the user may write segments, import files and ask: if they may edit the page, and it is not
    locked or in review."""
    return not read_only_reason(user, state)


def read_only_reason(user: Any, state: TranslationState) -> str:
    """Returns why the user may not write now; empty if they may."""
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
    """Returns whether the user may open the translation in the editor, preview it and download it as a file."""
    state.page.is_translation = state.role == Role.TRANSLATION  # the page's permissions need no query then
    return state.page.specific_deferred.permissions_for_user(user).can_edit()


def may_publish(user: Any, state: TranslationState) -> bool:
    """Returns whether the user's role allows publication. `progress.obstacles` returns what else prevents it."""
    page = state.page.specific_deferred
    return may_see(user, state) and page.permissions_for_user(user).can_publish()


def may_submit(user: Any, page: Page) -> bool:
    """Returns whether the user may submit a page for translation: if they may edit it as an original."""
    if not user.has_perm(WRITES_ORIGINALS) or page.is_root() or not role_of(page).is_submittable:
        return False
    return page.permissions_for_user(user).can_edit()


def may_detach(user: Any, state: TranslationState) -> bool:
    """Returns whether the user may detach a translation from the desk, or attach it again."""
    return user.has_perm("users.retire_page") and may_see(user, state)


def may_answer(user: Any, state: TranslationState) -> bool:
    """Returns whether the user may answer the questions on this text."""
    original = state.original.page.specific_deferred
    return user.has_perm(WRITES_ORIGINALS) and original.permissions_for_user(user).can_edit()


def may_publish_alone(user: Any, page: Page) -> bool:
    """Returns whether the user may publish a waiting original without its translation: newsroom editors only."""
    return user.has_perm("users.retire_page") and page.permissions_for_user(user).can_publish()


def instructions_for(user: Any, state: TranslationState) -> Any:
    """Returns the Instructions for a user who may open the translation. Others, such as other offices, get None."""
    given = state.instructions
    return given if given is not None and may_see(user, state) else None


def original_title(user: Any, state: TranslationState) -> str:
    """Returns the title of the original; for users who do not write originals, the submitted title."""
    if user.has_perm(WRITES_ORIGINALS):
        return state.original.page.get_admin_display_title()
    return state.translation.source.object_repr


def may_open_desk(user: Any) -> bool:
    """Returns whether the user may open the translation desk: if they may edit a page of either kind."""
    return user.has_perm(WRITES_ORIGINALS) or policy_registry.get_by_type(Page).user_has_permission(user, "change")


def languages_of(user: Any) -> QuerySet[Locale]:
    """Returns the user's languages on the desk: a translator's own; all of them for users who write originals."""
    keys = language_keys_of(user)
    return site_locales() if keys is None else site_locales().filter(pk__in=keys)


def language_keys_of(user: Any) -> set[int] | None:
    """Returns the keys of `languages_of`; None for all languages."""
    if user.has_perm(WRITES_ORIGINALS):
        return None
    held = policy_registry.get_by_type(Page).get_cached_permissions_for_user(user)
    pages = [one.page for one in held if one.permission.codename == "change_page"]
    if any(page.depth < HOME_DEPTH for page in pages):
        return None
    return {page.locale_id for page in pages if page.depth == HOME_DEPTH}


def may_claim(user: Any, state: TranslationState) -> bool:
    """Returns whether the button for a claim is shown. The view also checks whether the page is locked."""
    return state.claimed_by_id is None and state.translation.enabled and may_see(user, state)


def may_release(user: Any, state: TranslationState) -> bool:
    """Returns whether the user may release the claim: their own, or any if they may detach the translation."""
    return state.claimed_by_id == user.pk or (state.claimed_by_id is not None and may_detach(user, state))


def may_cancel_joint(user: Any, page: Page) -> bool:
    """Returns whether the user may cancel the publication of a waiting original: if they may publish it."""
    return user.has_perm(WRITES_ORIGINALS) and page.permissions_for_user(user).can_publish()


def get_state_or_404(**lookup: int) -> TranslationState:
    """Returns the state of a translation, with the related rows that views need."""
    return get_object_or_404(TranslationState.objects.for_work(), **lookup)


def get_with_state_or_404[Item: (Question, Comment)](model: type[Item], pk: int) -> tuple[Item, TranslationState]:
    """Returns a question or a comment, with its string and context, and the state of its translation."""
    related = ("translation__source", "translation__target_locale", "string", "context")
    item = get_object_or_404(model._default_manager.select_related(*related), pk=pk)
    return item, get_state_or_404(pk=item.translation_id)


def allowed(decision: Callable[[Any, TranslationState], bool]) -> Callable[[View], View]:
    """Decorates a view `(request, state, …)` whose URL has a `translation_id`.

    The view is called only if `decision(user, state)` is true. Raises PermissionDenied, and Http404 for a
    translation that is not on the desk.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, translation_id: int, **kwargs: Any) -> HttpResponseBase:
            state = get_state_or_404(pk=translation_id)
            if not decision(request.user, state):
                raise PermissionDenied
            return view(request, state, **kwargs)

        return guarded

    return guard


def refuse(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
    """A view that refuses every user, whatever their role."""
    raise PermissionDenied
