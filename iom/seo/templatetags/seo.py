"""Template tags for the metadata in the head of a page, for search engines and social networks."""

import json
from typing import Any

from babel.core import get_global
from django import template
from django.conf import settings
from django.contrib.staticfiles.finders import find
from django.core.serializers.json import DjangoJSONEncoder
from django.template import Context
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from wagtail.models import Page

from iom import languages

register = template.Library()

# Characters that could end the element or begin another, escaped as in Django's json_script.
_UNSAFE = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@register.filter
def absolute(url: str | None) -> str:
    """Adds the scheme and host of the site to a path. An address of another server stays as it is."""
    return settings.SITE_URL + url if url and url.startswith("/") else url or ""


@register.simple_tag(takes_context=True)
def canonical_url(context: Context) -> str:
    """Returns the address of the page without parameters, except the page number of a list."""
    request = context.get("request")
    if request is None:
        return ""
    number = getattr(context.get("articles"), "number", 1)
    return settings.SITE_URL + request.path + (f"?page={number}" if number > 1 else "")


@register.simple_tag(takes_context=True)
def address_with_parameters(context: Context) -> str:
    """Returns the requested address with its parameters, such as the filters of a list."""
    return f"{settings.SITE_URL}{context['request'].get_full_path()}"


@register.filter
def og_locale(code: str | None) -> str:
    """Adds a territory to a language code: `fr` → `fr_FR`. It is the site's variant, else the likely one in CLDR."""
    locale = languages.cldr(code or get_language() or settings.LANGUAGE_CODE)
    likely = str(get_global("likely_subtags").get(str(locale), ""))
    return f"{locale.language}_{locale.territory or likely.rpartition('_')[2]}".rstrip("_")


@register.simple_tag
def card_url(kind: str = "") -> str:
    """Returns the address of the default picture for social networks, for a kind of article or for the site.

    Empty if there is none in the language (`make art` draws them).
    """
    name = f"img/cards/{kind or 'site'}-{get_language()}.png"
    return absolute(static(name)) if find(name) else ""


@register.filter
def description_of(page: Page) -> str:
    """Returns the page's description, else its summary or its introduction."""
    for name in ("search_description", "summary", "introduction"):
        if text := getattr(page, name, ""):
            return text
    return ""


@register.simple_tag(takes_context=True)
def structured_data(context: Context) -> SafeString:
    """Renders the JSON-LD of a public page. The element is data, which browsers do not execute."""
    page = context.get("page")
    things = page.structured_data(context) if page and _is_public(page) else []
    if not things:
        return SafeString("")
    graph = {"@context": "https://schema.org", "@graph": things}
    text = json.dumps(graph, cls=DjangoJSONEncoder, ensure_ascii=False, separators=(",", ":")).translate(_UNSAFE)
    return format_html('<script type="application/ld+json">{}</script>', SafeString(text))


def _is_public(page: Any) -> bool:
    """False for a preview, and for the form that asks for the password of a page."""
    is_stored = page.pk and page.path and not page.is_root()  # the root has no translation tree
    return bool(is_stored) and any(one.pk == page.pk and one.visible for one in page.translation_tree.translations)
