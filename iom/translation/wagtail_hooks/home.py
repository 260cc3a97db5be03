from typing import Any

from django.http import HttpRequest
from wagtail import hooks

from iom.translation.desk.panel import DeskPanel
from iom.translation.workflow import policy


@hooks.register("construct_homepage_panels")
def the_desk_on_the_first_page(request: HttpRequest, panels: list[Any]) -> None:
    if policy.may_open_desk(request.user):
        panels.append(DeskPanel())
