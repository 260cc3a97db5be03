"""The pages of a menu stand in one order in all languages: what is reordered in one is reordered in the others."""

from typing import Any

from treebeard.mp_tree import MP_Node
from wagtail.models import Page


def sync_menu_order(section: Page) -> None:
    """Puts the pages below the translations of `section` in the order of those below itself, as far as they stand in
    the menu. Others, and pages that only one language has, keep their places."""
    keys = list(section.get_children().filter(show_in_menus=True).values_list("translation_key", flat=True))
    if len(keys) > 1:
        for other in Page.objects.filter(translation_key=section.translation_key).exclude(pk=section.pk):
            _arrange(other, {key: number for number, key in enumerate(keys)})


def _arrange(section: Page, ranks: dict[Any, int]) -> None:
    here = [page.pk for page in section.get_children().filter(translation_key__in=ranks)]
    pages = Page.objects.in_bulk(here)
    wanted = sorted(here, key=lambda pk: ranks[pages[pk].translation_key])
    for place, pk in enumerate(wanted):
        if here[place] != pk:
            # Wagtail's own `move` would tell everyone of it, and this module would put it back.
            MP_Node.move(Page.objects.get(pk=pk), Page.objects.get(pk=here[place]), "left")
            here.remove(pk)
            here.insert(place, pk)
