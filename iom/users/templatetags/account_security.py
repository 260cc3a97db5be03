from django.template import Context, Library
from django.utils.translation import gettext

from iom.users.sign_in import second_factor

register = Library()

# How they name themselves, each before those whose words it has as well.
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
    """What stands within it stands at `heading_again` too."""
    context.render_context["heading"] = content
    return content


@register.simple_tag(takes_context=True)
def heading_again(context: Context) -> str:
    text: str = context.render_context["heading"]
    return text


@register.simple_tag(takes_context=True)
def needs_second_factor(context: Context) -> bool:
    """Whether the user has to set up a second factor, or to give it, before the admin opens."""
    request = context["request"]
    return second_factor.is_required(request.user) and not second_factor.is_given(request)


@register.filter
def browser_in_words(user_agent: str) -> str:
    """« Firefox on Windows »; what is not known stays as the browser has sent it."""
    browser, system = _named_in(user_agent, _BROWSERS), _named_in(user_agent, _SYSTEMS)
    if not browser or not system:
        return user_agent or gettext("Unknown browser")
    return gettext("%(browser)s on %(system)s") % {"browser": browser, "system": system}


def _named_in(user_agent: str, names: dict[str, tuple[str, ...]]) -> str:
    return next((name for name, words in names.items() if any(word in user_agent for word in words)), "")
