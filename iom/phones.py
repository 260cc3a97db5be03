"""Telephone numbers: validation, storage as E.164 with an extension as in RFC 3966, international format."""

import re

import phonenumbers
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

EXTENSION = ";ext="
_FRENCH_EXTENSION = re.compile(r"\bposte\b", re.IGNORECASE)  # which phonenumbers does not know


def normalise(number: str) -> str:
    """Converts `+20 1024938965 ext. 5` to `+201024938965;ext=5`. Raises ValidationError for an impossible number."""
    try:
        parsed = phonenumbers.parse(_FRENCH_EXTENSION.sub("ext.", number), None)
    except phonenumbers.NumberParseException:
        parsed = None
    if parsed is None or not phonenumbers.is_possible_number(parsed):
        raise ValidationError(
            _("“%(number)s” is not a telephone number. Enter it with the country code, for example +41 22 717 91 11."),
            params={"number": number},
            code="invalid",
        )
    written = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    return f"{written}{EXTENSION}{parsed.extension}" if parsed.extension else written


def international(number: str) -> str:
    """Converts `+201024938965;ext=5` to `+20 10 24938965 ext. 5`, with no-break spaces."""
    number, _mark, extension = number.partition(EXTENSION)
    parsed = phonenumbers.parse(number, None)
    written = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    if extension:
        written = gettext("%(number)s ext. %(extension)s") % {"number": written, "extension": extension}
    return written.replace(" ", "\N{NO-BREAK SPACE}")


class PhoneField(models.CharField):
    """A telephone number with its country code, stored in the form of `normalise`."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        kwargs.setdefault("max_length", 32)
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]

    def clean(self, value: str, model_instance: models.Model | None) -> str:
        value = super().clean(value, model_instance)
        return normalise(value) if value else value
