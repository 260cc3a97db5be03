from django import template
from django.db.models import Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import get_language

from aboutus.models import WorkPage
from iom.contacts.models import Office
from iom.core.models import slug_of
from iom.countries import short_name
from iom.listing.reading import shown

register = template.Library()


@register.simple_tag
def main_offices() -> list[tuple[Office, str]]:
    """Headquarters, then the regional offices by city, each with the address of the page of its country.

    One query. Empty where no page lists countries.
    """
    listing = WorkPage.objects.filter(lists_countries=True).values("pk")
    pages = shown().filter(pk__in=listing, locale__language_code=get_language())
    offices = Office.objects.filter(kind__in=(Office.Kind.HEADQUARTERS, Office.Kind.REGIONAL)).exclude(country="")
    city = Coalesce("local_name__city", "default_name__city")
    found = offices.order_by("kind", city).annotate(directory=Subquery(pages.values("url_path")[:1]))
    return [
        (office, f"{office.directory}{slug_of(short_name(str(office.country)))}/")
        for office in found
        if office.directory
    ]
