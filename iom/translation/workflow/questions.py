"""What a translator asks of a segment. The officer answers in place, and the answer stays with the segment."""

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
from iom.translation.content.comparison import closest
from iom.translation.content.segments import Segment
from iom.translation.models import Comment, Message, Question, TranslationState
from iom.translation.notifications import outbox
from iom.translation.workflow import policy
from iom.users import WRITES_ORIGINALS
from iom.users.policy import editors

LONGEST = 2000


def by_segment(translation: Translation) -> dict[tuple[int, int], list[Question]]:
    """The questions to be shown with each segment, by its context and string."""
    return placed(_with_people(translation.questions.all()), translation)


def placed[Said: (Question, Comment)](
    said: QuerySet[Said], translation: Translation
) -> dict[tuple[int, int], list[Said]]:
    """What was said of segments, by their context and string.

    What was said of an earlier wording (`is_current` is False) is shown with the passage that has replaced it.
    """
    found: dict[tuple[int, int], list[Said]] = defaultdict(list)
    earlier = []
    for one in said.select_related("context", "string").annotate(is_current=Exists(_segments())):
        if one.is_current:
            found[one.context_id, one.string_id].append(one)
        else:
            earlier.append(one)
    if earlier:
        now = segments.of_translation(translation)
        for one in earlier:
            segment = closest(one.context.path, one.string.data, now)
            if segment is not None:
                found[segment.context_id, segment.string_id].insert(0, one)
    return dict(found)


def _with_people(questions: Any) -> QuerySet[Question]:
    return questions.select_related("string", "asked_by", "answered_by")


def _segments() -> QuerySet[StringSegment]:
    """The passage of the original that still has the words of which something was said, for a subquery."""
    return StringSegment.objects.filter(
        source=OuterRef("translation__source"), context=OuterRef("context"), string=OuterRef("string")
    )


@locking.atomic
def ask(state: TranslationState, segment: Segment, text: str, user: Any) -> Question:
    """Asks, and tells those who wrote the original. Raises ValidationError for a text that is empty or too long."""
    state.lock()
    question = Question.objects.create(
        translation_id=state.translation_id,
        context_id=segment.context_id,
        string_id=segment.string_id,
        text=checked(text, gettext("Write your question first.")),
        asked_by=user,
    )
    outbox.notify(authors(state), outbox.Kind.ASKED, state, question)
    return question


@locking.atomic
def answer(question: Question, text: str, user: Any) -> Question:
    """Answers, or corrects one's own answer, and tells who asked. Raises ValidationError as `ask`, and where another
    person has answered already."""
    locking.lock_translations(question.translation.source.object_id)
    now = Question.objects.select_related("translation__state").filter(pk=question.pk).first()
    if now is None:
        raise ValidationError(gettext("The page has been deleted in the meantime."))
    question, text = now, checked(text, gettext("Write your answer first."))
    if question.answer and question.answered_by_id != user.pk:
        raise ValidationError(gettext("Another person has answered in the meantime."))
    question.answer, question.answered_by, question.answered_at = text, user, timezone.now()
    question.save(update_fields=["answer", "answered_by", "answered_at"])
    Message.objects.filter(question=question, kind=outbox.Kind.ASKED, sent_at=None).delete()
    if question.asked_by is not None and question.asked_by != user:
        outbox.notify([question.asked_by], outbox.Kind.ANSWERED, question.translation.state, question)
    return question


def checked(text: str, if_empty: str) -> str:
    """`text` without what surrounds it. Raises ValidationError, with `if_empty` for a text that says nothing."""
    text = remove_control_characters(text).replace("\r\n", "\n").strip()
    if not text:
        raise ValidationError(if_empty)
    if len(text) > LONGEST:
        message = gettext("The text is too long: %(count)d characters (maximum %(limit)d). Shorten it.")
        raise ValidationError(message % {"limit": LONGEST, "count": len(text)})
    return text


def authors(state: TranslationState) -> list[Any]:
    """Who is asked: the owner of the original and whoever published it last; newsroom editors where they are gone."""
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
    """What the user may still answer, the oldest first: of one's own texts; of all texts for newsroom editors."""
    waiting = Question.objects.filter(answer="", translation__enabled=True)
    if not user.has_perm(WRITES_ORIGINALS):
        waiting = waiting.none()
    elif not user.has_perm("users.retire_page"):
        original = OuterRef("translation__state__original")  # asked of the few texts with a question, not of all
        published = PageLogEntry.objects.filter(page=original, action="wagtail.publish", user=user.pk)
        is_theirs = Q(translation__state__original__page__owner=user.pk) | Exists(published.order_by())
        waiting = waiting.filter(is_theirs)
    return _known(waiting, policy.may_answer, user)


def asked_by(user: Any) -> Iterator[Question]:
    """What someone has asked, the newest first."""
    return _known(Question.objects.filter(asked_by=user).order_by("-asked_at", "-pk"), policy.may_see, user)


def answered_since(moment: datetime, user: Any) -> Iterator[Question]:
    """What someone has asked and others have answered, the latest answer first."""
    answered = Question.objects.filter(asked_by=user, answered_at__gte=moment)
    return _known(answered.order_by("-answered_at"), policy.may_see, user)


def _known(
    questions: QuerySet[Question], decision: Callable[[Any, TranslationState], bool], user: Any
) -> Iterator[Question]:
    """Those of texts of which the user may know, with `original_title`. No list shows any other.

    Since a question was asked, its text may have been limited, withdrawn or given to another office, and its
    translation deleted.
    """
    related = ("source", "state__page", "state__locale", "state__original__page", "state__original__locale")
    found = _with_people(questions.exclude(translation__state=None)).select_related(
        *(f"translation__{name}" for name in related)
    )
    for question in found.defer("translation__source__content_json").iterator(chunk_size=50):
        state = question.translation.state
        if decision(user, state):
            question.original_title = policy.original_title(user, state)  # type: ignore[attr-defined]
            yield question


def place(said: Question | Comment) -> Segment | None:
    """The segment that it is shown with."""
    return closest(said.context.path, said.string.data, segments.of_translation(said.translation))


def address(question: Question) -> str:
    """Where the question is read, with its segment in the translators’ editor; or answered, if it has no answer: a
    browser moves the focus to a field to which a link leads."""
    state: TranslationState = question.translation.state
    return f"{state.editor_address()}#{'question' if question.answer else 'answer'}-{question.pk}"
