"""The desk on the admin's first page: what waits for translators, authors' own texts, what is held for editors."""

from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from typing import Any

from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.ui.components import Component

from iom.translation.desk import listing
from iom.translation.desk.queue import known_to
from iom.translation.models import TranslationState, TranslationStateQuerySet
from iom.translation.workflow import policy, questions
from iom.users import WRITES_ORIGINALS

SHOWN = 10
RECENT = timedelta(days=7)  # an answer


@dataclass(frozen=True)
class Row:
    """A translation, what there is to do, and what the user may do."""

    state: TranslationState
    tag: listing.Tag
    instructions: Any
    may_open: bool
    may_claim: bool


@dataclass(frozen=True)
class Section:
    """The first rows of a list, and how many there are in all."""

    rows: list[Row]
    total: int


class DeskPanel(Component):
    """The number of queries does not depend on the number of translations, save for officers of some offices."""

    name = "translations"
    template_name = "translation/desk/panel.html"
    order = 100  # before Wagtail's own

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        context = super().get_context_data(parent_context)
        request = parent_context["request"]
        user = request.user
        context |= {"next": reverse("wagtailadmin_home"), "csrf_token": get_token(request)}
        waiting = known_to(user).waiting()
        if not user.has_perm(WRITES_ORIGINALS):
            tasks = _section(waiting, user, True)
            answered = questions.answered_since(timezone.now() - RECENT, user)
            return context | {"tasks": tasks, "answers": list(islice(answered, SHOWN))}
        context["mine"] = _section(waiting.filter(original__page__owner=user), user)
        context["questions"] = list(islice(questions.open_for(user), SHOWN))
        if user.has_perm("users.retire_page"):
            held = waiting.filter(original__page__joint_publication__isnull=False)
            context["held"] = _section(held, user)
        return context


def _section(states: TranslationStateQuerySet, user: Any, may_claim: bool = False) -> Section:
    first = [
        Row(
            state,
            listing.tag(state),
            policy.instructions_for(user, state),
            policy.may_see(user, state),
            may_claim and policy.may_claim(user, state),
        )
        for state in states.for_listing()[:SHOWN]
    ]
    return Section(first, len(first) if len(first) < SHOWN else states.count())
