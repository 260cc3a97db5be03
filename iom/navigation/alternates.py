"""Addresses of the same page in other languages, for the language switch, `hreflang`, `og:locale` and the sitemap."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.urls import translate_url
from django.utils.translation import get_language, get_language_from_path

from iom.navigation.translation_tree import HOME_DEPTH, RoutedPage, TranslationTree, languages_with_home

# The query parameter that shows the notice: the requested page does not exist in this language.
MISSING = "missing"
PAGE = "page"  # the page number of a list


@dataclass(frozen=True)
class Alternate:
    """A language and the target of the switch. `exact`: a translation of the page itself, not of an ancestor."""

    language: str
    name: str
    url: str
    exact: bool
    current: bool


def for_page(tree: TranslationTree, request: HttpRequest) -> list[Alternate]:
    """Returns every language of the site, in the order of the settings, with the page's filters and sub-route.

    The addresses omit the page number of a list, which may be shorter in another language.
    """
    query = _query(request)
    page, here = tree.page, sub_route(tree.page, request)
    result = []
    for code, name in settings.LANGUAGES:
        nearest = tree.nearest_page(code)
        if nearest is None:
            continue
        is_translation = nearest.translation_key == page.translation_key
        there = page.sub_route_in(code, here) if is_translation else None
        filters = page.query_in(code, query) if there is not None else None
        tail = f"?{urlencode({MISSING: 1})}" if there is None or filters is None else there + _query_string(filters)
        result.append(Alternate(code, name, nearest.url + tail, filters is not None, current=code == get_language()))
    return result


def sub_route(page: RoutedPage, request: HttpRequest) -> str:
    """Returns the part of the request's path below the page's address, such as `canada/`; empty if there is none."""
    return request.path.removeprefix(page.url_path) if request.path.startswith(page.url_path) else ""


def for_view(request: HttpRequest) -> list[Alternate]:
    """Returns the address of a view that is not a page (search) in each language, at the first page of its list.

    A view whose parameters differ by language sets `request.query_in`, a function like `query_in` of a page. A view
    whose address has no language, such as the emergency release, has no alternates.
    """
    if get_language_from_path(request.path) is None:
        return []
    query = _query(request)
    query_in: Callable[[str, QueryDict], QueryDict] = getattr(request, "query_in", lambda _code, query: query)
    return [
        Alternate(
            code,
            name,
            translate_url(request.path, code) + _query_string(query_in(code, query)),
            exact=True,
            current=code == get_language(),
        )
        for code, name in languages_with_home()
    ]


def homes() -> list[Alternate]:
    """Returns the home pages, for an address that does not exist."""
    return [Alternate(code, name, f"/{code}/", False, code == get_language()) for code, name in languages_with_home()]


def hreflang(tree: TranslationTree, sub_route: str = "") -> list[tuple[str, str]]:
    """Returns pairs of language code and address: the visible translations, with the page itself, then `x-default`.

    Omits translations without a counterpart of `sub_route`. Empty for a page that visitors may not know of.
    """
    page, translations = tree.page, [one for one in tree.translations if one.visible]
    if not any(one.pk == page.pk for one in translations):
        return []
    routes = [(one, page.sub_route_in(one.language, sub_route)) for one in translations]
    pairs = [(one.language, one.url + route) for one, route in routes if route is not None]
    return [*pairs, ("x-default", x_default(page.depth, pairs[0][1]))]


def x_default(depth: int, original_url: str) -> str:
    """Returns `/` for a home page, since it negotiates the language; else the address of the original."""
    return "/" if depth == HOME_DEPTH else original_url


def _query(request: HttpRequest) -> QueryDict:
    """Returns the parameters that are valid in every language."""
    parameters = request.GET.copy()
    for name in (MISSING, PAGE):
        parameters.pop(name, None)
    return parameters


def _query_string(query: QueryDict) -> str:
    return f"?{query.urlencode()}" if query else ""
