from functools import partial
from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from iom.editorial import action_menu, guides, review_name, scheduling, session, user_bar
from iom.editorial.wagtail_words import labels
from iom.screens import add_admin_urls, add_editor_scripts, add_style_sheets

add_style_sheets("site", "listings", "editor")
add_editor_scripts("autosave", "publish-at")
hooks.register("construct_help_menu", labels.label_whats_new_item)
hooks.register("construct_page_action_menu", action_menu.show_buttons, order=1000)
hooks.register("construct_wagtail_userbar", user_bar.offer_translations)
hooks.register("after_publish_page", scheduling.show_scheduled_time)
hooks.register("register_log_actions", review_name.show_in_history, order=100)  # after Wagtail's


@hooks.register("register_icons")
def register_icons(icons: list[str]) -> list[str]:
    """Adds the icon “info”, which Wagtail's messages use but Wagtail does not have."""
    return [*icons, "editorial/icons/info.svg"]


@hooks.register("construct_homepage_summary_items", order=1000)
def remove_counts(request: HttpRequest, items: list[Any]) -> None:
    """Removes the counts of all pages, pictures and documents. The menu leads to the same lists."""
    items.clear()


add_admin_urls(
    path("guide/<slug:name>/", guides.show, name="editorial_guide"),
    path("session/", session.show, name="editorial_session"),
    path("session/<int:page_id>/", session.show, name="editorial_session"),
    path("publish-at/", scheduling.describe_moment, name="publish_at_moment"),
    path("pages/<int:page_id>/publish-at/", scheduling.change_time, name="publish_at"),
)


def _guide(name: str, order: int) -> MenuItem:
    address = reverse("editorial_guide", args=[name])
    return MenuItem(guides.GUIDES[name], address, name=f"guide-{name}", icon_name="help", order=order)


hooks.register("register_help_menu_item", partial(_guide, "officers", order=90))
hooks.register("register_help_menu_item", partial(_guide, "translators", order=100))
hooks.register("register_help_menu_item", partial(_guide, "administrators", order=110))
