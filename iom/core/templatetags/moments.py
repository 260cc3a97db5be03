from django import template
from django.utils import timezone

from iom.core import moments

register = template.Library()
register.filter("moment", moments.in_words)


@register.simple_tag
def clock_place() -> str:
    """The place of the user's clock."""
    return moments.place_of(timezone.get_current_timezone())
