"""What happens to pages, written into the listing."""

from datetime import datetime
from typing import Any

from django.db.models import Min
from django.dispatch import receiver
from wagtail.models import Page

from iom.caching.version import changes_by_clock
from iom.listing import writing
from iom.listing.models import Entry
from iom.publishing import events


@receiver(events.published)
def on_published(page: Page, **kwargs: Any) -> None:
    writing.refresh([page.pk], loaded=[page])


@receiver([events.unpublished, events.expired, events.deleted])
def on_taken_down(pages: list[int], **kwargs: Any) -> None:
    writing.remove(pages)


@receiver([events.moved, events.made_private, events.made_public])
def on_changed(pages: list[int], **kwargs: Any) -> None:
    writing.refresh(pages)


@changes_by_clock
def next_expiry(now: datetime) -> datetime | None:
    return Entry.objects.filter(expire_at__gt=now).aggregate(next=Min("expire_at"))["next"]
