"""Old addresses lead to the pages that were made of them, each in its own language."""

from typing import Any

from django.dispatch import receiver
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page
from wagtail.signals import page_published

from newsroom.models import ImportedText, NewsArticle


@receiver(page_published, sender=NewsArticle)
def redirect_old_address(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    """Once the page is live: a draft's address would tell its title before its time, and lead nowhere.

    A redirect that is there already stands as it is.
    """
    if not instance.live:  # Wagtail sends it for a mere scheduling, too
        return
    record = ImportedText.objects.filter(page=instance.pk).exclude(old_address="").first()
    if record is not None:
        Redirect.objects.get_or_create(
            old_path=record.old_address, site=None, defaults={"redirect_page_id": instance.pk}
        )
