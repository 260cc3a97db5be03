"""A template filter for the pagination of lists."""

from typing import Any

from django import template
from django.core.paginator import Page

register = template.Library()


@register.filter
def page_numbers(items: Page[Any]) -> list[int | str]:
    """Returns the first page, this one with its neighbours, and the last, with an ellipsis for those between.

    At most seven entries, whatever the number of pages, and no query.
    """
    return list(items.paginator.get_elided_page_range(items.number, on_each_side=1, on_ends=1))
