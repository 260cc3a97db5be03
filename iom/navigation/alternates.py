"""The same page in other languages, for the language switch, `hreflang`, `og:locale` and the sitemap."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language

from iom.navigation.translation_tree import HOME_DEPTH, RoutedPage, TranslationTree

# The query parameter that makes the page say: the page you wanted does not exist in this language.
MISSING = "missing"


@dataclass(frozen=True)
class Alternate:
    """A language and where the switch leads. `exact`: to a translation of the page, not of an ancestor."""

    language: str
    name: str
    url: str
    exact: bool
    current: bool


def for_page(tree: TranslationTree, request: HttpRequest) -> list[Alternate]:
    """Every language of the site, in the order of the settings, with the page's filters and sub-route."""
    query = _query(request)
    page, here = tree.page, sub_route(tree.page, request)
    result = []
    for code, name in settings.LANGUAGES:
        nearest = tree.nearest_page(code)
        if nearest is None:
            continue
        is_translation = nearest.translation_key == page.translation_key
        there = page.sub_route_in(code, here) if is_translation else None
        tail = f"?{urlencode({MISSING: 1})}" if there is None else there + query
        result.append(Alternate(code, name, nearest.url + tail, there is not None, current=code == get_language()))
    return result


def sub_route(page: RoutedPage, request: HttpRequest) -> str:
    """The part of the address below the page's own: `canada/`, or empty."""
    return request.path.removeprefix(page.url_path) if request.path.startswith(page.url_path) else ""


def for_view(request: HttpRequest) -> list[Alternate]:
    """For a view that is no page (search): its address in each language."""
    return [
        Alternate(code, name, translate_url(request.path, code) + _query(request), True, code == get_language())
        for code, name in settings.LANGUAGES
    ]


def homes() -> list[Alternate]:
    """The home pages, for an address that does not exist."""
    return [Alternate(code, name, f"/{code}/", False, code == get_language()) for code, name in settings.LANGUAGES]


def hreflang(tree: TranslationTree, sub_route: str = "") -> list[tuple[str, str]]:
    """Pairs of language code and address: the visible translations, the page included, then `x-default`.

    Only translations that have a counterpart of `sub_route`. Empty for a page that visitors may not know of.
    """
    page, translations = tree.page, [one for one in tree.translations if one.visible]
    if not any(one.pk == page.pk for one in translations):
        return []
    routes = [(one, page.sub_route_in(one.language, sub_route)) for one in translations]
    pairs = [(one.language, one.url + route) for one, route in routes if route is not None]
    return [*pairs, ("x-default", x_default(page.depth, pairs[0][1]))]


def x_default(depth: int, original_url: str) -> str:
    """`/` for a home page, since it negotiates the language; else the address of the original."""
    return "/" if depth == HOME_DEPTH else original_url


def _query(request: HttpRequest) -> str:
    parameters = request.GET.copy()
    parameters.pop(MISSING, None)
    return f"?{parameters.urlencode()}" if parameters else ""
