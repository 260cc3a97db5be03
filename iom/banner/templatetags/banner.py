from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from iom.banner.models import Banner
from iom.caching.version import cached_per_version

register = template.Library()


@register.simple_tag
@cached_per_version
def site_banner() -> SafeString:
    """Renders the banner, the same for all readers of a language; empty if none is due."""
    banner = Banner.current()
    if banner is None or not banner.shown_name:
        return SafeString()
    context = {"banner": banner, "text": banner.shown_name, "link": banner.link()}
    return render_to_string("banner/banner.html", context)
