"""What changes for readers, written into the search index in the same transaction."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from aboutus.models import CountryText, CountryTextRow
from search import index


@receiver([post_save, post_delete], sender=CountryTextRow)
def on_country_text(instance: CountryTextRow, raw: bool = False, **kwargs: Any) -> None:
    """The record itself may just have been deleted."""
    record = None if raw else CountryText._base_manager.filter(pk=instance.record_id).first()
    if record:
        index.write_countries([str(record.country)])


@receiver(post_delete, sender=CountryText)
def on_country_text_deleted(instance: CountryText, **kwargs: Any) -> None:
    index.write_countries([str(instance.country)])
