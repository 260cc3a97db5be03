"""Redirects from old addresses to the imported pages."""

from django.dispatch import receiver
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from iom.publishing import events
from newsroom.models import ImportedText, NewsArticle


@receiver(events.published, sender=NewsArticle)
def redirect_old_address(sender: type[Page], page: Page, **kwargs: object) -> None:
    """Only once the page is live: the address of a draft would reveal its title, and lead nowhere.

    An existing redirect is not changed.
    """
    if page.first_published_at != page.last_published_at:
        return
    record = ImportedText.objects.filter(page=page.pk).exclude(old_address="").first()
    if record is not None:
        Redirect.objects.get_or_create(old_path=record.old_address, site=None, defaults={"redirect_page_id": page.pk})
