"""Wraps Wagtail's approval and rejection of workflow tasks, so that the page is locked and read first.

Wagtail writes the task first and then publishes, but all other code locks the page before it writes the workflow.
"""

import functools
from collections.abc import Callable
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, TaskState

from iom.publishing import gate, locking


def _on_locked_page(change: Callable[..., TaskState]) -> Callable[..., TaskState]:
    @functools.wraps(change)
    @locking.atomic
    def run(self: TaskState, *args: Any, **kwargs: Any) -> TaskState:
        """Raises gate.Refused where the page has been deleted in the meantime."""
        locking.lock_tree()  # approval may publish a page for the first time, or with another address
        try:
            page = Page.objects.get(pk=self.revision.object_id)
            locking.lock_translations(page.translation_key)
            self.refresh_from_db()
        except ObjectDoesNotExist as error:
            raise gate.Refused(_("The page has been deleted in the meantime.")) from error
        return change(self, *args, **kwargs)

    return run


def install() -> None:
    """Wraps the methods. Called once, when the app is ready."""
    for name in ("approve", "reject"):
        setattr(TaskState, name, _on_locked_page(getattr(TaskState, name)))
