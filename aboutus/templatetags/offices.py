from django import template
from django.db.models.functions import Coalesce
from django.utils.translation import get_language

from aboutus.models import WorkPage
from iom.caching.version import kept
from iom.contacts.models import Office
from iom.core.models import slug_of
from iom.countries import short_name
from iom.listing.reading import shown

register = template.Library()


@kept
def _directory() -> str:
    """The address of the page that lists the countries; empty where there is none."""
    listing = WorkPage.objects.filter(lists_countries=True).values("pk")
    found = shown().filter(pk__in=listing, locale__language_code=get_language())
    return found.values_list("url_path", flat=True).first() or ""


def _below(directory: str, code: str) -> str:
    return f"{directory}{slug_of(short_name(code))}/" if directory else ""


@register.simple_tag
def country_page(code: str) -> str:
    """The address of the page of a country that has an office or news; empty where no page lists them. One query."""
    return _below(_directory(), code)


@register.simple_tag
def main_offices() -> list[tuple[Office, str]]:
    """Headquarters, then the regional offices by city, each with the address of the page of its country.

    Two queries. Empty where no page lists countries.
    """
    directory = _directory()
    offices = Office.objects.filter(kind__in=(Office.Kind.HEADQUARTERS, Office.Kind.REGIONAL)).exclude(country="")
    by_city = offices.order_by("kind", Coalesce("local_name__city", "default_name__city"))
    return [(office, _below(directory, str(office.country))) for office in by_city] if directory else []
