"""Template tags and filters on translations."""

from typing import Any

from django import template
from django.template import Context

from iom.navigation.alternates import sub_route
from iom.navigation.translation_tree import TreePage
from iom.translation.content import freshness
from iom.translation.editor import shortcuts
from iom.translation.exchange import formats
from iom.translation.workflow import progress

register = template.Library()
register.simple_tag(shortcuts.localized_shortcuts, name="translation_shortcuts")


@register.simple_tag(takes_context=True)
def newer_original(context: Context) -> TreePage | None:
    """Returns the original, if its meaning has changed since this page was translated and visitors may see it.

    Returns None, without a query, for a page that was not loaded to be served.
    """
    page, request = context.get("page"), context.get("request")
    if page is None or request is None or getattr(page, "newer_original_id", None) is None:
        return None
    if sub_route(page, request):
        return None  # a country or a feed below the page is no translation of its words
    return freshness.newer_original(page)


@register.filter
def is_read_in_translation(page: Any) -> bool:
    """Returns whether the page is live together with a translation: `page|is_read_in_translation`."""
    return bool(page.pk) and progress.has_readers_in_translation(page)


@register.simple_tag
def exchange_formats() -> list[formats.Format]:
    """Returns the formats in which a translation can be downloaded."""
    return list(formats.FORMATS.values())


@register.simple_tag
def exchange_file_names() -> str:
    """Returns the value of `accept` for a file field that takes these formats."""
    return formats.ACCEPTED
