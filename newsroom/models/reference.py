"""The numbers by which texts are quoted: one for all languages of a text."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, models, transaction
from django.db.models import Max

from newsroom.dates import day_of

_ATTEMPTS = 20  # as many publications at one moment as a site will ever see


class Reference(models.Model):
    """`2016-057`: the year of a text when it was first published, and its place among those of the year.

    A row is never deleted, so that no number is given twice. Articles keep a copy, which readers are shown.
    """

    translation_key = models.UUIDField(primary_key=True)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["year", "number"], name="reference_once")]

    def __str__(self) -> str:
        return f"{self.year}-{self.number:03}"


def reference_of(key: UUID, date: datetime) -> str:
    """The number of the text with this translation key; the next of the year of `date` where it has none."""
    for _attempt in range(_ATTEMPTS):
        if found := Reference.objects.filter(pk=key).first():
            return str(found)
        year = day_of(date).year
        last = Reference.objects.filter(year=year).aggregate(last=Max("number"))["last"] or 0
        try:
            with transaction.atomic():
                return str(Reference.objects.create(translation_key=key, year=year, number=last + 1))
        except IntegrityError:  # another transaction has just taken it
            continue
    raise IntegrityError(f"No reference number is free for {key}")


def keep_reference(key: UUID, reference: str) -> bool:
    """Gives the text with this translation key the number that it has had elsewhere; whether it has that one now."""
    year, number = map(int, reference.split("-"))
    if not Reference.objects.filter(year=year, number=number).exists():
        Reference.objects.get_or_create(translation_key=key, defaults={"year": year, "number": number})
    return Reference.objects.filter(pk=key, year=year, number=number).exists()


class Referenced:
    """An article, as far as its number is concerned."""

    reference: Any

    def copy_for_translation(self, *args: Any, **kwargs: Any) -> Any:
        """A translation has the number of its original from the beginning, if it has one already."""
        copied = super().copy_for_translation(*args, **kwargs)  # type: ignore[misc]
        if self.reference:
            copied.reference = self.reference
            type(copied).objects.filter(pk=copied.pk).update(reference=self.reference)
        return copied
