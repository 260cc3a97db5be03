"""Telephone numbers: validated, stored as E.164, shown in international format."""

import phonenumbers
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


def normalise(number: str) -> str:
    """`+20 1024938965` → `+201024938965` (E.164). Raises ValidationError where it is not a possible number, or has an
    extension, which E.164 cannot write."""
    try:
        parsed = phonenumbers.parse(number, None)
    except phonenumbers.NumberParseException:
        parsed = None
    if parsed is None or not phonenumbers.is_possible_number(parsed):
        raise ValidationError(
            _("“%(number)s” is not a telephone number. Enter it with the country code, for example +41 22 717 91 11."),
            params={"number": number},
            code="invalid",
        )
    if parsed.extension:
        raise ValidationError(
            _("“%(number)s” has an extension. Enter a number that can be dialled directly."),
            params={"number": number},
            code="extension",
        )
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def international(number: str) -> str:
    """`+201024938965` → `+20 10 24938965`, with no-break spaces so that it stays on one line."""
    parsed = phonenumbers.parse(number, None)
    written = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    return written.replace(" ", "\N{NO-BREAK SPACE}")


class PhoneField(models.CharField):
    """A telephone number with its country code, stored as E.164."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        kwargs.setdefault("max_length", 32)
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]

    def clean(self, value: str, model_instance: models.Model | None) -> str:
        value = super().clean(value, model_instance)
        return normalise(value) if value else value
