"""The values that records may have: texts without control characters, and dates in a certain period."""

import datetime
from collections.abc import Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import StreamValue

from iom.characters import change_texts, remove_control_characters

FIRST_YEAR, LAST_YEAR = 1900, 2100


def validate_year(day: datetime.date) -> None:
    """Raises ValidationError for a date outside the period, with which time zones, feeds and archives fail."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValidationError(
            _("Enter a year from %(first)d to %(last)d."), params={"first": FIRST_YEAR, "last": LAST_YEAR}
        )


def without_control_characters(value: Any) -> Any:
    """The value with all control characters removed from its texts, also in lists, mappings and StreamFields."""
    if isinstance(value, StreamValue):
        stored = value.get_prep_value()
        clean = without_control_characters(stored)
        return value if clean == stored else value.stream_block.to_python(clean)
    return change_texts(value, remove_control_characters)


class CheckedValues:
    """A model that removes control characters from its texts, and refuses dates outside the period."""

    def remove_control_characters(self: Any) -> None:
        for name in [field.attname for field in self._meta.concrete_fields]:
            if name in self.__dict__:  # else it is deferred
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
