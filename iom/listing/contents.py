"""The data that a page gives to the listing (`BasePage.get_listing_contents`)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date as date_type
from datetime import datetime

Facet = tuple[str, str]  # kind, scope, region, country, topic, year or office, and the value


@dataclass(frozen=True)
class Contents:
    """The data of a page for lists, besides title and address, and its facets.

    `date`: the sort key of lists; `shown_date`: the date that readers see. `countries`: ISO codes. `office` and
    `picture`: primary keys. Every page also has the facet `type`, the name of its model. The facet `year` is the year
    of `date` in the default time zone.
    """

    summary: str = ""
    kind: str = ""
    scope: str = ""
    place: str = ""
    office: int | None = None
    picture: int | None = None
    countries: Iterable[str] = ()
    date: datetime | None = None
    shown_date: datetime | None = None
    updated_at: datetime | None = None
    corrected_on: date_type | None = None
    in_footer: bool = False
    facets: frozenset[Facet] = field(default_factory=frozenset)
