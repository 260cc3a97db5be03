"""Receivers that update contacts, redirects and records of imported texts after an article's events."""

from django.db.models import Exists, OuterRef
from django.db.models.signals import post_delete
from django.dispatch import receiver
from wagtail.contrib.redirects.models import Redirect

from iom.contacts.models import PressContact
from iom.publishing import events
from iom.publishing.models import DeletedPage
from newsroom.models import ArticleContact, ImportedText, NewsArticle


@receiver([events.published, events.reinstated], sender=NewsArticle)
def publish_contacts(page: NewsArticle, **kwargs: object) -> None:
    """Makes the contacts that an import has created public once a text that names them is public."""
    named = [row.contact_id for row in page.stored_rows("contacts")]
    for contact in PressContact.objects.filter(waits=True, pk__in=named).order_by("pk"):
        contact.waits = False
        contact.save()


@receiver([events.unpublished, events.expired, events.withdrawn, events.deleted], sender=NewsArticle)
def hide_contacts(page: NewsArticle, **kwargs: object) -> None:
    """Hides the contacts that an import has created once no live article names them, unless someone has saved them."""
    named = ArticleContact.objects.filter(article=page.pk)
    elsewhere = ArticleContact.objects.filter(contact=OuterRef("pk"), article__live=True).exclude(article=page.pk)
    contacts = PressContact.objects.filter(~Exists(elsewhere), waits=False, pk__in=named.values("contact"))
    for contact in contacts.order_by("pk"):
        contact.waits = True
        contact.save()


@receiver(events.published, sender=NewsArticle)
def redirect_old_address(page: NewsArticle, **kwargs: object) -> None:
    """Creates the redirect at the first publication. An existing redirect is not changed.

    A redirect to a draft would reveal its title, and its target would answer 404.
    """
    if page.first_published_at != page.last_published_at:
        return
    record = ImportedText.objects.filter(page=page.pk).exclude(old_address="").first()
    if record is not None:
        Redirect.objects.get_or_create(old_path=record.old_address, site=None, defaults={"redirect_page_id": page.pk})


@receiver(post_delete, sender=DeletedPage)
def erase_imported_content(**kwargs: object) -> None:
    """Erases the parsed content of pages that are deleted for good: names, addresses and quotations.

    The file and its digest stay, so that the file is not imported again. The content of pages that can still be
    restored stays too.
    """
    emptied = DeletedPage.objects.values_list("emptied", flat=True)
    label = ImportedText._meta.label
    restorable = [key for references in emptied for model, key, *_value in references if model == label]
    erasable = ImportedText.objects.filter(page=None).exclude(pk__in=restorable)
    erasable.update(report={}, metadata={}, countries=[])
