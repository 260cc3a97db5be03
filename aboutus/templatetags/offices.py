from dataclasses import dataclass

from django import template
from django.db.models import Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import get_language
from django_countries import countries

from aboutus.models import WorkPage
from iom.contacts.models import Office
from iom.core.models import slug_of
from iom.navigation.visibility import visible

register = template.Library()


@dataclass(frozen=True)
class OfficeLink:
    """An office by its city, with the page of its country. `note`: its kind, unless it is a regional office.

    `language`: of the name of the city, which has none in some languages.
    """

    city: str
    language: str
    note: str
    url: str


@register.simple_tag
def main_offices() -> list[OfficeLink]:
    """Headquarters, then the regional offices by city, in one query; empty where no page lists countries."""
    language = get_language()
    pages = visible(WorkPage.objects.filter(lists_countries=True, locale__language_code=language))
    offices = Office.objects.filter(kind__in=(Office.Kind.HEADQUARTERS, Office.Kind.REGIONAL)).exclude(country="")
    city = Coalesce("local_name__city", "default_name__city")
    found = offices.order_by("kind", city).annotate(directory=Subquery(pages.values("url_path")[:1]))
    return [
        OfficeLink(
            city=office.city or office.name,
            language=office.shown_name.language if office.shown_name else "",
            note=str(office.get_kind_display()) if office.kind == Office.Kind.HEADQUARTERS else "",
            url=f"{office.directory}{slug_of(countries.name(str(office.country)))}/",
        )
        for office in found
        if office.directory
    ]
