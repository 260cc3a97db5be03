"""Entries of the desk's emails, built from messages when they are sent. They contain the title of a text, and never
its content."""

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
from iom.users.emails import absolute_url
from iom.users.models import User

Kind = Message.Kind
Step = TranslationState.Step


@jobs.handler(
    outbox.JOB, label=gettext_lazy("Send email notifications"), model=User, missing=outbox.pending_recipients
)
def send(key: str) -> None:
    """Job handler: sends a user's due messages. The key is that of the user."""
    outbox.send(int(key), build_entry)


def build_entry(message: Message) -> outbox.Entry | None:
    """Returns the message's entry in the current language and time zone.

    None where the task is done or another person's, or where the user may no longer open the text.
    """
    user, state = message.recipient, message.state
    if not (state.translation.enabled and _may_receive(user, message) and _still_applies(message)):
        return None
    title = " ".join(state.translation.source.object_repr.split())  # as submitted: the draft's title is not public
    return outbox.Entry(title, _details(message), _address(message))


def _address(message: Message) -> str:
    state, user = message.state, message.recipient
    if message.kind == Kind.ASKED:
        return absolute_url(reverse("translation_answer", args=[message.question_id]))
    if message.question is not None:
        is_shown = questions.segment_of(message.question) is not None  # in the editor
        return absolute_url(questions.address(message.question) if is_shown else reverse("translation_questions"))
    if message.kind == Kind.DONE:
        return state.page.specific.full_url
    is_author = message.kind in (Kind.AWAITED_SOON, Kind.HELD_BACK) and policy.may_answer(user, state)
    return absolute_url(reverse("wagtailadmin_pages:edit", args=[state.original_id if is_author else state.page_id]))


def _details(message: Message) -> str:
    """Returns the task, its sender, the words left, the due date and the officer's note, as far as they apply."""
    state = message.state
    if message.kind in (Kind.AWAITED_SOON, Kind.HELD_BACK):
        return ", ".join([progress.summary(state), *_due_text(state)])
    parts = [gettext("translation into %(language)s") % {"language": languages.name(state.locale.language_code)}]
    parts += _sender(message)
    if message.kind in (Kind.NEEDED, Kind.STALE, Kind.INSTRUCTED, Kind.SENT_BACK):
        if state.words_left:
            words = ngettext("%(count)d word to translate", "%(count)d words to translate", state.words_left)
            parts.append(words % {"count": state.words_left})
        given = state.instructions
        parts += [gettext("urgent")] if given and given.urgent else []
        parts += _due_text(state)
        parts += instructions.describe(False, None, given.note) if given else []
    return ", ".join(parts)


def _sender(message: Message) -> list[str]:
    """Returns who has asked, answered or sent back; nothing for users who no longer exist."""
    question = message.question
    match message.kind:
        case Kind.ASKED if question is not None:
            text, name = gettext("question from %(name)s"), get_user_display_name(question.asked_by)
        case Kind.ANSWERED if question is not None:
            text, name = gettext("answer from %(name)s"), get_user_display_name(question.answered_by)
        case Kind.SENT_BACK:
            returned = log.latest_entry(message.state.page_id, log.SEND_BACK)
            text, name = gettext("sent back by %(name)s"), get_user_display_name(returned and returned.user)
        case _:
            return []
    return [text % {"name": name}] if name else []


def _due_text(state: TranslationState) -> list[str]:
    due_at, live_at = state.due_at, state.original.due_at
    if live_at is not None and live_at <= timezone.now():
        return [gettext("due now: the original is waiting for it")]
    if due_at is None:
        return []
    text = gettext("overdue since %(time)s") if state.is_overdue else gettext("due %(time)s")
    return [text % {"time": moments.format_moment(due_at)}]


def _may_receive(user: Any, message: Message) -> bool:
    """Returns whether the user may open the text, and so may read its title."""
    state = message.state
    if message.kind in (Kind.DONE, Kind.ASKED):
        return policy.may_answer(user, state)
    if message.kind in (Kind.AWAITED_SOON, Kind.HELD_BACK):
        return policy.may_see(user, state) or policy.may_answer(user, state)
    return policy.may_see(user, state)


def _still_applies(message: Message) -> bool:
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
