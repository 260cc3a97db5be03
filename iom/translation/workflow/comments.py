"""The comments of revisers on single passages. A comment can be resolved and opened again."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext
from wagtail_localize.models import Translation

from iom.publishing.locking import atomic
from iom.translation.content.segments import Segment
from iom.translation.models import Comment, TranslationState
from iom.translation.workflow.questions import clean_text, group_by_segment


def by_segment(translation: Translation) -> dict[tuple[int, int], list[Comment]]:
    """Returns the comments on each segment, by the keys of its context and string."""
    return group_by_segment(translation.comments.select_related("written_by", "resolved_by"), translation)


def first_open(translation: Translation) -> Comment | None:
    """Returns the oldest comment that is not resolved and that is shown with a segment."""
    shown = group_by_segment(translation.comments.filter(resolved_at=None), translation)
    waiting = [comment for found in shown.values() for comment in found]
    return min(waiting, key=lambda comment: (comment.written_at, comment.pk), default=None)


@atomic
def write(state: TranslationState, segment: Segment, text: str, user: Any) -> None:
    """Adds a comment to a segment. Raises ValidationError for a text that is empty or too long."""
    state.lock()
    Comment.objects.create(
        translation_id=state.translation_id,
        context_id=segment.context_id,
        string_id=segment.string_id,
        text=clean_text(text, gettext("Write your comment first.")),
        written_by=user,
    )


def resolve(comment: Comment, user: Any, *, is_resolved: bool) -> None:
    """Marks a comment as resolved by `user`, or opens it again. Of two concurrent requests the first takes effect."""
    by, at = (user, timezone.now()) if is_resolved else (None, None)
    Comment.objects.filter(pk=comment.pk, resolved_at__isnull=is_resolved).update(resolved_by=by, resolved_at=at)
