"""What an e-mail says, and whether it still has to be said. Of a text it gives the title and never its words."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

from iom import languages
from iom.translation.models import JointPublication, Message, TranslationState
from iom.translation.workflow import joint_publication, policy, progress, questions

Kind = Message.Kind
Step = TranslationState.Step
BY_URGENCY = [
    Kind.HELD_BACK, Kind.AWAITED_SOON, Kind.ASKED, Kind.ANSWERED, Kind.SENT_BACK,
    Kind.TO_REVISE, Kind.STALE, Kind.NEEDED, Kind.DONE,
]  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """A line about a text, and where to go."""

    title: str
    says: str
    address: str


def entry(message: Message) -> Entry:
    """In the current language, times in the current time zone."""
    state = message.state
    title = " ".join(state.translation.source.object_repr.split())  # as submitted: the draft is its author's
    return Entry(title, _says(message), _address(message))


def subject(groups: list[tuple[Any, list[Entry]]]) -> str:
    """The most urgent, and how many there are beside it."""
    label, entries = groups[0]
    others = sum(len(rows) for _label, rows in groups) - 1
    words = {"kind": label, "title": entries[0].title, "count": others}
    if not others:
        return gettext("%(kind)s: “%(title)s”") % words
    text = ngettext("%(kind)s: “%(title)s” and %(count)d other", "%(kind)s: “%(title)s” and %(count)d others", others)
    return text % words


def absolute(name: str, *args: Any) -> str:
    return settings.WAGTAILADMIN_BASE_URL + reverse(name, args=args)


def _address(message: Message) -> str:
    state, user = message.state, message.recipient
    if message.question is not None:
        return settings.WAGTAILADMIN_BASE_URL + questions.address(message.question)
    if message.kind == Kind.DONE:
        return state.page.specific.full_url
    is_author = message.kind in (Kind.AWAITED_SOON, Kind.HELD_BACK) and policy.may_answer(user, state)
    return absolute("wagtailadmin_pages:edit", state.original_id if is_author else state.page_id)


def _says(message: Message) -> str:
    state = message.state
    if message.kind in (Kind.AWAITED_SOON, Kind.HELD_BACK):
        return progress.summary(state)
    parts = [_language(state)]
    if message.kind in (Kind.NEEDED, Kind.STALE, Kind.SENT_BACK):
        if state.words_left:
            words = ngettext("%(count)d word to translate", "%(count)d words to translate", state.words_left)
            parts.append(words % {"count": state.words_left})
        parts += _due(state)
    return ", ".join(parts)


def _language(state: TranslationState) -> str:
    return gettext("translation into %(language)s") % {"language": languages.name(state.locale.language_code)}


def _due(state: TranslationState) -> list[str]:
    due_at = state.original.due_at
    if due_at is None:
        return []
    if due_at <= timezone.now():
        return [gettext("wanted at once: the original waits for it")]
    return [gettext("wanted by %(time)s") % {"time": date_format(timezone.localtime(due_at), "DATETIME_FORMAT")}]


def still_matters(message: Message) -> bool:
    """False where the task is done or another person's, or where the user may no longer know of the text."""
    user, state = message.recipient, message.state
    if not (user.is_active and user.email and user.has_perm("wagtailadmin.access_admin")):
        return False
    if not state.translation.enabled or not _may_know(user, message):
        return False
    return _is_so(message)


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
