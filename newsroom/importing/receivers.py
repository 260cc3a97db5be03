"""What follows for an imported text when its page is published or taken down, and when it is deleted for good."""

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
    """A contact that an import has made is public as long as a text that names it is."""
    named = [row.contact_id for row in page.written_rows("contacts")]
    for contact in PressContact.objects.filter(waits=True, pk__in=named).order_by("pk"):
        contact.waits = False
        contact.save()


@receiver([events.unpublished, events.expired, events.withdrawn, events.deleted], sender=NewsArticle)
def hide_contacts(page: NewsArticle, **kwargs: object) -> None:
    named = ArticleContact.objects.filter(article=page.pk)
    elsewhere = ArticleContact.objects.filter(contact=OuterRef("pk"), article__live=True).exclude(article=page.pk)
    contacts = PressContact.objects.filter(~Exists(elsewhere), waits=False, pk__in=named.values("contact"))
    for contact in contacts.order_by("pk"):
        contact.waits = True
        contact.save()


@receiver(events.published, sender=NewsArticle)
def redirect_old_address(page: NewsArticle, **kwargs: object) -> None:
    """Only once the page is live: the address of a draft would reveal its title, and lead nowhere.

    An existing redirect is not changed.
    """
    if page.first_published_at != page.last_published_at:
        return
    record = ImportedText.objects.filter(page=page.pk).exclude(old_address="").first()
    if record is not None:
        Redirect.objects.get_or_create(old_path=record.old_address, site=None, defaults={"redirect_page_id": page.pk})


@receiver(post_delete, sender=DeletedPage)
def forget_what_was_read(**kwargs: object) -> None:
    """What an import has read of a page is forgotten with the deleted page: names, addresses and quotations.

    The file and its digest stay: it is not imported again. So does all that a restored page would have again.
    """
    emptied = DeletedPage.objects.values_list("emptied", flat=True)
    label = ImportedText._meta.label
    restorable = [key for references in emptied for model, key, *_value in references if model == label]
    forgotten = ImportedText.objects.filter(page=None).exclude(pk__in=restorable)
    forgotten.update(report={}, metadata={}, countries=[])
