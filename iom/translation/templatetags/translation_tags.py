"""What templates ask of translations."""

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


@register.simple_tag(takes_context=True)
def newer_original(context: Context) -> TreePage | None:
    """The original, where its meaning has changed since the page that is read was translated and visitors may see it.

    Of a page that was not loaded to be served, nothing is told: no query is made for it.
    """
    page, request = context.get("page"), context.get("request")
    if page is None or request is None or getattr(page, "newer_original_id", None) is None:
        return None
    if sub_route(page, request):
        return None  # a country or a feed below the page is no translation of its words
    return freshness.newer_original(page)


@register.filter
def is_read_in_translation(page: Any) -> bool:
    """`page|is_read_in_translation`"""
    return bool(page.pk) and progress.has_readers_in_translation(page)


@register.simple_tag
def translation_shortcuts() -> list[tuple[str, str]]:
    """What each key of the translators' editor does, and the key."""
    return shortcuts.listed()


@register.simple_tag
def exchange_formats() -> list[formats.Format]:
    """The formats in which a translation can be downloaded."""
    return list(formats.FORMATS.values())


@register.simple_tag
def exchange_file_names() -> str:
    """For the `accept` of a field that takes such files."""
    return formats.ACCEPTED
