from django.conf import settings
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from wagtail.models import Locale

from iom.caching.version import cached_per_version


def site_locales() -> QuerySet[Locale]:
    """Returns the locales of the site: the languages of the settings that have been added.

    The database keeps the locales and pages of languages that have been removed from the settings.
    """
    return Locale.objects.filter(language_code__in=dict(settings.LANGUAGES))


@cached_per_version
def locales() -> list[Locale]:
    """Returns the locales of the site in the order of their codes, cached."""
    return list(site_locales())


def former_locales() -> QuerySet[Locale]:
    """Returns the locales of languages that have been removed from the settings."""
    return Locale.objects.exclude(language_code__in=dict(settings.LANGUAGES))


@cached_per_version
def locale_of(language: str) -> Locale:
    """Returns the locale of a language code. Raises Http404 if the language has not been added yet."""
    return get_object_or_404(Locale, language_code=language)
