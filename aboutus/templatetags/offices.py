from typing import Any

from django import template
from django.db.models import QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import get_language

from aboutus.models import WorkPage
from iom.caching.version import kept
from iom.contacts.models import Office
from iom.core.models import slug_of
from iom.countries import short_name
from iom.listing.reading import shown

register = template.Library()


def _directories() -> QuerySet[Any, Any]:
    """The address of the page that lists the countries; none where there is no such page."""
    listing = WorkPage.objects.filter(lists_countries=True).values("pk")
    return shown().filter(pk__in=listing, locale__language_code=get_language()).values("url_path")


@kept
def _directory() -> str:
    found = _directories().first()
    return found["url_path"] if found else ""


def _below(directory: str, code: str) -> str:
    return f"{directory}{slug_of(short_name(code))}/"


@register.simple_tag
def country_page(code: str) -> str:
    """The address of the page of a country that has an office or news; empty where no page lists them. One query."""
    directory = _directory()
    return _below(directory, code) if directory else ""


@register.simple_tag
def main_offices() -> list[tuple[Office, str]]:
    """Headquarters, then the regional offices by city, each with the address of the page of its country.

    One query. Empty where no page lists countries.
    """
    offices = Office.objects.filter(kind__in=(Office.Kind.HEADQUARTERS, Office.Kind.REGIONAL)).exclude(country="")
    city = Coalesce("local_name__city", "default_name__city")
    found = offices.order_by("kind", city).annotate(directory=Subquery(_directories()[:1]))
    return [(office, _below(office.directory, str(office.country))) for office in found if office.directory]
