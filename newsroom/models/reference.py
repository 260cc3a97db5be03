"""Reference numbers of articles: one for all languages of a text."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, models, transaction
from django.db.models import Max

from newsroom.dates import day_of

_ATTEMPTS = 20  # more publications than a site will ever have at one moment


class Reference(models.Model):
    """A number such as `2016-057`: the year of the first publication, and a number counted within the year.

    A row is never deleted, so that no number is given twice. Articles keep a copy, which readers see.
    """

    translation_key = models.UUIDField(primary_key=True)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["year", "number"], name="reference_once")]

    def __str__(self) -> str:
        return f"{self.year}-{self.number:03}"


def get_or_create_reference(key: UUID, date: datetime) -> str:
    """Returns the number of the text with this translation key. Without one, it gets the next of the year of `date`.

    Raises IntegrityError if other transactions have taken _ATTEMPTS numbers meanwhile.
    """
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


def restore_reference(key: UUID, reference: str) -> bool:
    """Gives the text with this translation key the number that it had on another site, unless that is taken or the
    text has one. Returns whether it has this number now."""
    year, number = map(int, reference.split("-"))
    if not Reference.objects.filter(year=year, number=number).exists():
        Reference.objects.get_or_create(translation_key=key, defaults={"year": year, "number": number})
    return Reference.objects.filter(pk=key, year=year, number=number).exists()


class ReferenceMixin:
    """The part of an article that copies its reference number to its translations."""

    reference: Any

    def copy_for_translation(self, *args: Any, **kwargs: Any) -> Any:
        """Gives the new translation the number of its original, if that has one already."""
        copied = super().copy_for_translation(*args, **kwargs)  # type: ignore[misc]
        if self.reference:
            copied.reference = self.reference
            type(copied).objects.filter(pk=copied.pk).update(reference=self.reference)
        return copied
