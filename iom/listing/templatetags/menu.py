"""Template tags for the main menu and the footer of every page. Both are rendered once and cached."""

from typing import Any

from django import template
from django.template import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from iom.caching.version import cached_per_version
from iom.listing import menu
from iom.names import interface_language

register = template.Library()
_PLACEHOLDER = SafeString("\0")  # no text contains it


@register.simple_tag(takes_context=True)
def site_menu(context: Context) -> SafeString:
    """Renders the menu. The current page and its ancestors are marked."""
    request: Any = context.get("request")
    return _menu(menu.menu_path(interface_language(), request.path if request else ""))


@cached_per_version
def _menu(path: str) -> SafeString:
    return render_to_string("partials/menu.html", {"sections": menu.build(interface_language(), path).sections})


@register.simple_tag
def site_footer(languages: SafeString) -> SafeString:
    """Renders the footer around `languages`, the language switch."""
    before, after = _footer()
    return mark_safe(before + languages + after)  # noqa: S308 (all of it has been rendered)


@cached_per_version
def _footer() -> tuple[str, str]:
    footer = render_to_string("partials/footer.html", {"languages": _PLACEHOLDER})
    before, _placeholder, after = footer.partition(_PLACEHOLDER)
    return before, after


@register.simple_tag
def main_menu() -> list[menu.MenuItem]:
    """Returns the sections of the menu with their descendants."""
    return menu.build(interface_language(), "").sections


@register.simple_tag
def page_address(model: str) -> str:
    """Returns the address of the site's page of a type, such as `newsindex`; empty if there is none."""
    return menu.page_url(interface_language(), model)


@register.simple_tag
def footer_links() -> list[menu.MenuItem]:
    """Returns the pages of the footer: help, the fraud warning, the legal pages."""
    return menu.build(interface_language(), "").footer
