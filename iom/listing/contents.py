"""What a page says of itself to lists."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date as date_type
from datetime import datetime

Facet = tuple[str, str]  # kind, scope, region, country, topic, year or office, and the value


@dataclass(frozen=True)
class Contents:
    """What lists show of a page besides its title and address, and the facets by which they find it.

    `date`: by which lists order pages; `shown_date`: the one that readers see. `countries`: ISO codes. `office`,
    `picture`: keys. Every page has the facet `type` besides: the name of its model.
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
