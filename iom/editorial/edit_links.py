"""Shows Wagtail's links to forms only to users who may open them. Others would be refused there."""

from collections.abc import Callable
from typing import Any

from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.ui.side_panels import PageStatusSidePanel
from wagtail.admin.widgets import BaseChooser

from iom.core.admin_visibility import get_reading_user


def install() -> None:
    BaseChooser.get_value_data_from_instance = _check_edit_permission(BaseChooser.get_value_data_from_instance)
    PageStatusSidePanel.__init__ = _hide_usage(PageStatusSidePanel.__init__)


def _check_edit_permission(describe: Callable[..., dict[str, Any]]) -> Callable[..., dict[str, Any]]:
    """Wraps a chooser widget's method: the link « Edit » of the chosen object depends on the user's permission."""

    def run(widget: Any, instance: Any) -> dict[str, Any]:
        finder = AdminURLFinder(get_reading_user())
        return describe(widget, instance) | {"edit_url": finder.get_edit_url(instance)}

    return run


def _hide_usage(begin: Callable[..., None]) -> Callable[..., None]:
    """Wraps the constructor of the status panel: the usage link is for users who may edit the page."""

    def run(panel: Any, *args: Any, **kwargs: Any) -> None:
        begin(panel, *args, **kwargs)
        if panel.object.pk and not panel.object.permissions_for_user(panel.request.user).can_edit():
            panel.usage_url = None

    return run
