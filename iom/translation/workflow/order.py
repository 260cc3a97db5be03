"""The order of the pages below a section: those of the menu have one order in all languages by themselves, all others
when an editor asks for it."""

from collections.abc import Iterable
from typing import Any

from treebeard.mp_tree import MP_Node
from wagtail.models import Page
from wagtail.query import PageQuerySet

from iom.publishing import locking

LARGEST = 200  # pages below a section; articles are sorted by date, and may be many thousands


def sync_menu_order(section: Page) -> None:
    """Puts the pages below the translations of `section` in the order of those below itself, as far as they stand in
    the menu. Others, and pages that only one language has, keep their places."""
    others = Page.objects.filter(translation_key=section.translation_key).exclude(pk=section.pk)
    _arrange_others(section.get_children().filter(show_in_menus=True), others)


@locking.atomic
def sync_order(section: Page, user: Any) -> list[Page]:
    """The same for all pages below, in the translations of `section` in which the user may reorder them: these."""
    locking.lock_tree()
    others = others_to_sync(section, user)
    _arrange_others(section.get_children(), others)
    return others


def others_to_sync(section: Page, user: Any) -> list[Page]:
    """The translations of `section` to which `sync_order` would give its order."""
    if section.numchild > LARGEST or not may_reorder(user, section):
        return []
    others = Page.objects.filter(translation_key=section.translation_key, alias_of=None).exclude(pk=section.pk)
    in_order = others.select_related("locale").order_by("locale").specific()
    return [other for other in in_order if may_reorder(user, other)]


def may_reorder(user: Any, section: Page) -> bool:
    """Whether the user may reorder the pages below; not where another person has locked the section."""
    lock = section.get_lock()
    is_locked = lock is not None and lock.for_user(user)
    may_move = user.has_perm("users.retire_page")  # as each page that is reordered asks
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
            # Wagtail's own `move` would tell everyone of it, and this module would put it back.
            MP_Node.move(Page.objects.get(pk=pk), Page.objects.get(pk=here[place]), "left")
            here.remove(pk)
            here.insert(place, pk)
