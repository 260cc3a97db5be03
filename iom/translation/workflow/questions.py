"""Questions of translators on segments. Officers answer in the editor, and the answer stays with the segment."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext
from wagtail.models import PageLogEntry
from wagtail_localize.models import StringSegment, Translation

from iom.characters import remove_control_characters
from iom.publishing import locking
from iom.translation.content import segments
from iom.translation.content.comparison import find_closest
from iom.translation.content.segments import Segment, Text
from iom.translation.models import Comment, Message, Question, TranslationState
from iom.translation.notifications import outbox
from iom.translation.workflow import policy
from iom.users import WRITES_ORIGINALS
from iom.users.policy import editors

MAX_LENGTH = 2000


def by_segment(translation: Translation) -> dict[tuple[int, int], list[Question]]:
    """Returns the questions on each segment, by the keys of its context and string."""
    return group_by_segment(_select_people(translation.questions.all()), translation)


def group_by_segment[Item: (Question, Comment)](
    items: QuerySet[Item], translation: Translation
) -> dict[tuple[int, int], list[Item]]:
    """Groups questions or comments by the keys of their segment's context and string.

    Items on a passage that is in another block now are grouped with the segment there. Items on an earlier wording
    (`is_current` is False) are grouped with the segment that has replaced it.
    """
    found: dict[tuple[int, int], list[Item]] = defaultdict(list)
    earlier = []
    current = StringSegment.objects.filter(
        source=OuterRef("translation__source"), context=OuterRef("context"), string=OuterRef("string")
    )
    for item in items.select_related("context", "string").annotate(is_current=Exists(current)):
        if item.is_current:
            found[item.context_id, item.string_id].append(item)
        else:
            earlier.append(item)
    if earlier:
        now = segments.load_text(translation)
        for item in earlier:
            segment = _closest_segment(item, now)
            if segment is not None:
                item.is_current = segment.string_id == item.string_id
                found[segment.context_id, segment.string_id].insert(0, item)
    return dict(found)


def _closest_segment(item: Question | Comment, text: Text) -> Segment | None:
    """Returns the segment with the same wording, at its place or elsewhere; else the one at its place; else None."""
    same = [segment for segment in text if segment.string_id == item.string_id]
    here = [segment for segment in same if segment.context_id == item.context_id]
    return next(iter(here or same), None) or find_closest(item.context.path, item.string.data, text)


def _select_people(questions: Any) -> QuerySet[Question]:
    return questions.select_related("string", "asked_by", "answered_by")


@locking.atomic
def ask(state: TranslationState, segment: Segment, text: str, user: Any) -> Question:
    """Stores a question and notifies the authors. Raises ValidationError for a text that is empty or too long."""
    state.lock()
    question = Question.objects.create(
        translation_id=state.translation_id,
        context_id=segment.context_id,
        string_id=segment.string_id,
        text=clean_text(text, gettext("Write your question first.")),
        asked_by=user,
    )
    outbox.notify(authors(state), outbox.Kind.ASKED, state, question)
    return question


@locking.atomic
def answer(question: Question, text: str, user: Any) -> None:
    """Answers, or corrects one's own answer, and notifies the asker. Raises ValidationError as `ask`, and if another
    person has answered already."""
    locking.lock_translations(question.translation.source.object_id)
    now = Question.objects.select_related("translation__state").filter(pk=question.pk).first()
    if now is None:
        raise ValidationError(gettext("The page has been deleted in the meantime."))
    question, text = now, clean_text(text, gettext("Write your answer first."))
    if question.answer and question.answered_by_id != user.pk:
        raise ValidationError(gettext("Another person has answered in the meantime."))
    question.answer, question.answered_by, question.answered_at = text, user, timezone.now()
    question.save(update_fields=["answer", "answered_by", "answered_at"])
    Message.objects.filter(question=question, kind=outbox.Kind.ASKED, sent_at=None).delete()
    if question.asked_by is not None and question.asked_by != user:
        outbox.notify([question.asked_by], outbox.Kind.ANSWERED, question.translation.state, question)


def clean_text(text: str, if_empty: str) -> str:
    """Returns `text` without control characters and surrounding space.

    Raises ValidationError for a text that is too long, and with the message `if_empty` for an empty one.
    """
    text = remove_control_characters(text).replace("\r\n", "\n").strip()
    if not text:
        raise ValidationError(if_empty)
    if len(text) > MAX_LENGTH:
        message = gettext("The text is too long: %(count)d characters (maximum %(limit)d). Shorten it.")
        raise ValidationError(message % {"limit": MAX_LENGTH, "count": len(text)})
    return text


def authors(state: TranslationState) -> list[Any]:
    """Returns who answers: the owner and the last publisher of the original; newsroom editors if both are gone."""
    User = get_user_model()  # noqa: N806
    original = state.original.page
    last = (
        PageLogEntry.objects.filter(page=original.pk, action="wagtail.publish", user__isnull=False)
        .order_by("-timestamp", "-pk")
        .values("user")[:1]
    )
    people = User.objects.filter(Q(pk=original.owner_id) | Q(pk__in=last), is_active=True)
    found = [user for user in people if policy.may_answer(user, state)]
    return found or list(editors())


def open_for(user: Any) -> Iterator[Question]:
    """Yields the open questions on the user's own texts, the oldest first; for newsroom editors, on all texts."""
    waiting = Question.objects.filter(answer="", translation__enabled=True)
    if not user.has_perm(WRITES_ORIGINALS):
        waiting = waiting.none()
    elif not user.has_perm("users.retire_page"):
        original = OuterRef("translation__state__original")  # a subquery: few texts have an open question
        published = PageLogEntry.objects.filter(page=original, action="wagtail.publish", user=user.pk)
        is_theirs = Q(translation__state__original__page__owner=user.pk) | Exists(published.order_by())
        waiting = waiting.filter(is_theirs)
    return _permitted(waiting, policy.may_answer, user)


def asked_by(user: Any) -> Iterator[Question]:
    """Yields the questions that the user has asked, the newest first."""
    return _permitted(Question.objects.filter(asked_by=user).order_by("-asked_at", "-pk"), policy.may_see, user)


def answered_since(moment: datetime, user: Any) -> Iterator[Question]:
    """Yields the user's questions that were answered since `moment`, the latest answer first."""
    answered = Question.objects.filter(asked_by=user, answered_at__gte=moment)
    return _permitted(answered.order_by("-answered_at"), policy.may_see, user)


def _permitted(
    questions: QuerySet[Question], decision: Callable[[Any, TranslationState], bool], user: Any
) -> Iterator[Question]:
    """Yields the questions for which `decision` is true, with their `original_title`. All lists use it.

    Since a question was asked, its text may have been restricted, withdrawn or given to another office, and its
    translation deleted.
    """
    related = ("source", "state__page", "state__locale", "state__original__page", "state__original__locale")
    found = _select_people(questions.exclude(translation__state=None)).select_related(
        *(f"translation__{name}" for name in related)
    )
    for question in found.defer("translation__source__content_json").iterator(chunk_size=50):
        state = question.translation.state
        if decision(user, state):
            question.original_title = policy.original_title(user, state)  # type: ignore[attr-defined]
            yield question


def segment_of(item: Question | Comment) -> Segment | None:
    """Returns the segment that a question or comment is shown with."""
    return _closest_segment(item, segments.load_text(item.translation))


def address(question: Question) -> str:
    """Returns the question's URL in the translators’ editor. Without an answer, it leads to the answer field, which
    the browser then focuses."""
    state: TranslationState = question.translation.state
    return f"{state.editor_address()}#{'question' if question.answer else 'answer'}-{question.pk}"
