from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from iom.banner.models import Banner
from iom.caching.version import kept

register = template.Library()


@register.simple_tag
@kept
def site_banner() -> SafeString:
    """The banner of the site, the same for all readers of a language; empty where none is due."""
    banner = Banner.current()
    if banner is None or not banner.shown_name:
        return SafeString()
    context = {"banner": banner, "text": banner.shown_name, "link": banner.link()}
    return render_to_string("banner/banner.html", context)
