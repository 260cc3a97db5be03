"""Registers the screens of press officers in Wagtail's admin: addresses, menu items and dashboard panels."""

from django.http import HttpRequest
from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.admin.views.home import WorkflowObjectsToModeratePanel

from iom.screens import add_admin_urls, add_menu_item, add_style_sheets, report_urls
from newsroom.officers.calendar import CalendarView
from newsroom.officers.dashboard import panels_for
from newsroom.officers.listing import NewsroomView, may_open
from newsroom.officers.reads_view import ReadsView

URLS = (
    *report_urls("news/", NewsroomView),
    path("news/calendar/", CalendarView.as_view(), name="newsroom_calendar"),
    path("news/<int:pk>/reads/", ReadsView.as_view(), name="newsroom_reads"),
)

add_style_sheets("newsroom", "calendar")
add_admin_urls(*URLS)
add_menu_item(may_open, _("Newsroom"), "newsroom_articles", name="newsroom", icon_name="list-ul", order=110)
add_menu_item(may_open, _("Calendar"), "newsroom_calendar", name="calendar", icon_name="calendar-alt", order=111)


@hooks.register("construct_homepage_panels")
def add_officers_panels(request: HttpRequest, panels: list[Component]) -> None:
    """Replaces Wagtail's panel of reviews for users who have the officers' panels."""
    if officers_panels := panels_for(request.user):
        panels[:] = [panel for panel in panels if not isinstance(panel, WorkflowObjectsToModeratePanel)]
        panels += officers_panels
