from django.template import Context, Library
from django.utils.translation import gettext

from iom.users.sign_in import second_factor

register = Library()

# Parts of user agents. The order matters: a browser comes before those whose parts it contains too.
_BROWSERS = {
    "Edge": ("Edg/", "EdgA/", "EdgiOS/"),
    "Opera": ("OPR/",),
    "Samsung Internet": ("SamsungBrowser/",),
    "Firefox": ("Firefox/", "FxiOS/"),
    "Chrome": ("Chrome/", "CriOS/"),
    "Safari": ("Safari/",),
}
_SYSTEMS = {
    "Windows": ("Windows",),
    "iOS": ("iPhone", "iPad"),
    "macOS": ("Macintosh",),
    "Android": ("Android",),
    "ChromeOS": ("CrOS",),
    "Linux": ("Linux",),
}


@register.simple_block_tag(takes_context=True)
def heading(context: Context, content: str) -> str:
    """Renders its content, which `heading_again` repeats."""
    context.render_context["heading"] = content
    return content


@register.simple_tag(takes_context=True)
def heading_again(context: Context) -> str:
    text: str = context.render_context["heading"]
    return text


@register.simple_tag(takes_context=True)
def needs_second_factor(context: Context) -> bool:
    """Whether the user still has to set up or give a second factor before the admin opens."""
    request = context["request"]
    return second_factor.is_required(request.user) and not second_factor.is_given(request)


@register.filter
def browser_in_words(user_agent: str) -> str:
    """Returns a text such as "Firefox on Windows"; for an unknown browser, the user agent itself."""
    browser, system = _find_name(user_agent, _BROWSERS), _find_name(user_agent, _SYSTEMS)
    if not browser or not system:
        return user_agent or gettext("Unknown browser")
    return gettext("%(browser)s on %(system)s") % {"browser": browser, "system": system}


def _find_name(user_agent: str, names: dict[str, tuple[str, ...]]) -> str:
    return next((name for name, parts in names.items() if any(part in user_agent for part in parts)), "")
