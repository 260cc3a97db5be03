"""The policy, put before a view: what it does not allow never reaches it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404

from iom.translation.models import TranslationState

View = Callable[..., HttpResponseBase]


def state_or_404(translation_id: int) -> TranslationState:
    """The desk's row of a translation with what its views need of it."""
    rows = TranslationState.objects.select_related(
        "translation__source", "translation__target_locale", "original", "page", "locale", "claimed_by"
    )
    return get_object_or_404(rows, pk=translation_id)


def allowed(decision: Callable[[Any, TranslationState], bool]) -> Callable[[View], View]:
    """For a view `(request, state, …)` at an address that names a translation (`translation_id`).

    The view is called only where `decision(user, state)` is true. Raises PermissionDenied, and Http404 for a
    translation that the desk does not know.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, translation_id: int, **kwargs: Any) -> HttpResponseBase:
            state = state_or_404(translation_id)
            if not decision(request.user, state):
                raise PermissionDenied
            return view(request, state, **kwargs)

        return guarded

    return guard


def refuse(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
    """What nobody does here, whatever their role."""
    raise PermissionDenied
