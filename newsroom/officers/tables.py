"""The base class of dashboard panels that are tables, and the columns that they share."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import Column, Table, TitleColumn

from iom.screens import edit_address
from iom.translation.desk.queue import LanguageColumn


class PersonColumn(Column):
    """The user who did something, and the time. The value is a pair or None."""

    cell_template_name = "newsroom/officers/person_cell.html"


TITLE = TitleColumn(
    "title", label=_("Title"), accessor="get_admin_display_title", get_url=lambda page: edit_address(page.pk)
)
LANGUAGE = LanguageColumn("language", label=_("Language"), accessor="locale.get_display_name")


class TablePanel(Component):
    """A panel with a table. It reads its rows when it is rendered. Without rows and links it is not shown."""

    template_name = "newsroom/officers/panel.html"
    heading: str | Promise

    @property
    def links(self) -> list[tuple[str, str]]:
        """The links below the table: address and text."""
        return []

    def columns(self) -> list[Column]:
        raise NotImplementedError

    def rows(self, user: Any) -> list[Any]:
        raise NotImplementedError

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        rows = self.rows(parent_context["request"].user)
        table = Table(self.columns(), rows, classname="listing listing--dashboard desk-dashboard") if rows else None
        return {"request": parent_context["request"], "panel": self, "table": table}
