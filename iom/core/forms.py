from typing import Any

from wagtail.admin.forms import WagtailAdminPageForm

from iom.core.schedule import ScheduleForm

MINOR = "minor"  # the value of a button « Publish: minor correction »


class PageForm(ScheduleForm, WagtailAdminPageForm):
    """What the editing forms of all pages do, beside Wagtail's."""

    def save(self, commit: bool = True) -> Any:
        if self.instance._state.adding:
            self.instance.live = False  # it goes live by its first publication, and not before
        self.instance.is_minor_change = self.instance.live and self.data.get("action-publish") == MINOR
        return super().save(commit=commit)
