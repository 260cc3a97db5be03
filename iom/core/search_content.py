"""The content of a page as the search indexes it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from iom.listing.contents import Facet


@dataclass(frozen=True)
class SearchContent:
    """The text that readers see on a page, or on a route below its address, in the page's language.

    headings: the headings of its parts, and its description for search engines.
    names: of people and places.
    facets: facet values whose names also find the page. The hook `searched_names` gives these names at query time.
    route, country: of a page below the address. It exists while the country is listed.
    until: the last day on which the content is right.
    reference: the number by which readers quote the text. It does not find drafts.
    keywords: search terms that the page does not contain, separated by commas. Readers do not see them.
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
