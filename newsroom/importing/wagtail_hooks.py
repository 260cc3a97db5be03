"""Registers the screen that imports a press release: its URL, menu item and button in the newsroom's header."""

from collections.abc import Iterator

from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets import Button
from wagtail.models import Page

from iom.screens import add_admin_urls, add_menu_item, add_style_sheets
from iom.users.models import User
from newsroom.importing import status  # noqa: F401  (registers its hook)
from newsroom.importing.admin import views
from newsroom.models import NewsIndex

add_style_sheets("importing")
add_admin_urls(path("news/import/", views.import_text, name="newsroom_import"))
add_menu_item(
    views.may_add_pages,
    _("Import a press release"),
    "newsroom_import",
    name="import-press-release",
    icon_name="upload",
    order=160,
)


@hooks.register("register_page_header_buttons")
def add_import_button(page: Page, user: User, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    if isinstance(page, NewsIndex) and views.may_import_into(user, page):
        address = reverse("newsroom_import", query={"language": page.locale.language_code})
        yield Button(_("Import a press release"), url=address, icon_name="upload", priority=16)


@hooks.register("insert_editor_js")
def add_pasted_script() -> SafeString:
    """Adds the script that leads from a pasted text with tables or pictures to the import."""
    return format_html(
        '<script type="module" src="{}" data-pasted-text="{}" data-import-address="{}"></script>',
        static("js/admin/pasted.js"),
        _("Tables and pictures of the pasted text are not kept here. Add them as blocks, or import the Word file."),
        reverse("newsroom_import"),
    )
