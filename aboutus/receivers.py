"""Receivers that update the search index in the transaction of a change."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from aboutus.models import CountryTextRow
from search import index


@receiver([post_save, post_delete], sender=CountryTextRow)
def on_country_text(instance: CountryTextRow, raw: bool = False, **kwargs: Any) -> None:
    """Updates the country's page. Where the record is deleted, its rows are deleted first, so this runs too."""
    if not raw:
        index.write_countries([str(instance.record.country)])
