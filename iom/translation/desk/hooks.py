"""The desk's Wagtail hooks: its URLs, menu items, report and home page panel."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from iom.screens import add_menu_item, add_report, add_style_sheets, report_urls
from iom.translation.desk import views
from iom.translation.desk.dashboard import DeskPanel
from iom.translation.desk.instructions import InstructionsView
from iom.translation.desk.memory import MemoryView
from iom.translation.desk.queue import DeskView
from iom.translation.desk.word_counts import FiguresView
from iom.translation.exchange.archive_views import ExchangeView
from iom.translation.exchange.memory_views import MemoryFilesView
from iom.translation.workflow import policy

add_style_sheets("desk")
add_menu_item(
    policy.may_open_desk,
    _("Translations"),
    "translation_desk",
    name="translations",
    icon_name="wagtail-localize-language",
    order=150,
)
add_menu_item(
    policy.may_open_desk, _("Translation memory"), "translation_memory", name="memory", icon_name="history", order=151
)
add_report(policy.may_open_desk, "translation/figures/", FiguresView, order=720)


@hooks.register("register_admin_urls")
def register_desk_urls() -> list[URLPattern]:
    page = "translation/page/<int:page_id>/"
    return [
        *report_urls("translation/desk/", DeskView),
        path("translation/memory/", MemoryView.as_view(), name="translation_memory"),
        path("translation/exchange/", ExchangeView.as_view(), name="translation_exchange"),
        path("translation/memory/files/", MemoryFilesView.as_view(), name="translation_memory_files"),
        path("translation/<int:translation_id>/claim/", views.claim, name="translation_claim"),
        path("translation/<int:translation_id>/release/", views.release, name="translation_release"),
        path(f"{page}submit/", views.submit, name="translation_submit"),
        path(f"{page}same-order/", views.same_order, name="translation_same_order"),
        path(f"{page}instructions/", InstructionsView.as_view(), name="translation_instructions"),
    ]


@hooks.register("construct_homepage_panels")
def add_desk_panel(request: HttpRequest, panels: list[Any]) -> None:
    if policy.may_open_desk(request.user):
        panels.append(DeskPanel())
