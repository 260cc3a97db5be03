"""The desk's rows with all that a listing shows of them, in one query."""

from typing import Any

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from iom.translation.models import Question, TranslationState
from iom.translation.models.state import TranslationStateQuerySet
from iom.translation.workflow import policy


def listed(states: TranslationStateQuerySet) -> TranslationStateQuerySet:
    """With pages, languages, who has them, and the number of questions that nobody has answered."""
    unanswered: QuerySet[Any] = (
        Question.objects.filter(translation=OuterRef("pk"), answered_at=None)
        .order_by()
        .values("translation")
        .annotate(number=Count("pk"))
        .values("number")
    )
    related = [
        "claimed_by",
        "translation__source",
        "page__locale",
        "original__page__locale",
        "original__page__joint_publication",
        "locale",
    ]
    return states.select_related(*related).annotate(
        open_questions=Coalesce(Subquery(unanswered, output_field=IntegerField()), 0)
    )


def may_see(user: Any, state: TranslationState) -> bool:
    """As the policy says, without a query for the row: that its page is a translation is known."""
    state.page.is_translation = state.translation.enabled
    return policy.may_see(user, state)


def original_title(user: Any, state: TranslationState) -> str:
    """Of the original, by which whoever does not write originals knows it: as it was submitted."""
    if user.has_perm("users.write_original"):
        return state.original.page.get_admin_display_title()
    return state.translation.source.object_repr


def may_claim(user: Any, state: TranslationState) -> bool:
    """Whether the button is shown; that the page is not locked, the view looks up."""
    return state.claimed_by_id is None and state.translation.enabled and may_see(user, state)


def may_release(user: Any, state: TranslationState) -> bool:
    state.page.is_translation = state.translation.enabled
    return policy.may_release(user, state)
