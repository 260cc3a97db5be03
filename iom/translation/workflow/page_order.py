"""The order of the pages below a section, in all languages: menu pages are sorted automatically, all pages when an
editor asks for it."""

from collections.abc import Iterable
from typing import Any

from treebeard.mp_tree import MP_Node
from wagtail.models import Page
from wagtail.query import PageQuerySet

from iom.publishing import locking

MAX_CHILDREN = 200  # pages of a section; articles are sorted by date, and may be many thousands


def sync_menu_order(section: Page) -> None:
    """Sorts the menu pages below the translations of `section` as below `section`. Other pages, and pages that exist
    in one language only, keep their places."""
    others = Page.objects.filter(translation_key=section.translation_key).exclude(pk=section.pk)
    _arrange_others(section.get_children().filter(show_in_menus=True), others)


@locking.atomic
def sync_order(section: Page, user: Any) -> list[Page]:
    """Sorts all pages below the translations of `section` that the user may reorder; returns these translations."""
    locking.lock_tree()
    others = translations_to_reorder(section, user)
    _arrange_others(section.get_children(), others)
    return others


def translations_to_reorder(section: Page, user: Any) -> list[Page]:
    """Returns the translations of `section` that `sync_order` would sort."""
    if section.numchild > MAX_CHILDREN or not may_reorder(user, section):
        return []
    others = Page.objects.filter(translation_key=section.translation_key, alias_of=None).exclude(pk=section.pk)
    in_order = others.select_related("locale").order_by("locale").specific()
    return [other for other in in_order if may_reorder(user, other)]


def may_reorder(user: Any, section: Page) -> bool:
    """Returns whether the user may reorder the pages below; not if another person has locked the section."""
    lock = section.get_lock()
    is_locked = lock is not None and lock.for_user(user)
    may_move = user.has_perm("users.retire_page")  # as for moving each single page
    return may_move and section.permissions_for_user(user).can_reorder_children() and not is_locked


def _arrange_others(pages: PageQuerySet, others: Iterable[Page]) -> None:
    keys = list(pages.values_list("translation_key", flat=True))
    if len(keys) > 1:
        for other in others:
            _arrange(other, {key: number for number, key in enumerate(keys)})


def _arrange(section: Page, ranks: dict[Any, int]) -> None:
    here = [page.pk for page in section.get_children().filter(translation_key__in=ranks)]
    pages = Page.objects.in_bulk(here)
    wanted = sorted(here, key=lambda pk: ranks[pages[pk].translation_key])
    for place, pk in enumerate(wanted):
        if here[place] != pk:
            # Wagtail's `Page.move` would send signals, and their receiver would sort the pages again.
            MP_Node.move(Page.objects.get(pk=pk), Page.objects.get(pk=here[place]), "left")
            here.remove(pk)
            here.insert(place, pk)
