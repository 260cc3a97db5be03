"""What a reviser says of single passages. Each comment is resolved, and can be opened again."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext
from wagtail_localize.models import Translation

from iom.publishing.locking import atomic
from iom.translation.content.segments import Segment
from iom.translation.models import Comment, TranslationState
from iom.translation.workflow.questions import checked, placed


def by_segment(translation: Translation) -> dict[tuple[int, int], list[Comment]]:
    """The comments to be shown with each segment, by its context and string."""
    return placed(translation.comments.select_related("written_by", "resolved_by"), translation)


@atomic
def write(state: TranslationState, segment: Segment, text: str, user: Any) -> Comment:
    """Says something of a passage. Raises ValidationError for a text that is empty or too long."""
    state.lock()
    return Comment.objects.create(
        translation_id=state.translation_id,
        context_id=segment.context_id,
        string_id=segment.string_id,
        text=checked(text, gettext("Write your comment first.")),
        written_by=user,
    )


def resolve(comment: Comment, user: Any, *, is_resolved: bool) -> None:
    """Marks a comment as resolved by `user`, or opens it again. Of two at the same time the first has done it."""
    by, at = (user, timezone.now()) if is_resolved else (None, None)
    Comment.objects.filter(pk=comment.pk, resolved_at__isnull=is_resolved).update(resolved_by=by, resolved_at=at)
