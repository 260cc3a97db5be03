"""The same page in the other languages. The switch, `hreflang`, `og:locale` and the sitemap all come from here."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language
from wagtail.models import Page

from iom import languages
from iom.navigation.family import HOME_DEPTH, Family

# Says on arrival that the page asked for does not exist in this language; canonical addresses drop it.
MISSING = "missing"


@dataclass(frozen=True)
class Alternate:
    """A language and where the switch leads. `exact`: to the same page, not to one above it."""

    language: str
    name: str
    url: str
    exact: bool
    current: bool


def for_page(page: Page, family: Family, request: HttpRequest) -> list[Alternate]:
    """Every language of the site, in the order of the settings. The page's filters and sub-route are kept."""
    query = _query(request)
    sub_route = request.path.removeprefix(page.url_path) if request.path.startswith(page.url_path) else ""
    result = []
    for code, name in languages.interface_languages():
        relative = family.nearest(code)
        if relative is None:
            continue
        exact = relative.translation_key == page.translation_key
        tail = sub_route + query if exact else f"?{urlencode({MISSING: 1})}"
        result.append(Alternate(code, name, relative.url + tail, exact, current=code == get_language()))
    return result


def for_view(request: HttpRequest) -> list[Alternate]:
    """The same for a view that is no page (search): its address in each language."""
    return [
        Alternate(code, name, translate_url(request.path, code) + _query(request), True, code == get_language())
        for code, name in languages.interface_languages()
    ]


def homes() -> list[Alternate]:
    """The home pages, for an address that does not exist."""
    return [
        Alternate(code, name, f"/{code}/", False, code == get_language())
        for code, name in languages.interface_languages()
    ]


def hreflang(page: Page, family: Family) -> list[tuple[str, str]]:
    """Pairs of language code and address: the visible translations, the page among them, then `x-default`.

    `x-default` is `/` for the home pages (it negotiates the language), else the original. Empty for a page that
    visitors may not know of.
    """
    members = [member for member in family.same_text if member.visible]
    if not any(member.pk == page.pk for member in members):
        return []
    pairs = [(member.language, member.url) for member in members]
    return [*pairs, ("x-default", x_default(page.depth, members[0].url))]


def x_default(depth: int, original_url: str) -> str:
    """`/` for a home page, since it negotiates the language; else the address of the original."""
    return "/" if depth == HOME_DEPTH else original_url


def _query(request: HttpRequest) -> str:
    parameters = request.GET.copy()
    parameters.pop(MISSING, None)
    return f"?{parameters.urlencode()}" if parameters else ""
