"""A contact that an import has made is public with the first text that names it."""

from django.dispatch import receiver

from iom.contacts.models import PressContact
from iom.publishing import events
from newsroom.models import NewsArticle


@receiver(events.published, sender=NewsArticle)
def on_published(page: NewsArticle, **kwargs: object) -> None:
    named = [row.contact_id for row in page._written("contacts")]
    for contact in PressContact.objects.filter(waits=True, pk__in=named).order_by("pk"):
        contact.waits = False
        contact.save()
