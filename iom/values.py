"""Validation of all values of a model: texts without control characters, dates within a certain period."""

import datetime
from collections.abc import Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import StreamValue

from iom.characters import map_texts, remove_control_characters

FIRST_YEAR, LAST_YEAR = 1900, 2100


def validate_year(day: datetime.date) -> None:
    """Raises ValidationError for a date outside the period, which time zones, feeds and archives cannot handle."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValidationError(
            _("Enter a year from %(first)d to %(last)d."), params={"first": FIRST_YEAR, "last": LAST_YEAR}
        )


def without_control_characters(value: Any) -> Any:
    """Removes control characters from all texts of the value, also in lists, mappings and StreamFields."""
    if isinstance(value, StreamValue):
        stored = value.get_prep_value()
        clean = without_control_characters(stored)
        return value if clean == stored else value.stream_block.to_python(clean)
    return map_texts(value, remove_control_characters)


class CheckedValues:
    """A model mixin that removes control characters from texts, and refuses dates outside the period."""

    def remove_control_characters(self: Any) -> None:
        for name in [field.attname for field in self._meta.concrete_fields]:
            if name in self.__dict__:  # otherwise the field is deferred
                value = self.__dict__[name]
                if (clean := without_control_characters(value)) is not value and clean != value:
                    setattr(self, name, clean)

    def save(self: Any, *args: Any, **kwargs: Any) -> None:
        self.remove_control_characters()
        super().save(*args, **kwargs)  # type: ignore[misc]

    def clean_fields(self: Any, exclude: Collection[str] | None = None) -> None:
        self.remove_control_characters()
        errors = _years_out_of_range(self, exclude or ())
        try:
            super().clean_fields(exclude=exclude)  # type: ignore[misc]
        except ValidationError as error:
            errors = error.update_error_dict(errors)
        if errors:
            raise ValidationError(errors)


def _years_out_of_range(record: Any, exclude: Collection[str]) -> dict[str, Any]:
    errors: dict[str, Any] = {}
    for field in record._meta.concrete_fields:
        value = record.__dict__.get(field.attname)
        if isinstance(value, datetime.date) and field.name not in exclude:
            try:
                validate_year(value)
            except ValidationError as error:
                errors[field.name] = error.error_list
    return errors
