"""What happens to pages, written into the listing."""

from typing import Any

from django.dispatch import receiver
from wagtail.models import Page

from iom.listing import writing
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
