"""The main menu and the foot, in every page. Both are rendered once, and kept."""

from typing import Any

from django import template
from django.template import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from iom.caching.version import kept
from iom.listing import menu
from iom.names import interface_language

register = template.Library()
_GAP = SafeString("\0")  # no text contains it


@register.simple_tag(takes_context=True)
def site_menu(context: Context) -> SafeString:
    """With the page that is being read, and the pages above it, marked."""
    request: Any = context.get("request")
    return _menu(menu.place(interface_language(), request.path if request else ""))


@kept
def _menu(path: str) -> SafeString:
    return render_to_string("partials/menu.html", {"sections": menu.build(interface_language(), path).sections})


@register.simple_tag
def site_footer(languages: SafeString) -> SafeString:
    """`languages`: the language switch, which stands within it."""
    before, after = _footer()
    return mark_safe(before + languages + after)  # noqa: S308 (all of it has been rendered)


@kept
def _footer() -> tuple[str, str]:
    before, _gap, after = render_to_string("partials/footer.html", {"languages": _GAP}).partition(_GAP)
    return before, after


@register.simple_tag
def main_menu() -> list[menu.MenuItem]:
    """The sections with their descendants."""
    return menu.build(interface_language(), "").sections


@register.simple_tag
def page_address(model: str) -> str:
    """The address of the site's page of that type, such as `newsindex`; empty where there is none."""
    return menu.address_of(interface_language(), model)


@register.simple_tag
def footer_links() -> list[menu.MenuItem]:
    """Help, the fraud warning, the legal pages."""
    return menu.build(interface_language(), "").footer
