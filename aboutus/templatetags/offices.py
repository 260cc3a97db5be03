from typing import Any

from django import template
from django.db.models import QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import get_language

from aboutus.countries import listed_countries
from aboutus.models import WorkPage
from iom.caching.version import cached_per_version
from iom.contacts.models import Office
from iom.core.models import slug_of
from iom.countries import short_name
from iom.listing.reading import shown
from iom.names import interface_language
from iom.navigation.locales import locale_of

register = template.Library()


def _directory_urls() -> QuerySet[Any, Any]:
    """Returns a queryset with the address of the page that lists the countries, if there is one."""
    listing = WorkPage.objects.filter(lists_countries=True).values("pk")
    return shown().filter(pk__in=listing, locale__language_code=get_language()).values("url_path")


@cached_per_version
def _directory_url() -> str:
    found = _directory_urls().first()
    return found["url_path"] if found else ""


def _country_url(directory: str, code: str) -> str:
    return f"{directory}{slug_of(short_name(code))}/"


@register.simple_tag
def country_page(code: str) -> str:
    """Returns the address of the page of a country with an office or news; empty where no page lists them.

    One query.
    """
    directory = _directory_url()
    return _country_url(directory, code) if directory else ""


@register.simple_tag
def listed_country_page(code: str) -> str:
    """Returns the address of the page of any country; empty for one without an office and news, which has no page."""
    return country_page(code) if code in listed_countries(locale_of(interface_language())) else ""


@register.simple_tag
def main_offices() -> list[tuple[Office, str]]:
    """Returns headquarters, then the regional offices by city, each with the address of the page of its country.

    Empty where no page lists the countries. One query.
    """
    offices = Office.objects.filter(kind__in=(Office.Kind.HEADQUARTERS, Office.Kind.REGIONAL)).exclude(country="")
    city = Coalesce("local_name__city", "default_name__city")
    found = offices.order_by("kind", city).annotate(directory=Subquery(_directory_urls()[:1]))
    return [(office, _country_url(office.directory, str(office.country))) for office in found if office.directory]
