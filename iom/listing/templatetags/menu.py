"""The main menu and the footer's links, in every page."""

from typing import Any

from django import template
from django.conf import settings
from django.template import Context
from django.utils.translation import get_language

from iom.listing import menu

register = template.Library()


def _menu(context: Context) -> menu.Menu:
    """Built once for each request."""
    request: Any = context.get("request")
    language = get_language() or settings.LANGUAGE_CODE
    if request is None:
        return menu.build(language, "")
    if not hasattr(request, "_menu"):
        request._menu = menu.build(language, request.path)
    return request._menu


@register.simple_tag(takes_context=True)
def main_menu(context: Context) -> list[menu.MenuItem]:
    """The sections with their descendants."""
    return _menu(context).sections


@register.simple_tag(takes_context=True)
def footer_links(context: Context) -> list[menu.MenuItem]:
    """Help, the fraud warning, the legal pages."""
    return _menu(context).footer
