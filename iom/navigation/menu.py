"""The menu, made of the page tree in one query for each request."""

from dataclasses import dataclass, field

from django.contrib.contenttypes.models import ContentType
from django.db.models import BooleanField, Case, F, Q, TextField, Value, When
from django.db.models.functions import Coalesce
from wagtail.models import Page, get_page_models

from iom.navigation.translation_tree import HOME_DEPTH
from iom.navigation.visibility import visible

DEPTH = 3  # section · group · page


@dataclass
class MenuItem:
    """A page of the menu. `current`: it is the page being read; `open`: it is that page or an ancestor of it.

    `model`: the name of its type, for apps that serve something below its address (`newsindex`: feeds).
    """

    title: str
    url: str
    introduction: str
    model: str
    current: bool = False
    open: bool = False
    children: list["MenuItem"] = field(default_factory=list)


@dataclass
class Menu:
    """`sections`: the main menu. `footer`: the pages with `in_footer`, wherever they are in the tree."""

    sections: list[MenuItem] = field(default_factory=list)
    footer: list[MenuItem] = field(default_factory=list)


def build(language: str, path: str) -> Menu:
    """The menu of the site in `language`; `path` is the address being read."""
    top = HOME_DEPTH + 1
    in_menu = Q(show_in_menus=True, depth__gte=top, depth__lte=HOME_DEPTH + DEPTH)
    pages = (
        visible(Page.objects.filter(url_path__startswith=f"/{language}/"))
        .annotate(
            introduction=Coalesce(*_of_each_type("introduction"), Value(""), output_field=TextField()),
            in_menu=Case(When(in_menu, then=True), default=False, output_field=BooleanField()),
            in_footer=Coalesce(*_of_each_type("in_footer"), Value(False), output_field=BooleanField()),
        )
        .filter(Q(in_menu=True) | Q(in_footer=True))
        .order_by("path")
        .values_list("path", "title", "url_path", "introduction", "in_menu", "in_footer", "content_type_id")
    )
    menu = Menu()
    items: dict[str, MenuItem] = {}
    for tree_path, title, url, introduction, is_in_menu, is_in_footer, type_id in pages:
        model = ContentType.objects.get_for_id(type_id).model
        item = MenuItem(title, url, introduction, model, current=path == url, open=path.startswith(url))
        parent = items.get(tree_path[: -Page.steplen])
        if is_in_footer:
            menu.footer.append(item)
        if not is_in_menu:
            continue
        if len(tree_path) == top * Page.steplen:
            menu.sections.append(item)
        elif parent is not None:  # else its parent is not in the menu
            parent.children.append(item)
        else:
            continue
        items[tree_path] = item
    return menu


def _of_each_type(name: str) -> list[F]:
    """The field of that name of each page type that has it, as expressions for Page."""
    return [
        F(f"{model._meta.model_name}__{name}")
        for model in get_page_models()
        if any(column.name == name for column in model._meta.local_fields)
    ]
