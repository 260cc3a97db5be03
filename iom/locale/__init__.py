"""The site's catalogues, and what is shown where one lacks a message."""

from django.utils.translation import get_language
from django_countries import no_translation_fallback


def own_words(message: object) -> str:
    """A lazy message in the interface's language; empty where Django would fall back to the default language.

    English needs no catalogue: messages are written in it.
    """
    if (get_language() or "").startswith("en"):
        return str(message)
    with no_translation_fallback():
        return str(message)
