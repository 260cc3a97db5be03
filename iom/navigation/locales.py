from wagtail.models import Locale

from iom.caching.version import kept


@kept
def locale_of(language: str) -> Locale:
    """The record of a language of the site."""
    return Locale.objects.get(language_code=language)
