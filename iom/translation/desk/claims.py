"""Who works on what. A claim is shown, it keeps nobody from editing."""

from typing import Any

from django.utils import timezone

from iom.publishing.locking import atomic
from iom.translation.models import TranslationState

_FIELDS = ["claimed_by", "claimed_at"]


@atomic
def claim(state: TranslationState, user: Any) -> bool:
    """Whether the user now has it. Of two at the same time one gets it; the other finds whose it is in the state."""
    state.lock()
    if state.claimed_by_id is None:
        state.claimed_by, state.claimed_at = user, timezone.now()
        state.save(update_fields=_FIELDS)
    return bool(state.claimed_by_id == user.pk)


@atomic
def release(state: TranslationState) -> None:
    """Puts it back, unless another has claimed it since the state was read."""
    had_it = state.claimed_by_id
    state.lock()
    if state.claimed_by_id == had_it:
        state.claimed_by, state.claimed_at = None, None
        state.save(update_fields=_FIELDS)
