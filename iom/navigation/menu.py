"""The menu: the page tree itself, in one query a request."""

from dataclasses import dataclass, field

from django.contrib.contenttypes.models import ContentType
from django.db.models import F, Q, TextField, Value
from django.db.models.functions import Coalesce
from wagtail.models import Page, get_page_models

from iom.navigation.family import HOME_DEPTH
from iom.navigation.visibility import visible

DEPTH = 3  # section · group · page


@dataclass
class MenuItem:
    """A page of the menu. `current`: the page being read; `open`: that page stands below it, or is it.

    `model` names its type, for a higher floor that knows what else stands at its address (`newsindex`: feeds).
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
    """`sections`: the main menu. `footer`: the other pages directly below the home page, such as the legal ones."""

    sections: list[MenuItem] = field(default_factory=list)
    footer: list[MenuItem] = field(default_factory=list)


def build(language: str, path: str) -> Menu:
    """The menu of the site in `language`; `path` is the address being read."""
    introductions = [
        F(f"{model._meta.model_name}__introduction")
        for model in get_page_models()
        if any(column.name == "introduction" for column in model._meta.local_fields)
    ]
    top = HOME_DEPTH + 1
    pages = (
        visible(Page.objects.filter(url_path__startswith=f"/{language}/"))
        .filter(Q(depth=top) | Q(show_in_menus=True, depth__gt=top, depth__lte=HOME_DEPTH + DEPTH))
        .annotate(introduction=Coalesce(*introductions, Value(""), output_field=TextField()))
        .order_by("path")
        .values_list("path", "title", "url_path", "introduction", "show_in_menus", "content_type_id")
    )
    menu = Menu()
    items: dict[str, MenuItem] = {}
    for tree_path, title, url, introduction, in_menu, type_id in pages:
        model = ContentType.objects.get_for_id(type_id).model
        item = MenuItem(title, url, introduction, model, current=path == url, open=path.startswith(url))
        parent = items.get(tree_path[: -Page.steplen])
        if len(tree_path) > top * Page.steplen:
            if parent is None:
                continue  # the page above it is not in the menu
            parent.children.append(item)
        elif in_menu:
            menu.sections.append(item)
        else:
            menu.footer.append(item)
        items[tree_path] = item
    return menu
