"""The pages of a list."""

from typing import Any

from django import template
from django.core.paginator import Page

register = template.Library()


@register.filter
def page_numbers(items: Page[Any]) -> list[int | str]:
    """The first page, this one with its neighbours, and the last; an ellipsis for those between. However many pages
    there are, at most seven entries, and no query."""
    return list(items.paginator.get_elided_page_range(items.number, on_each_side=1, on_ends=1))
