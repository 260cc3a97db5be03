"""Languages: their names (CLDR), their conventions, and the folding and stemming of words."""

import threading
from collections.abc import Callable
from functools import cache

import Stemmer
from babel import Locale
from django.conf import settings
from django.utils.formats import get_format
from django.utils.html import strip_tags
from django.utils.translation import get_language
from wagtail.coreutils import string_to_ascii

# The languages in which the organization's offices work. Codes: ISO 639.
CODES = [
    "ar", "bn", "ckb", "de", "en", "es", "fa", "fr", "ha", "hi", "ht", "it", "my", "ne", "nl", "ps", "pt",
    "ro", "ru", "si", "so", "sw", "ta", "th", "ti", "tr", "uk", "ur", "vi", "zh",
]  # fmt: skip
_stemmers = threading.local()  # a stemmer must not be used by two threads at the same time


def codes() -> list[str]:
    """Returns these codes and those of the site's languages, which may be others."""
    return list(dict.fromkeys([*CODES, *dict(settings.LANGUAGES)]))


def interface_locale() -> Locale:
    """Returns the CLDR locale of the interface's current language."""
    return cldr(get_language() or settings.LANGUAGE_CODE)


@cache
def cldr(code: str) -> Locale:
    """Returns the CLDR locale of a language, with the territory of its `convention` "TERRITORY" if it has one."""
    locale, territory = Locale.parse(code, sep="-"), convention("TERRITORY", code)
    return locale if locale.territory or not territory else Locale(locale.language, territory, locale.script)


def convention(name: str, code: str | None = None) -> str:
    """Returns a value from the file of a language (`iom/formats/<language>/formats.py`); empty where it has none.

    Without `code`, the interface's current language is used.
    """
    value = str(get_format(name, code))
    return "" if value == name else value  # Django returns the name of an unknown format


def first_of_month() -> str:
    """Returns « 1er » without markup in the interface's language; empty where it is a plain number."""
    return strip_tags(convention("FIRST_OF_MONTH"))


def own_name(code: str) -> str:
    """Returns the language's own name: `ar` → « العربية », `fr` → « Français »."""
    name = Locale.parse(code, sep="-").get_display_name() or code
    return name[:1].upper() + name[1:]


def name(code: str) -> str:
    """Returns the language's name in the interface's language."""
    found = interface_locale().languages.get(code)
    if found is None and "-" in code:  # such as Brazilian Portuguese
        found = Locale.parse(code, sep="-").get_display_name(interface_locale())
    return found or code


def direction(code: str) -> str:
    """Returns `rtl` or `ltr` for the `dir` attribute."""
    return Locale.parse(code, sep="-").text_direction


def fold(word: str) -> str:
    """Removes accents and case, for sorting and comparing: « Égypte » comes before « Espagne »."""
    return string_to_ascii(word).casefold()


def stem_of(word: str, language: str) -> str:
    """Returns the stem by Snowball; the word itself in a language that Snowball does not know."""
    found: Callable[[str], str] | None = getattr(_stemmers, language, None)
    if found is None:
        try:
            found = Stemmer.Stemmer(language.split("-")[0]).stemWord
        except KeyError:
            found = str
        setattr(_stemmers, language, found)
    return found(word)


def choices() -> list[tuple[str, str]]:
    """Returns pairs of code and name in the interface's language, sorted by name."""
    return list(_choices(get_language(), tuple(codes())))


@cache
def _choices(interface_language: str | None, found: tuple[str, ...]) -> list[tuple[str, str]]:
    """Cached, because a form needs the choices for every block with a language."""
    return sorted(((code, name(code)) for code in found), key=lambda pair: fold(pair[1]))
