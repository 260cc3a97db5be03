"""Telephone numbers as releases print them: two behind one label, without the country’s code, with an extension."""

import re
from collections.abc import Sequence

import phonenumbers
from django.core.exceptions import ValidationError

from iom import phones

NUMBER = re.compile(
    r"(?<![\w@.])(?:\+|00)?\s?\(?\d[\d\s().\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}/‑–-]{5,}\d(?![\w@])"
)
EXTENSION = re.compile(r"(?<!\w)(?:(?:poste|extension|ext)\b\.?|x)\s*(?P<extension>\d{1,6})\b", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*/\s*|\s[–—-]\s")
_SHORTEST = 6  # digits of a number
_LAST_DIGITS = 2  # of the next number, where it is written by them: 22 52 53 54/55
_LONGEST = 15  # digits of a number with its code


def apart(printed: str, countries: Sequence[str] = ()) -> list[str]:
    """The numbers that were printed as one: `+235 22 52 53 54 / 66 29 00 11`. Their parts are possible numbers.

    `countries`: whose numbers they may be where they have no code.
    """
    parts = [part for part in _BETWEEN.split(printed) if part.strip()]
    if len(parts) == 1:
        return [printed]
    code = code_of(e164(parts[0], countries))
    numbers = [parts[0]]
    for part in parts[1:]:
        digits = _digits(part)
        if len(digits) <= _LAST_DIGITS and "/" in printed:
            part = f"{parts[0].rstrip()[: -len(digits)]}{digits}"
        elif code and code_of(e164(part, ())) is None:
            part = _with_code(part, code)
        numbers.append(part)
    is_one = not any(len(_digits(part)) <= _LAST_DIGITS for part in parts[1:]) and _is_possible(printed, countries)
    return [printed] if is_one or not all(_is_possible(one, countries) for one in numbers) else numbers


def code_of(number: str) -> int | None:
    """The code of the country with which a number of `e164` begins; None where it has none."""
    parsed = _parsed(number, None) if number.startswith("+") else None
    return parsed.country_code if parsed else None


def _parsed(printed: str, region: str | None) -> phonenumbers.PhoneNumber | None:
    try:
        return phonenumbers.parse(printed, region)
    except phonenumbers.NumberParseException:
        return None


def _with_code(printed: str, code: int) -> str:
    """A number of the same country as the one before it, in international format; else as printed."""
    parsed = _parsed(printed, phonenumbers.region_code_for_country_code(code))
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL) if parsed else printed


def _is_possible(printed: str, countries: Sequence[str]) -> bool:
    number = e164(printed, countries)
    return is_readable(number) if number.startswith("+") else _SHORTEST <= len(_digits(number)) <= _LONGEST - 3


def is_readable(number: str) -> bool:
    """Whether the number is kept with a contact."""
    try:
        phones.normalise(number)
    except ValidationError:
        return False
    return True


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def e164(printed: str, countries: Sequence[str]) -> str:
    """`+ 41 22 / 555 01 23` → `+41225550123`; a number without its code by the office's country; else as printed.

    An extension behind it, as it is stored, remains.
    """
    printed, mark, extension = printed.partition(phones.EXTENSION)
    digits = re.sub(r"[^\d+]", "", re.sub(r"\(0\)", "", printed))
    digits = "+" + digits[2:] if digits.startswith("00") else digits
    # `(41-22) 555 01 23`: the code of the country in brackets, as older releases have it.
    codes = [str(phonenumbers.country_code_for_region(region)) for region in countries]
    if printed.startswith("(") and digits.startswith(tuple(code for code in codes if code != "0")):
        digits = f"+{digits}"
    for region in [None] if digits.startswith("+") else countries[:2]:
        parsed = _parsed(digits, region)
        # A number with its code is kept even where the numbering plan has changed since.
        if parsed and (region is None or phonenumbers.is_possible_number(parsed)):
            return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164) + mark + extension
    return printed + mark + extension
