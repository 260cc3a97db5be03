"""What readers of a translation are told of its original."""

from django import template
from django.template import Context

from iom.navigation.alternates import sub_route
from iom.navigation.family import Relative

register = template.Library()


@register.simple_tag(takes_context=True)
def newer_original(context: Context) -> Relative | None:
    """The original, where its meaning has changed since the page that is read was translated and visitors may see it.

    Without a query: the page comes with `newer_original_id` (wagtail_hooks.notice) and with its family.
    """
    page, request = context.get("page"), context.get("request")
    original = getattr(page, "newer_original_id", None)
    if page is None or original is None or request is None or sub_route(page, request):
        return None  # a country or a feed below the page is no translation of its words
    return next((member for member in page.family.same_text if member.pk == original and member.visible), None)
