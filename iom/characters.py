"""Functions on the characters of texts: control characters, accents, superscripts, email addresses."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import Any

# The characters that XML 1.0 does not allow: a feed or a sitemap with one of them is invalid.
CONTROL_CHARACTERS = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# The sign and the domain are optional, so that a long text without them is read once.
_EMAIL = re.compile(r"""[^\s"'\\<>()\[\]{},;:=/@]+(@[\w.-]*\w)?""")
_DIGITS = {"sup": "⁰¹²³⁴⁵⁶⁷⁸⁹", "sub": "₀₁₂₃₄₅₆₇₈₉"}
_SIGNS = {"sup": "⁺⁻⁻⁻⁼⁽⁾", "sub": "₊₋₋₋₌₍₎"}  # of + - – − = ( )
_RAISED = {tag: str.maketrans("0123456789", digits) for tag, digits in _DIGITS.items()}
_RAISED_SIGNS = {tag: _RAISED[tag] | str.maketrans("+-–−=()", signs) for tag, signs in _SIGNS.items()}


def remove_control_characters(text: str) -> str:
    """Removes the characters that XML does not allow, such as a vertical tab pasted from Word."""
    return CONTROL_CHARACTERS.sub("", text)


def without_accents(text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))


def mask_email_addresses(text: str) -> str:
    """Replaces the email addresses in a line for a log or a report."""
    return _EMAIL.sub(lambda found: "…@…" if found[1] else found[0], text)


def to_script_characters(text: str, tag: str) -> str:
    """Converts the content of `sup` or `sub` to Unicode superscripts or subscripts: 10<sup>6</sup> becomes 10⁶.

    The length stays the same. Letters do not change (1<sup>er</sup>), and neither do signs in a text with letters.
    """
    has_letters = any(map(str.isalpha, text))
    return text.translate((_RAISED if has_letters else _RAISED_SIGNS)[tag])


def texts_in(value: Any) -> Iterator[str]:
    """Yields each text of the value, also in lists and mappings, in the order of `map_texts`."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from texts_in(part)


def map_texts(value: Any, change: Callable[[str], str]) -> Any:
    """Returns a copy of the value in which `change` was applied to each text, also in lists and mappings."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list):
        return [map_texts(part, change) for part in value]
    if isinstance(value, dict):
        return {name: map_texts(part, change) for name, part in value.items()}
    return value
