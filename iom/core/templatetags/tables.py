from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from wagtail.blocks.stream_block import StreamValue

from iom.core import tables

register = template.Library()


@register.simple_tag
def csv_link(page: Any, block: StreamValue.StreamChild) -> SafeString:
    """The link to a block of the page as CSV; empty where it is no table, or has not been saved."""
    route = tables.route(block)
    if not route:
        return SafeString("")
    said = block.block.name_of(block.value)
    return format_html(
        '<p class="csv"><a href="{}{}/" rel="nofollow" download>{}{}</a></p>',
        page.url or "",
        route,
        gettext("Data as CSV"),
        format_html('<span class="visually-hidden"> – {}</span>', said) if said else "",
    )
