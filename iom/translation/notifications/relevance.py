"""Whether a message that has waited to be sent still tells its recipient something."""

from typing import Any

from django.utils import timezone

from iom.translation.models import JointPublication, Message, TranslationState
from iom.translation.workflow import joint_publication, policy

Kind = Message.Kind
Step = TranslationState.Step


def still_matters(message: Message) -> bool:
    """False where it is done by now, where another person does it, and for whom it is no business any more."""
    user, state = message.recipient, message.state
    if not (user.is_active and user.email and user.has_perm("wagtailadmin.access_admin")):
        return False
    if not state.translation.enabled or not _may_know(user, message):
        return False
    return _is_so(message)


def _may_know(user: Any, message: Message) -> bool:
    """The title of a text goes to those alone who may open it."""
    state = message.state
    if message.kind in (Kind.DONE, Kind.ASKED):
        return policy.may_answer_about(user, state)
    if message.kind in (Kind.AWAITED_SOON, Kind.HELD_BACK):
        return policy.may_see(user, state) or policy.may_answer_about(user, state)
    return policy.may_see(user, state)


def _is_so(message: Message) -> bool:
    user, state = message.recipient, message.state
    match message.kind:
        case Kind.NEEDED | Kind.STALE:
            is_theirs = state.claimed_by_id in (None, user.pk)
            return is_theirs and state.step not in (Step.READY, Step.TRANSLATED)
        case Kind.TO_REVISE:
            return state.step == Step.TO_REVISE
        case Kind.SENT_BACK:
            return state.step == Step.IN_PROGRESS
        case Kind.ASKED:
            return message.question is not None and not message.question.answer
        case Kind.AWAITED_SOON | Kind.HELD_BACK:
            return _is_awaited(message)
    return True


def _is_awaited(message: Message) -> bool:
    waiting = JointPublication.objects.select_related("page").filter(page=message.state.original_id).first()
    if waiting is None or waiting.due_at is None or joint_publication.is_complete(waiting.page):
        return False
    return message.kind == Kind.HELD_BACK or waiting.due_at > timezone.now()
