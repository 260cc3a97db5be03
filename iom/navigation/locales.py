from wagtail.models import Locale

from iom.caching.version import kept


@kept
def locales() -> list[Locale]:
    """The records of all languages of the site, in the order of their codes."""
    return list(Locale.objects.all())


@kept
def locale_of(language: str) -> Locale:
    """The record of a language of the site."""
    return Locale.objects.get(language_code=language)
