"""Whatever changes what an archive for the press holds, or who may have it, removes it at once.

What `loaddata` brings (`raw`) changes nothing: it comes before what it refers to, with the archives that belong to it.
"""

from typing import Any

from django.db.models import Q
from django.db.models.signals import post_delete, post_save, pre_delete
from django.dispatch import receiver
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from iom.contacts.models import ContactSettings, Office, PressContact
from iom.media.models import SiteDocument, SiteImage
from newsroom.models import NewsArticle, PressArchive
from newsroom.press import making


@receiver([page_published, page_unpublished], sender=NewsArticle)
def forget_article(sender: type[NewsArticle], instance: NewsArticle, **kwargs: Any) -> None:
    making.forget(PressArchive.objects.filter(article=instance.pk))


@receiver([post_page_move, page_slug_changed])
def forget_all_below(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    """The text says its address."""
    making.forget(PressArchive.objects.filter(article__path__startswith=instance.path))


@receiver([post_save, post_delete], sender=PageViewRestriction)
def forget_what_is_private(sender: type[PageViewRestriction], **kwargs: Any) -> None:
    if kwargs.get("raw"):
        return
    making.sweep()


@receiver([post_save, pre_delete], sender=SiteImage)
def forget_with_picture(sender: type[SiteImage], instance: SiteImage, **kwargs: Any) -> None:
    if kwargs.get("raw"):
        return
    making.forget(PressArchive.objects.filter(pictures=instance.pk))


@receiver([post_save, pre_delete], sender=SiteDocument)
def forget_with_document(sender: type[SiteDocument], instance: SiteDocument, **kwargs: Any) -> None:
    if kwargs.get("raw"):
        return
    making.forget(PressArchive.objects.filter(documents=instance.pk))


@receiver([post_save, post_delete], sender=CollectionViewRestriction)
def forget_with_private_collection(
    sender: type[CollectionViewRestriction], instance: CollectionViewRestriction, **kwargs: Any
) -> None:
    if kwargs.get("raw"):
        return
    forget_with_collection(Collection, instance.collection)


@receiver(post_save, sender=Collection)
def forget_with_collection(sender: type[Collection], instance: Collection, **kwargs: Any) -> None:
    if kwargs.get("raw"):
        return
    making.forget(PressArchive.objects.filter(documents__collection__path__startswith=instance.path))


@receiver([post_save, pre_delete], sender=PressContact)
def forget_with_contact(sender: type[PressContact], instance: PressContact, **kwargs: Any) -> None:
    if kwargs.get("raw"):
        return
    making.forget(PressArchive.objects.filter(contacts=instance.pk))


@receiver(post_save, sender=Office)
def forget_with_office(sender: type[Office], instance: Office, **kwargs: Any) -> None:
    """An office is named with its contacts, and answers for those below it who have left."""
    if kwargs.get("raw"):
        return
    above = Q(office=instance) | Q(office__parent=instance) | Q(office__parent__parent=instance)
    people = PressContact.objects.filter(above)
    if ContactSettings.objects.filter(press_office=instance).exists():
        people = PressContact.objects.all()
    making.forget(PressArchive.objects.filter(contacts__in=people))


@receiver(post_save, sender=ContactSettings)
def forget_with_settings(sender: type[ContactSettings], **kwargs: Any) -> None:
    if kwargs.get("raw"):
        return
    making.forget(PressArchive.objects.filter(contacts__isnull=False))
