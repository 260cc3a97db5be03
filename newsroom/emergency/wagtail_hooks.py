"""The address of the form, and the way to it in the menu."""

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from iom.screens import add_menu_item
from newsroom.emergency import views

add_menu_item(
    views.may_write,
    _("Emergency release"),
    "newsroom_emergency",
    name="emergency-release",
    icon_name="warning",
    order=155,
)


@hooks.register("register_admin_urls")
def register_emergency_urls() -> list[URLPattern]:
    return [path("news/emergency/", views.write, name="newsroom_emergency")]
