"""Receivers that update the listing after each event of a page."""

from collections.abc import Iterator
from datetime import datetime
from itertools import batched
from typing import Any

from django.db import transaction
from django.db.models import Min
from django.dispatch import receiver
from wagtail.models import Page

from iom.caching.version import changes_by_clock
from iom.listing import writing
from iom.listing.models import Entry
from iom.publishing import events, locking


@receiver([events.published, events.reinstated])
def on_published(page: Page, **kwargs: Any) -> None:
    writing.refresh([page.pk], loaded=[page])


@receiver([events.unpublished, events.expired, events.withdrawn, events.deleted])
def on_taken_down(pages: list[int], **kwargs: Any) -> None:
    writing.remove(pages)


@receiver(events.gone)
@transaction.atomic(savepoint=False)
def on_gone(page: Page, **kwargs: Any) -> None:
    """Lists pages that were private only because of the deleted page: its translations, and the pages below them."""
    for path in Page.objects.filter(translation_key=page.translation_key).values_list("path", flat=True):
        hidden = writing.listable().filter(path__startswith=path, listing_entry=None)
        keys = list(hidden.values_list("pk", flat=True))
        locking.lock_pages(keys)  # otherwise older values could overwrite those of a publication at the same time
        writing.refresh(keys)


@receiver(events.moved)
@transaction.atomic(savepoint=False)
def on_moved(pages: list[int], **kwargs: Any) -> None:
    """Refreshes pages that have become public or private by the move. Only updates the addresses of the others.

    The others may be the whole newsroom.
    """
    for related in _locked(pages):
        shown = set(writing.listable().filter(pk__in=related).values_list("pk", flat=True))
        listed = set(Entry.objects.filter(pk__in=related).values_list("pk", flat=True))
        writing.refresh(shown ^ listed)
        writing.update_urls(shown & listed)


@receiver([events.made_private, events.made_public])
@transaction.atomic(savepoint=False)
def on_changed(pages: list[int], **kwargs: Any) -> None:
    writing.refresh(key for related in _locked(pages) for key in related)


def _locked(pages: list[int]) -> Iterator[list[int]]:
    """Locks the pages and their translations, which are as private as the strictest. Yields their keys in batches.

    Without the locks, a publication at the same time could read the earlier privacy and write a wrong entry.
    """
    for some in batched(pages, writing.BATCH):
        keys = Page.objects.filter(pk__in=some).order_by().values("translation_key")
        related = list(Page.objects.filter(translation_key__in=keys).values_list("pk", flat=True))
        locking.lock_pages(related)
        yield related


@changes_by_clock
def next_expiry(now: datetime) -> datetime | None:
    return Entry.objects.filter(expire_at__gt=now).aggregate(next=Min("expire_at"))["next"]
