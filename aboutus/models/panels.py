from typing import Any

from wagtail.admin.panels import Panel

from aboutus.models.structure import StructurePage


class ChartPanel(Panel):
    """The posts that the organization chart of the page shows, each with the address of its form."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "aboutus/chart_panel.html"

        def is_shown(self) -> bool:
            return bool(self.instance.shows_chart) and super().is_shown()

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            posts = StructurePage.objects.filter(locale=self.instance.locale_id, alias_of=None).order_by("path")
            known = [post for post in posts if post.permissions_for_user(self.request.user).can_edit()]
            return super().get_context_data(parent_context) | {"posts": known}
