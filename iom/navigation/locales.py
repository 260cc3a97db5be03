from django.conf import settings
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from wagtail.models import Locale

from iom.caching.version import kept


def site_locales() -> QuerySet[Locale]:
    """The records of all languages of the site: those of the settings that have been added to it.

    The database keeps those that have been taken out of the settings, with their pages.
    """
    return Locale.objects.filter(language_code__in=dict(settings.LANGUAGES))


@kept
def locales() -> list[Locale]:
    """The same, in the order of their codes."""
    return list(site_locales())


def former_locales() -> QuerySet[Locale]:
    """The records of those that have been taken out of the settings."""
    return Locale.objects.exclude(language_code__in=dict(settings.LANGUAGES))


@kept
def locale_of(language: str) -> Locale:
    """The record of a language of the site. Raises Http404 for one that has not been added yet."""
    return get_object_or_404(Locale, language_code=language)
