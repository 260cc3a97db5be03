"""What changes for readers, written into the index in the same transaction."""

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models.signals import post_delete, post_save, pre_save
from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from iom.contacts.models import Office, OfficeName, PressContact
from iom.core.models import BasePage
from iom.listing.signals import written
from iom.publishing import events, jobs
from search import drafts, index
from search.models import Document


@receiver(written)
def on_listed(pages: Iterable[Page], removed: Collection[int], rows: Iterable[index.Row], **kwargs: Any) -> None:
    index.write(pages, removed, {entry.page_id: (entry, facets) for entry, facets in rows})


@receiver(events.draft_saved)
def on_draft_saved(page: BasePage, **kwargs: Any) -> None:
    drafts.write(page)


@receiver(events.restored)
def on_restored(page: BasePage, **kwargs: Any) -> None:
    if page.latest_revision:
        drafts.write(page.latest_revision.as_object())


@receiver([pre_save, post_save, post_delete], sender=Office)
def on_office(instance: Office, raw: bool = False, **kwargs: Any) -> None:
    """Before it is saved as well: it may have been an office in another country."""
    if not raw:
        _write_country_of(instance.pk)


@receiver([post_save, post_delete], sender=OfficeName)
@receiver([pre_save, post_save, post_delete], sender=PressContact)
def on_name_or_contact(instance: OfficeName | PressContact, raw: bool = False, **kwargs: Any) -> None:
    if not raw:
        _write_country_of(instance.office_id)


def _write_country_of(office: int | None) -> None:
    in_countries = Office.objects.filter(pk=office).exclude(country="")
    if countries := list(in_countries.values_list("country", flat=True)):
        index.write_countries(countries)


def _until_yesterday() -> Iterable[str]:
    past = Document.objects.filter(until__lt=timezone.localdate())
    return past.order_by().values_list("country", flat=True).distinct()


@jobs.handler(
    "search.country",
    label=_("Update country pages in search after a media contact has left"),
    missing=_until_yesterday,
)
def renew(key: str) -> None:
    """Without the contacts whose last day has passed."""
    index.write_countries([key])
