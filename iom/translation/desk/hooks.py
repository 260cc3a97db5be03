"""The desk in Wagtail's admin: its addresses, its menu item, the first page, the page listings."""

from functools import partial
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from iom.screens import MenuItemFor, report_urls, style_sheets
from iom.translation.desk import views
from iom.translation.desk.dashboard import DeskPanel
from iom.translation.desk.instructions import InstructionsView
from iom.translation.desk.memory import MemoryView
from iom.translation.desk.queue import DeskView
from iom.translation.desk.word_counts import FiguresView
from iom.translation.exchange.archive_views import ExchangeView
from iom.translation.exchange.memory_views import MemoryFilesView
from iom.translation.workflow import policy

hooks.register("insert_global_admin_css", partial(style_sheets, "desk"))


@hooks.register("register_admin_urls")
def register_desk_urls() -> list[URLPattern]:
    page = "translation/page/<int:page_id>/"
    return [
        *report_urls("translation/desk/", DeskView),
        path("translation/memory/", MemoryView.as_view(), name="translation_memory"),
        *report_urls("translation/figures/", FiguresView),
        path("translation/exchange/", ExchangeView.as_view(), name="translation_exchange"),
        path("translation/memory/files/", MemoryFilesView.as_view(), name="translation_memory_files"),
        path("translation/<int:translation_id>/claim/", views.claim, name="translation_claim"),
        path("translation/<int:translation_id>/release/", views.release, name="translation_release"),
        path(f"{page}submit/", views.submit, name="translation_submit"),
        path(f"{page}same-order/", views.same_order, name="translation_same_order"),
        path(f"{page}instructions/", InstructionsView.as_view(), name="translation_instructions"),
    ]


@hooks.register("register_admin_menu_item")
def register_desk_menu_item() -> MenuItem:
    label, url, icon = _("Translations"), reverse("translation_desk"), "wagtail-localize-language"
    return MenuItemFor(policy.may_open_desk, label, url, name="translations", icon_name=icon, order=150)


@hooks.register("register_admin_menu_item")
def register_memory_menu_item() -> MenuItem:
    label, url = _("Translation memory"), reverse("translation_memory")
    return MenuItemFor(policy.may_open_desk, label, url, name="memory", icon_name="history", order=151)


@hooks.register("register_reports_menu_item")
def register_figures_menu_item() -> MenuItem:
    label, url = _("Words translated"), reverse("translation_figures")
    return MenuItemFor(policy.may_open_desk, label, url, icon_name="list-ol", order=720)


@hooks.register("construct_homepage_panels")
def add_desk_panel(request: HttpRequest, panels: list[Any]) -> None:
    if policy.may_open_desk(request.user):
        panels.append(DeskPanel())
