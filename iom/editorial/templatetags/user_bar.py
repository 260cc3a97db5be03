from django import template
from django.conf import settings
from django.template import Context
from wagtail.admin.templatetags.wagtailuserbar import wagtailuserbar

register = template.Library()


@register.simple_tag(takes_context=True)
def user_bar(context: Context) -> str:
    """Wagtail's user bar for requests with a session cookie. Without one, the page does not vary with the session."""
    request = context.get("request")
    if request is None or settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return ""
    return wagtailuserbar(context)
