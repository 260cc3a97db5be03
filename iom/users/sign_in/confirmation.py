"""Asks administrators once more who they are, before they change an account: nobody does so at a desk left open."""

from typing import Any

from allauth.account.decorators import reauthentication_required
from django.http import HttpRequest

from iom.users.policy import policy


def _administers(request: HttpRequest) -> bool:
    """Others are refused, and have nothing to confirm."""
    return policy.user_has_any_permission(request.user, {"add", "change", "delete"})


def confirmed(view: Any) -> Any:
    """The view, for administrators who have confirmed who they are in the last `ACCOUNT_REAUTHENTICATION_TIMEOUT`."""
    return reauthentication_required(view, enabled=_administers)
