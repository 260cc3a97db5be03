from django import template
from django.template import Context
from wagtail.models import Locale, Page

from iom.navigation.visibility import visible
from search.query import likely

register = template.Library()

SHOWN = 4


@register.simple_tag(takes_context=True)
def likely_pages(context: Context) -> list[Page]:
    """What the reader of an address that does not exist may have looked for, in the language of the address."""
    found = likely(Page.objects.filter(live=True, locale=Locale.get_active(), depth__gt=2), context["request"].path)
    pages = visible(Page.objects.filter(pk__in=found)).only("title", "url_path").in_bulk()
    return [pages[pk] for pk in found if pk in pages][:SHOWN]
