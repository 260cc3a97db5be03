"""Translates the names of the workflows and tasks that the site creates.

Each has one stored name. Other names, which administrators choose, are shown as stored.
"""

import copy
from typing import Any

from django.db.models.query_utils import DeferredAttribute
from django.utils.translation import pgettext
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import Task, Workflow

# The name that the migration stored, and those that a form may have stored in one of the languages.
STORED = ("Relecture · Review", "Relecture", "Review")
# The review that `newsroom.review` requires.
COLLEAGUE = "Relecture par un collègue · Review by a colleague"
_COLLEAGUE = (COLLEAGUE, "Relecture par un collègue", "Review by a colleague")


def localized_name(name: str) -> str:
    """Returns the name in the current language, if the site has given it."""
    if name in _COLLEAGUE:
        return pgettext("the name of a workflow", "Review by a colleague")
    return pgettext("the name of a workflow", "Review") if name in STORED else name


class ReviewName(DeferredAttribute):
    """A model field's attribute whose value is translated into the current language."""

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        name = super().__get__(instance, cls)
        return name if instance is None else localized_name(name)

    def __set__(self, instance: Any, name: str) -> None:
        instance.__dict__[self.field.attname] = name


class WorkflowFormatter(LogFormatter):
    """Wraps Wagtail's formatter, and translates the stored names in the log entry."""

    def __init__(self, formatter: LogFormatter) -> None:
        self.formatter, self.label = formatter, formatter.label

    def format_message(self, log_entry: Any) -> Any:
        entry = copy.copy(log_entry)
        entry.data = _localized_titles(log_entry.data)
        return self.formatter.format_message(entry)

    def format_comment(self, log_entry: Any) -> Any:
        return self.formatter.format_comment(log_entry)


def _localized_titles(data: Any) -> Any:
    if not isinstance(data, dict):
        return data
    return {
        key: localized_name(value) if key == "title" and isinstance(value, str) else _localized_titles(value)
        for key, value in data.items()
    }


def show_in_history(actions: LogActionRegistry) -> None:
    """Translates the workflow's name in the page's history as well."""
    for action, formatter in actions.formatters.items():
        if action.startswith("wagtail.workflow."):
            actions.formatters[action] = WorkflowFormatter(formatter)


def install() -> None:
    """Called once, when the app is ready."""
    for model in (Workflow, Task):
        model.name = ReviewName(model._meta.get_field("name"))
