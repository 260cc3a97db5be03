"""What happens to pages, written into the listing."""

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
    """Its translations, and what is below them, were as private as the page."""
    for path in Page.objects.filter(translation_key=page.translation_key).values_list("path", flat=True):
        hidden = writing.listable().filter(path__startswith=path, listing_entry=None)
        keys = list(hidden.values_list("pk", flat=True))
        locking.lock_pages(keys)  # or what is published meanwhile would be overwritten with what was read before
        writing.refresh(keys)


@receiver(events.moved)
@transaction.atomic(savepoint=False)
def on_moved(pages: list[int], **kwargs: Any) -> None:
    """Those that may be shown at their new place and were not before, or the other way round, are written whole; all
    others get their address: they may be the whole newsroom."""
    for related in _locked(pages):
        shown = set(writing.listable().filter(pk__in=related).values_list("pk", flat=True))
        listed = set(Entry.objects.filter(pk__in=related).values_list("pk", flat=True))
        writing.refresh(shown ^ listed)
        writing.write_addresses(shown & listed)


@receiver([events.made_private, events.made_public])
@transaction.atomic(savepoint=False)
def on_changed(pages: list[int], **kwargs: Any) -> None:
    writing.refresh(key for related in _locked(pages) for key in related)


def _locked(pages: list[int]) -> Iterator[list[int]]:
    """The pages with their translations, in batches: each is as private as the strictest of them, wherever they stand.

    Nobody publishes them meanwhile: what is as private as it was before would not be listed.
    """
    for some in batched(pages, writing.BATCH):
        keys = Page.objects.filter(pk__in=some).order_by().values("translation_key")
        related = list(Page.objects.filter(translation_key__in=keys).values_list("pk", flat=True))
        locking.lock_pages(related)
        yield related


@changes_by_clock
def next_expiry(now: datetime) -> datetime | None:
    return Entry.objects.filter(expire_at__gt=now).aggregate(next=Min("expire_at"))["next"]
