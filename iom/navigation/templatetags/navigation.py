"""Template tags for breadcrumbs, language switch and `hreflang`."""

from django import template
from django.conf import settings
from django.template import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from wagtail.models import Page

from iom.navigation import alternates
from iom.navigation.translation_tree import TranslationTree, TreePage

register = template.Library()


def _translation_tree(context: Context) -> TranslationTree | None:
    page = context.get("page")
    return getattr(page, "translation_tree", None) if isinstance(page, Page) and page.pk and page.path else None


@register.simple_tag(takes_context=True)
def breadcrumbs(context: Context, with_page: bool = False) -> list[TreePage]:
    """Returns the ancestors of the page, from the home page down. `with_page`: and the page, for its sub-routes."""
    tree = _translation_tree(context)
    if tree is None:
        return []
    return tree.inclusive_ancestors if with_page else tree.ancestors


@register.simple_tag(takes_context=True)
def language_alternates(context: Context) -> list[alternates.Alternate]:
    """Returns every language of the site with the target of the language switch. A view may give them: `switch_to`."""
    if given := context.get("switch_to"):
        return given
    request, tree = context.get("request"), _translation_tree(context)
    if request is None:
        return []
    if tree:
        return alternates.for_page(tree, request)
    is_view = request.resolver_match and not context.get("is_error")
    return alternates.for_view(request) if is_view else alternates.homes()


@register.simple_tag
def language_switch(languages: list[alternates.Alternate]) -> SafeString:
    """Renders links to the other languages of `language_alternates`."""
    return render_to_string("partials/languages.html", {"alternates": languages})


@register.simple_tag(takes_context=True)
def hreflang(context: Context) -> list[tuple[str, str]]:
    """Returns pairs of `hreflang` and absolute address."""
    request, tree = context.get("request"), _translation_tree(context)
    if tree:
        pairs = alternates.hreflang(tree, alternates.sub_route(tree.page, request) if request else "")
    elif request is not None and not context.get("is_error") and request.resolver_match:
        pairs = [(item.language, item.url.split("?")[0]) for item in alternates.for_view(request)]
        pairs += [("x-default", url) for code, url in pairs if code == settings.LANGUAGE_CODE]
    else:
        pairs = []
    return [(code, settings.SITE_URL + url) for code, url in pairs]


@register.simple_tag(takes_context=True)
def untranslated_notice(context: Context) -> bool:
    """Whether the language switch led here because the requested page does not exist in this language."""
    request = context.get("request")
    return request is not None and alternates.MISSING in request.GET
