"""Shows “Publish” as a button beside “Save draft”, not in the menu; for users who may not publish, the review."""

from typing import Any

from django.forms import Media
from django.http import HttpRequest
from wagtail.admin.action_menu import ActionMenuItem, PublishMenuItem, SubmitForModerationMenuItem

from iom.editorial.scheduling import ScheduleMenuItem


class Buttons(ActionMenuItem):
    """A menu item that shows several actions as buttons, side by side."""

    name = "buttons"
    template_name = "editorial/action_buttons.html"

    def __init__(self, items: list[ActionMenuItem]) -> None:
        super().__init__(items[0].order)
        self.items = items

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        return {"buttons": [item.render_html(parent_context) for item in self.items]}

    @property
    def media(self) -> Media:
        return sum((item.media for item in self.items), start=Media())


def show_buttons(items: list[ActionMenuItem], request: HttpRequest, context: dict[str, Any]) -> None:
    """Groups the first action with publication or review. This hook runs after those that add actions."""
    publish = [item for item in items[1:] if isinstance(item, PublishMenuItem)]
    beside = publish or [item for item in items[1:] if isinstance(item, SubmitForModerationMenuItem)]
    if beside:
        others = [item for item in items[1:] if item not in beside]
        items[:] = [Buttons([items[0], *beside, ScheduleMenuItem(sends_for_review=not publish)]), *others]
