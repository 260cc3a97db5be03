"""Date and time of a publication in the user's and the site's time zones."""

from django import template
from django.utils import timezone

from iom.core import moments

register = template.Library()
register.filter("moment", moments.format_moment)


@register.simple_tag
def clock_place() -> str:
    """Returns the city of the user's time zone."""
    return moments.get_zone_city(timezone.get_current_timezone())
