"""Redirects from the former address of a page, for a page that is still there.

Wagtail creates them when the transaction that changed the address has been committed; meanwhile another user may have
deleted the page.
"""

from collections.abc import Iterable

from wagtail.contrib.redirects import signal_handlers
from wagtail.models import Page, Site

from iom.publishing import locking

_create = signal_handlers.create_redirects


@locking.atomic
def create_redirects(page: Page, page_old: Page, sites: Iterable[Site]) -> None:
    """What Wagtail does, unless the page has been deleted; nobody deletes it until the redirects are stored."""
    if Page.objects.select_for_update(no_key=True).filter(pk=page.pk).values_list("pk").first():
        _create(page=page, page_old=page_old, sites=sites)


def install() -> None:
    """To be called once, when the app is ready."""
    signal_handlers.create_redirects = create_redirects
