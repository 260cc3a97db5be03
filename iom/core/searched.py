"""What a page says of itself to search."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from iom.listing.contents import Facet


@dataclass(frozen=True)
class Searched:
    """What readers see of a page, or of one that it serves below its address, in the page's language.

    `headings`: of its parts, and its description for search engines. `names`: of people and places. `facets`: by whose
    names it is also found, which the hook `searched_names` says when someone searches. `route` and `country`: of a
    page below the address, which exists where the country is listed. `until`: after that day it is no longer right.
    `reference`: the number by which readers quote it; drafts are not found by it. `keywords`: what readers call it and
    it does not say, separated by commas; they do not see it.
    """

    title: str
    summary: str = ""
    text: str = ""
    headings: Iterable[str] = ()
    names: Iterable[str] = ()
    facets: Iterable[Facet] = ()
    route: str = ""
    country: str = ""
    until: date | None = None
    reference: str = ""
    keywords: str = ""
