"""Links to forms, for whoever may open them alone; Wagtail's lead others to a refusal."""

from collections.abc import Callable
from typing import Any

from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.ui.side_panels import PageStatusSidePanel
from wagtail.admin.widgets import BaseChooser

from iom.core.titles import reading_user


def install() -> None:
    BaseChooser.get_value_data_from_instance = _with_permission(BaseChooser.get_value_data_from_instance)
    PageStatusSidePanel.__init__ = _without_usage(PageStatusSidePanel.__init__)


def _with_permission(describe: Callable[..., dict[str, Any]]) -> Callable[..., dict[str, Any]]:
    """The link « Edit » of what is chosen in a form, whose widget knows no user."""

    def run(widget: Any, instance: Any) -> dict[str, Any]:
        finder = AdminURLFinder(reading_user())
        return describe(widget, instance) | {"edit_url": finder.get_edit_url(instance)}

    return run


def _without_usage(begin: Callable[..., None]) -> Callable[..., None]:
    """The list of a page's usage is for those who may edit the page."""

    def run(panel: Any, *args: Any, **kwargs: Any) -> None:
        begin(panel, *args, **kwargs)
        if panel.object.pk and not panel.object.permissions_for_user(panel.request.user).can_edit():
            panel.usage_url = None

    return run
