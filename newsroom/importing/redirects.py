"""Old addresses lead to the pages that were made of them, each in its own language."""

from typing import Any

from django.dispatch import receiver
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from iom.publishing import events
from newsroom.models import ImportedText, NewsArticle


@receiver(events.published, sender=NewsArticle)
def redirect_old_address(sender: type[Page], page: Page, **kwargs: Any) -> None:
    """Once the page is live: a draft's address would tell its title before its time, and lead nowhere.

    A redirect that is there already stands as it is.
    """
    record = ImportedText.objects.filter(page=page.pk).exclude(old_address="").first()
    if record is not None:
        Redirect.objects.get_or_create(old_path=record.old_address, site=None, defaults={"redirect_page_id": page.pk})
