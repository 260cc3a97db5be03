"""Builds the menu and the links of the footer from the listing."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from wagtail.models import Page

from iom.caching.version import cached_per_version
from iom.listing.reading import shown
from iom.navigation.translation_tree import HOME_DEPTH

DEPTH = 3  # section · group · page


@dataclass
class MenuItem:
    """A page in the menu. `current`: it is the current page; `open`: it is the current page or an ancestor of it.

    `model`: the name of its page type, for apps that serve something below its address (`newsindex`: feeds).
    """

    title: str
    url: str
    summary: str
    model: str
    current: bool = False
    open: bool = False
    children: list["MenuItem"] = field(default_factory=list)


@dataclass
class Menu:
    """`sections`: the main menu. `footer`: the pages with `in_footer`, from anywhere in the tree."""

    sections: list[MenuItem] = field(default_factory=list)
    footer: list[MenuItem] = field(default_factory=list)


def menu_path(language: str, path: str) -> str:
    """Returns a path that has the same menu as `path`: one for all pages below the same page of the menu."""
    above = max((row[3] for row in _menu_pages(language) if path.startswith(row[3])), key=len, default="")
    return above if path == above else f"{above}-"


@cached_per_version
def _menu_pages(language: str) -> list[tuple[Any, ...]]:
    pages = (
        shown()
        .filter(Q(in_menus=True, depth__gt=HOME_DEPTH, depth__lte=HOME_DEPTH + DEPTH) | Q(in_footer=True))
        .filter(locale__language_code=language)
        .order_by("page__path")
    )
    columns = ("page__path", "depth", "title", "url_path", "summary", "in_menus", "in_footer", "content_type")
    return list(pages.values_list(*columns))


def page_url(language: str, model: str) -> str:
    """Returns the address of the first page of a type in the menu or the footer; empty if there is none."""
    rows = _menu_pages(language)
    return next((row[3] for row in rows if ContentType.objects.get_for_id(row[7]).model == model), "")


def build(language: str, path: str) -> Menu:
    """Builds the menu in `language` for the current path."""
    top = HOME_DEPTH + 1
    menu = Menu()
    items: dict[str, MenuItem] = {}
    for tree_path, depth, title, url, summary, is_in_menus, is_in_footer, type_id in _menu_pages(language):
        model = ContentType.objects.get_for_id(type_id).model
        item = MenuItem(title, url, summary, model, current=path == url, open=path.startswith(url))
        parent = items.get(tree_path[: -Page.steplen])
        if is_in_footer:
            menu.footer.append(item)
        if not is_in_menus or not top <= depth < top + DEPTH:
            continue
        if depth == top:
            menu.sections.append(item)
        elif parent is not None:  # else its parent is not in the menu
            parent.children.append(item)
        else:
            continue
        items[tree_path] = item
    return menu
