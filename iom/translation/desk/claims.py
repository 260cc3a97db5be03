"""Who works on what. A claim is shown, it keeps nobody from editing."""

from typing import Any

from django.utils import timezone

from iom.translation.models import TranslationState


def claim(state: TranslationState, user: Any) -> bool:
    """Whether the user now has it. Of two at the same time one gets it; the other finds whose it is in the state."""
    TranslationState.objects.filter(pk=state.pk, claimed_by=None).update(claimed_by=user, claimed_at=timezone.now())
    state.refresh_from_db(fields=["claimed_by", "claimed_at"])
    return state.claimed_by_id == user.pk


def release(state: TranslationState) -> None:
    """Puts it back, unless another has claimed it since the state was read."""
    TranslationState.objects.filter(pk=state.pk, claimed_by=state.claimed_by_id).update(
        claimed_by=None, claimed_at=None
    )
