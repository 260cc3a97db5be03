"""A contact that an import has made is public as long as a text that names it is."""

from django.db.models import Exists, OuterRef
from django.dispatch import receiver

from iom.contacts.models import PressContact
from iom.publishing import events
from newsroom.models import ArticleContact, NewsArticle


@receiver([events.published, events.reinstated], sender=NewsArticle)
def on_published(page: NewsArticle, **kwargs: object) -> None:
    named = [row.contact_id for row in page._written("contacts")]
    for contact in PressContact.objects.filter(waits=True, pk__in=named).order_by("pk"):
        contact.waits = False
        contact.save()


@receiver([events.unpublished, events.expired, events.withdrawn, events.deleted], sender=NewsArticle)
def on_taken_down(page: NewsArticle, **kwargs: object) -> None:
    named = ArticleContact.objects.filter(page=page.pk)
    elsewhere = ArticleContact.objects.filter(contact=OuterRef("pk"), page__live=True).exclude(page=page.pk)
    contacts = PressContact.objects.filter(~Exists(elsewhere), waits=False, pk__in=named.values("contact"))
    for contact in contacts.order_by("pk"):
        contact.waits = True
        contact.save()
