"""What changes for readers, written into the search index in the same transaction."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from aboutus.models import CountryTextRow
from search import index


@receiver([post_save, post_delete], sender=CountryTextRow)
def on_country_text(instance: CountryTextRow, raw: bool = False, **kwargs: Any) -> None:
    """Where the record is deleted, its rows are deleted before it."""
    if not raw:
        index.write_countries([str(instance.record.country)])
