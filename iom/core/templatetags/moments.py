from datetime import datetime

from django import template
from django.utils import timezone

from iom.core import moments

register = template.Library()


@register.filter
def moment(value: datetime) -> str:
    """In words, as the user's clock and the site's show it."""
    return moments.in_words(value)


@register.simple_tag
def clock_place() -> str:
    """The place of the user's clock."""
    return moments.place_of(timezone.get_current_timezone())
