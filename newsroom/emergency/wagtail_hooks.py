"""Registers the address of the form and its menu item."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from iom.screens import add_admin_urls, add_menu_item
from newsroom.emergency import views

add_admin_urls(path("news/emergency/", views.emergency_release, name="newsroom_emergency"))
add_menu_item(
    views.may_write,
    _("Emergency release"),
    "newsroom_emergency",
    name="emergency-release",
    icon_name="warning",
    order=155,
)
