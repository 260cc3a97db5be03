"""Receivers that update the search index in the transaction of each change."""

from collections.abc import Collection, Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model
from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, ReferenceIndex

from iom.contacts.models import Office, OfficeName, PressContact
from iom.core.models import BasePage
from iom.listing.writing import listing_written, refresh
from iom.media.models import SiteDocument
from iom.publishing import events, jobs
from iom.publishing.locking import lock_pages
from search import drafts, index, vocabulary
from search.models import Document


@receiver(listing_written)
def on_listed(pages: Iterable[Page], removed: Collection[int], rows: Iterable[index.Row], **kwargs: Any) -> None:
    index.write(pages, removed, {entry.page_id: (entry, facets) for entry, facets in rows})


@receiver(events.draft_saved)
def on_draft_saved(page: BasePage, **kwargs: Any) -> None:
    drafts.write(page)


@receiver(events.restored)
def on_restored(page: BasePage, **kwargs: Any) -> None:
    if page.latest_revision:
        drafts.write(page.latest_revision.as_object())


@receiver(pre_save, sender=Office)
@receiver(pre_save, sender=PressContact)
def remember_former_countries(
    sender: type[Model], instance: Office | PressContact, raw: bool = False, **kwargs: Any
) -> None:
    """Keeps the former country on the instance, since a saved change may move it to another country."""
    instance.former_countries = set() if raw else _countries_of(sender, instance.pk)


@receiver([post_save, post_delete], sender=Office)
@receiver([post_save, post_delete], sender=PressContact)
def on_office_or_contact(
    sender: type[Model], instance: Office | PressContact, raw: bool = False, **kwargs: Any
) -> None:
    if not raw:
        office = instance if isinstance(instance, Office) else instance.office
        _write_countries({str(office.country), *getattr(instance, "former_countries", ())})


@receiver([post_save, post_delete], sender=OfficeName)
def on_office_name(instance: OfficeName, raw: bool = False, **kwargs: Any) -> None:
    if not raw:
        _write_countries(_countries_of(Office, instance.office_id))


def _countries_of(model: type[Model], key: int | None) -> set[str]:
    """Returns the country of a stored office, or of the office of a stored contact. Empty if it has none."""
    field = "country" if model is Office else "office__country"
    return set(model._default_manager.filter(pk=key).values_list(field, flat=True))


def _write_countries(countries: Iterable[str]) -> None:
    if codes := list(filter(None, countries)):
        index.write_countries(codes)


@receiver(pre_delete, sender=SiteDocument)
def remember_referring_pages(instance: SiteDocument, **kwargs: Any) -> None:
    """Keeps the referring pages on the instance, since Wagtail deletes the references with the document."""
    instance.referring_pages = _pages_with(instance)


@receiver([post_save, post_delete], sender=SiteDocument)
def on_document(instance: SiteDocument, raw: bool = False, **kwargs: Any) -> None:
    """Refreshes the pages whose texts show the title of the document."""
    pages: list[int] = [] if raw else getattr(instance, "referring_pages", None) or _pages_with(instance)
    if pages:
        with transaction.atomic(savepoint=False):
            lock_pages(pages)
            refresh(pages)


def _pages_with(document: SiteDocument) -> list[int]:
    """Returns the keys of the published pages that refer to the document."""
    references = ReferenceIndex.get_references_to(document)
    of_pages = references.filter(base_content_type=ContentType.objects.get_for_model(Page))
    return [int(key) for key in of_pages.values_list("object_id", flat=True).distinct()]


def _countries_with_past_contacts() -> Iterable[str]:
    past = Document.objects.filter(until__lt=timezone.localdate())
    return past.order_by().values_list("country", flat=True).distinct()


@jobs.handler(
    "search.country",
    label=_("Update country pages in search after a media contact has left"),
    missing=_countries_with_past_contacts,
)
def update_country(key: str) -> None:
    """Writes the documents of a country again, without contacts whose last day has passed."""
    index.write_countries([key])


jobs.daily("search.words", label=_("Remove words that no page has any more from the search"))(
    vocabulary.remove_unused_words
)
