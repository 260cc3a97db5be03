"""Links to the CSV files of tables and key figures."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from wagtail.blocks.stream_block import StreamValue

from iom.core import csv_export

register = template.Library()


@register.simple_tag
def csv_link(page: Any, block: StreamValue.StreamChild) -> SafeString:
    """Renders the link to a block of the page as CSV; empty if it is no table or has not been saved."""
    route = csv_export.get_route(block)
    if not route:
        return SafeString("")
    title = block.block.table_title(block.value)
    return format_html(
        '<p class="csv"><a href="{}{}/" rel="nofollow" download>{}{}</a></p>',
        page.url or "",
        route,
        gettext("Data as CSV"),
        format_html('<span class="visually-hidden"> – {}</span>', title) if title else "",
    )
