"""Languages: their names (CLDR), their conventions, words as they are compared in them."""

import threading
from collections.abc import Callable
from functools import cache

import Stemmer
from babel import Locale
from django.conf import settings
from django.utils.formats import get_format
from django.utils.translation import get_language
from wagtail.coreutils import string_to_ascii

# The languages in which the organization's offices work. Codes: ISO 639.
CODES = [
    "ar", "bn", "ckb", "de", "en", "es", "fa", "fr", "ha", "hi", "ht", "it", "my", "ne", "nl", "ps", "pt",
    "ro", "ru", "si", "so", "sw", "ta", "th", "ti", "tr", "uk", "ur", "vi", "zh",
]  # fmt: skip
_stemmers = threading.local()  # a stemmer must not be used by two threads at the same time


def codes() -> list[str]:
    """These, and the languages of the site, which may be others."""
    return list(dict.fromkeys([*CODES, *dict(settings.LANGUAGES)]))


def interface_locale() -> Locale:
    """The CLDR locale of the interface's current language."""
    return cldr(get_language() or settings.LANGUAGE_CODE)


@cache
def cldr(code: str) -> Locale:
    """The CLDR locale of a language: of the territory in whose manner the site writes it, where it has chosen one."""
    locale, territory = Locale.parse(code, sep="-"), convention("TERRITORY", code)
    return locale if locale.territory or not territory else Locale(locale.language, territory, locale.script)


def convention(name: str, code: str | None = None) -> str:
    """What the file of a language (`iom/formats/<language>/formats.py`) says under that name; empty without it.

    Without `code`, of the interface's current language.
    """
    value = str(get_format(name, code))
    return "" if value == name else value  # as Django answers where no file says anything


def own_name(code: str) -> str:
    """The language's own name: `ar` → « العربية », `fr` → « Français »."""
    name = Locale.parse(code, sep="-").get_display_name() or code
    return name[:1].upper() + name[1:]


def name(code: str) -> str:
    """The language's name in the interface's language."""
    found = interface_locale().languages.get(code)
    if found is None and "-" in code:  # Portuguese as it is written in Brazil
        found = Locale.parse(code, sep="-").get_display_name(interface_locale())
    return found or code


def direction(code: str) -> str:
    """`rtl` or `ltr`, for the `dir` attribute."""
    return Locale.parse(code, sep="-").text_direction


def fold(word: str) -> str:
    """Without accents and in lower case, for sorting and comparing: « Égypte » stands before « Espagne »."""
    return string_to_ascii(word).casefold()


def stem_of(word: str, language: str) -> str:
    """As Snowball makes it; the word itself in a language that it does not know."""
    found: Callable[[str], str] | None = getattr(_stemmers, language, None)
    if found is None:
        try:
            found = Stemmer.Stemmer(language.split("-")[0]).stemWord
        except KeyError:
            found = str
        setattr(_stemmers, language, found)
    return found(word)


def choices() -> list[tuple[str, str]]:
    """Codes with their names in the interface's language, in the order of those names."""
    return list(_choices(get_language(), tuple(codes())))


@cache
def _choices(interface_language: str | None, found: tuple[str, ...]) -> list[tuple[str, str]]:
    """Cached: a form needs them for every block with a choice of languages."""
    return sorted(((code, name(code)) for code in found), key=lambda pair: fold(pair[1]))
