import re
import unicodedata
from collections.abc import Callable
from typing import Any

# The characters that XML 1.0 does not allow: a feed or a sitemap with one of them is invalid.
CONTROL_CHARACTERS = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_EMAIL = re.compile(r"""[^\s"'\\<>()\[\]{},;:=/@]+@[\w.-]*\w""")
_DIGITS = {"sup": "⁰¹²³⁴⁵⁶⁷⁸⁹", "sub": "₀₁₂₃₄₅₆₇₈₉"}
_SIGNS = {"sup": "⁺⁻⁻⁻⁼⁽⁾", "sub": "₊₋₋₋₌₍₎"}  # of + - – − = ( )
_RAISED = {tag: str.maketrans("0123456789", digits) for tag, digits in _DIGITS.items()}
_RAISED_SIGNS = {tag: _RAISED[tag] | str.maketrans("+-–−=()", signs) for tag, signs in _SIGNS.items()}


def remove_control_characters(text: str) -> str:
    """The text without these characters, such as a vertical tab pasted from Word."""
    return CONTROL_CHARACTERS.sub("", text)


def without_accents(text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))


def hide_addresses(text: str) -> str:
    """A line for a log or a report, without the email addresses in it."""
    return _EMAIL.sub("…@…", text)


def raised(text: str, tag: str) -> str:
    """What stands within `sup` or `sub`, as it is written without these tags: 10<sup>6</sup> is 10⁶, and not 106.

    As many characters as before. Letters have no such form (1<sup>er</sup>); among them a hyphen stays one.
    """
    has_letters = any(map(str.isalpha, text))
    return text.translate((_RAISED if has_letters else _RAISED_SIGNS)[tag])


def change_texts(value: Any, change: Callable[[str], str]) -> Any:
    """The value with each of its texts changed, also in lists and mappings."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list):
        return [change_texts(part, change) for part in value]
    if isinstance(value, dict):
        return {name: change_texts(part, change) for name, part in value.items()}
    return value
