"""Parses telephone numbers as releases print them: two after one label, without country code, with an extension."""

import re
from collections.abc import Sequence

import phonenumbers
from django.core.exceptions import ValidationError

from iom import phones

NUMBER = re.compile(
    r"(?<![\w@.])(?:\+|00)?\s?\(?\d[\d\s().\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}/‑–-]{5,}\d(?![\w@])"
)
EXTENSION = re.compile(r"(?<!\w)(?:(?:poste|extension|ext)\b\.?|x)\s*(?P<extension>\d{1,6})\b", re.IGNORECASE)
_SEPARATOR = re.compile(r"\s*/\s*|\s[–—-]\s")
_MIN_DIGITS = 6  # of a number without its country code
_MAX_ENDING = 2  # digits of a second number that only prints its ending: 22 52 53 54/55
_MAX_DIGITS = 15  # of a number with its country code, as in E.164


def split_numbers(printed: str, countries: Sequence[str] = ()) -> list[str]:
    """Splits numbers that are printed as one, if all parts are possible numbers: `+235 22 52 53 54 / 66 29 00 11`.

    `countries` are the likely countries of numbers without a country code.
    """
    parts = [part for part in _SEPARATOR.split(printed) if part.strip()]
    if len(parts) == 1:
        return [printed]
    code = country_code(to_e164(parts[0], countries))
    numbers = [parts[0]]
    for part in parts[1:]:
        digits = _digits(part)
        if len(digits) <= _MAX_ENDING and "/" in printed:
            part = f"{parts[0].rstrip()[: -len(digits)]}{digits}"
        elif code and country_code(to_e164(part, ())) is None:
            part = _add_country_code(part, code)
        numbers.append(part)
    is_one = not any(len(_digits(part)) <= _MAX_ENDING for part in parts[1:]) and _is_possible(printed, countries)
    return [printed] if is_one or not all(_is_possible(one, countries) for one in numbers) else numbers


def country_code(number: str) -> int | None:
    """Returns the country code of a number in E.164, or None."""
    parsed = _parse(number, None) if number.startswith("+") else None
    return parsed.country_code if parsed else None


def _parse(printed: str, region: str | None) -> phonenumbers.PhoneNumber | None:
    try:
        return phonenumbers.parse(printed, region)
    except phonenumbers.NumberParseException:
        return None


def _add_country_code(printed: str, code: int) -> str:
    """Returns a number with this country code in international format, else as printed."""
    parsed = _parse(printed, phonenumbers.region_code_for_country_code(code))
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL) if parsed else printed


def _is_possible(printed: str, countries: Sequence[str]) -> bool:
    number = to_e164(printed, countries)
    return is_valid(number) if number.startswith("+") else _MIN_DIGITS <= len(_digits(number)) <= _MAX_DIGITS - 3


def is_valid(number: str) -> bool:
    """Returns whether a contact may have the number."""
    try:
        phones.normalise(number)
    except ValidationError:
        return False
    return True


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def to_e164(printed: str, countries: Sequence[str]) -> str:
    """Returns a number in E.164, else as printed: `+ 41 22 / 555 01 23` → `+41225550123`.

    A number without country code is read as one of the first two `countries`; the first that is possible counts. A
    stored extension is kept.
    """
    printed, mark, extension = printed.partition(phones.EXTENSION)
    digits = re.sub(r"[^\d+]", "", re.sub(r"\(0\)", "", printed))
    digits = "+" + digits[2:] if digits.startswith("00") else digits
    # `(41-22) 555 01 23`: older releases print the country code in brackets.
    codes = [str(phonenumbers.country_code_for_region(region)) for region in countries]
    if printed.startswith("(") and digits.startswith(tuple(code for code in codes if code != "0")):
        digits = f"+{digits}"
    for region in [None] if digits.startswith("+") else countries[:2]:
        parsed = _parse(digits, region)
        # A number with its country code is kept even if the numbering plan has changed since.
        if parsed and (region is None or phonenumbers.is_possible_number(parsed)):
            return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164) + mark + extension
    return printed + mark + extension
