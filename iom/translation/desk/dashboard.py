"""The desk's panel on the admin's home page: translators' tasks, authors' own texts, held publications for editors."""

from datetime import timedelta
from itertools import islice
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import Table

from iom.translation.desk import listing
from iom.translation.desk.queue import DeskColumn, LanguageColumn, visible_to
from iom.translation.models import TranslationStateQuerySet
from iom.translation.workflow import questions
from iom.users import WRITES_ORIGINALS

MAX_ROWS = 10
ANSWERS_SHOWN_FOR = timedelta(days=7)
COLUMNS = [
    DeskColumn("title", "task", label=_("Title"), classname="title"),
    LanguageColumn("language", label=_("Language"), accessor="locale.get_display_name"),
    DeskColumn("step", "tag", label=_("State"), accessor=listing.tag),
    DeskColumn("words_left", "words", label=_("Words to translate")),
    DeskColumn("due_at", "due", label=_("Due")),
    DeskColumn("waiting_since", "waiting", label=pgettext_lazy("translation", "Submitted")),
]


class ActionColumn(DeskColumn):
    """A column of buttons. Its heading is for screen readers only."""

    header_template_name = "translation/desk/action_header.html"


class DeskPanel(Component):
    """The panel. Its number of queries is constant, except for officers who are limited to some offices."""

    name = "translations"
    template_name = "translation/desk/panel.html"
    order = 100  # before Wagtail's own

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        request = parent_context["request"]
        user = request.user
        context: dict[str, Any] = {"request": request}
        waiting = visible_to(user).waiting()
        if not user.has_perm(WRITES_ORIGINALS):
            answered = questions.answered_since(timezone.now() - ANSWERS_SHOWN_FOR, user)
            return context | {"tasks": _section(waiting, "action"), "answers": list(islice(answered, MAX_ROWS))}
        context["mine"] = _section(waiting.filter(original__page__owner=user))
        context["questions"] = list(islice(questions.open_for(user), MAX_ROWS))
        if user.has_perm("users.retire_page"):
            context["held"] = _section(waiting.filter(original__page__joint_publication__isnull=False))
        return context


def _section(states: TranslationStateQuerySet, action: str = "open") -> dict[str, Any]:
    """Returns a table of the first rows, and the number of all. `action` is the template's name of the last column."""
    first = list(states.for_listing()[:MAX_ROWS])
    columns = [*COLUMNS, ActionColumn("action", action, label=_("Action"))]
    classname = "listing listing--dashboard desk-dashboard"
    table = Table(columns, first, base_url=reverse("wagtailadmin_home"), classname=classname)
    return {"table": table, "total": len(first) if len(first) < MAX_ROWS else states.count()}
