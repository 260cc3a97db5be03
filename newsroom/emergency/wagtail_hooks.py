"""The address of the form, and the way to it in the menu."""

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from iom.screens import MenuItemFor
from newsroom.emergency import views


@hooks.register("register_admin_urls")
def register_emergency_urls() -> list[URLPattern]:
    return [path("news/emergency/", views.write, name="newsroom_emergency")]


@hooks.register("register_admin_menu_item")
def register_emergency_menu_item() -> MenuItem:
    label, url = _("Emergency release"), reverse("newsroom_emergency")
    return MenuItemFor(views.may_write, label, url, name="emergency-release", icon_name="warning", order=155)
