"""What the e-mails of `notifications` say of a text, and whether it still has to be said. Of a text they give the
title and never its words."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy, ngettext
from wagtail.admin.utils import get_user_display_name

from iom import languages
from iom.core import moments
from iom.publishing import jobs
from iom.translation.models import JointPublication, Message, TranslationState
from iom.translation.notifications import outbox
from iom.translation.workflow import instructions, joint_publication, log, policy, progress, questions
from iom.users.emails import absolute
from iom.users.models import User

Kind = Message.Kind
Step = TranslationState.Step


@jobs.handler(outbox.JOB, label=gettext_lazy("Send email notifications"), model=User, missing=outbox.recipients)
def send(key: str) -> None:
    """Sends what is due to a user."""
    outbox.send(int(key), entry)


def entry(message: Message) -> outbox.Entry | None:
    """The message in the current language and time zone.

    None where the task is done or another person's, or where the user may no longer know of the text.
    """
    user, state = message.recipient, message.state
    if not (state.translation.enabled and _may_know(user, message) and _is_so(message)):
        return None
    title = " ".join(state.translation.source.object_repr.split())  # as submitted: the draft is its author's
    return outbox.Entry(title, _says(message), _address(message))


def _address(message: Message) -> str:
    state, user = message.state, message.recipient
    if message.kind == Kind.ASKED:
        return absolute(reverse("translation_answer", args=[message.question_id]))
    if message.question is not None:
        return absolute(questions.address(message.question))
    if message.kind == Kind.DONE:
        return state.page.specific.full_url
    is_author = message.kind in (Kind.AWAITED_SOON, Kind.HELD_BACK) and policy.may_answer(user, state)
    return absolute(reverse("wagtailadmin_pages:edit", args=[state.original_id if is_author else state.page_id]))


def _says(message: Message) -> str:
    """What it is, from whom, and until when."""
    state = message.state
    if message.kind in (Kind.AWAITED_SOON, Kind.HELD_BACK):
        return ", ".join([progress.summary(state), *_due(state)])
    parts = [gettext("translation into %(language)s") % {"language": languages.name(state.locale.language_code)}]
    parts += _from_whom(message)
    if message.kind in (Kind.NEEDED, Kind.STALE, Kind.INSTRUCTED, Kind.SENT_BACK):
        if state.words_left:
            words = ngettext("%(count)d word to translate", "%(count)d words to translate", state.words_left)
            parts.append(words % {"count": state.words_left})
        given = state.instructions
        parts += [gettext("urgent")] if given and given.urgent else []
        parts += _due(state)
        parts += instructions.in_words(False, None, given.note) if given else []
    return ", ".join(parts)


def _from_whom(message: Message) -> list[str]:
    """Those who are gone are not named."""
    question = message.question
    match message.kind:
        case Kind.ASKED if question is not None:
            text, name = gettext("question from %(name)s"), get_user_display_name(question.asked_by)
        case Kind.ANSWERED if question is not None:
            text, name = gettext("answer from %(name)s"), get_user_display_name(question.answered_by)
        case Kind.SENT_BACK:
            returned = log.last(message.state.page_id, log.SEND_BACK)
            text, name = gettext("sent back by %(name)s"), get_user_display_name(returned and returned.user)
        case _:
            return []
    return [text % {"name": name}] if name else []


def _due(state: TranslationState) -> list[str]:
    due_at, live_at = state.due_at, state.original.due_at
    if live_at is not None and live_at <= timezone.now():
        return [gettext("due now: the original is waiting for it")]
    if due_at is None:
        return []
    text = gettext("overdue since %(time)s") if state.is_overdue else gettext("due %(time)s")
    return [text % {"time": moments.in_words(due_at)}]


def _may_know(user: Any, message: Message) -> bool:
    """Only those who may open a text are told its title."""
    state = message.state
    if message.kind in (Kind.DONE, Kind.ASKED):
        return policy.may_answer(user, state)
    if message.kind in (Kind.AWAITED_SOON, Kind.HELD_BACK):
        return policy.may_see(user, state) or policy.may_answer(user, state)
    return policy.may_see(user, state)


def _is_so(message: Message) -> bool:
    user, state = message.recipient, message.state
    match message.kind:
        case Kind.NEEDED | Kind.STALE | Kind.INSTRUCTED:
            is_theirs = state.claimed_by in (None, user) or not state.claimed_by.is_active
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
