"""The workflows that the site makes, and their tasks, are named in the language of whoever reads them.

Each has one stored name. Any other name that an administrator chooses is shown as it is stored.
"""

import copy
from typing import Any

from django.db.models.query_utils import DeferredAttribute
from django.utils.translation import pgettext
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import Task, Workflow

# As the migration stored it, and as a form shows it in one of the languages and stores it again.
STORED = ("Relecture · Review", "Relecture", "Review")
# The review that `newsroom.review` asks for.
COLLEAGUE = "Relecture par un collègue · Review by a colleague"
_COLLEAGUE = (COLLEAGUE, "Relecture par un collègue", "Review by a colleague")


def localized(name: str) -> str:
    """The name in the current language, where it is one that the site has given."""
    if name in _COLLEAGUE:
        return pgettext("the name of a workflow", "Review by a colleague")
    return pgettext("the name of a workflow", "Review") if name in STORED else name


class ReviewName(DeferredAttribute):
    """Django's attribute of a field, whose value depends on the current language."""

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        name = super().__get__(instance, cls)
        return name if instance is None else localized(name)

    def __set__(self, instance: Any, name: str) -> None:
        instance.__dict__[self.field.attname] = name


class WorkflowFormatter(LogFormatter):
    """Wagtail's formatter of an entry, which keeps the names as they were when it was written."""

    def __init__(self, wagtails: LogFormatter) -> None:
        self.wagtails, self.label = wagtails, wagtails.label

    def format_message(self, log_entry: Any) -> Any:
        entry = copy.copy(log_entry)
        entry.data = _localized_titles(log_entry.data)
        return self.wagtails.format_message(entry)

    def format_comment(self, log_entry: Any) -> Any:
        return self.wagtails.format_comment(log_entry)


def _localized_titles(data: Any) -> Any:
    if not isinstance(data, dict):
        return data
    return {
        key: localized(value) if key == "title" and isinstance(value, str) else _localized_titles(value)
        for key, value in data.items()
    }


def show_in_history(actions: LogActionRegistry) -> None:
    """The page's history names the workflow in the reader's language, too."""
    for action, formatter in actions.formatters.items():
        if action.startswith("wagtail.workflow."):
            actions.formatters[action] = WorkflowFormatter(formatter)


def install() -> None:
    """To be called once, when the app is ready."""
    for model in (Workflow, Task):
        model.name = ReviewName(model._meta.get_field("name"))
