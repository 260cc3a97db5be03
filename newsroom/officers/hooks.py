"""The list of articles and the dashboard in Wagtail's admin."""

from functools import partial

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.views.home import WorkflowObjectsToModeratePanel

from iom.screens import MenuItemFor, report_urls, style_sheets
from newsroom.officers.calendar import CalendarView
from newsroom.officers.dashboard import panels_for
from newsroom.officers.listing import NewsroomView, may_open
from newsroom.officers.reads_view import ReadsView

hooks.register("insert_global_admin_css", partial(style_sheets, "newsroom", "calendar"))


@hooks.register("register_admin_urls")
def register_newsroom_urls() -> list[URLPattern]:
    return [
        *report_urls("news/", NewsroomView),
        path("news/calendar/", CalendarView.as_view(), name="newsroom_calendar"),
        path("news/<int:pk>/reads/", ReadsView.as_view(), name="newsroom_reads"),
    ]


@hooks.register("register_admin_menu_item")
def register_newsroom_menu_item() -> MenuItem:
    url = reverse("newsroom_articles")
    return MenuItemFor(may_open, _("Newsroom"), url, name="newsroom", icon_name="list-ul", order=110)


@hooks.register("register_admin_menu_item")
def register_calendar_menu_item() -> MenuItem:
    url = reverse("newsroom_calendar")
    return MenuItemFor(may_open, _("Calendar"), url, name="calendar", icon_name="calendar-alt", order=111)


@hooks.register("construct_homepage_panels")
def add_officers_panels(request: HttpRequest, panels: list[Component]) -> None:
    """Instead of Wagtail's panel of reviews for those who have ours."""
    if ours := panels_for(request.user):
        panels[:] = [one for one in panels if not isinstance(one, WorkflowObjectsToModeratePanel)]
        panels += ours
