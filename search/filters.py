"""The filters of lists and search, read from query parameters. Unknown values are ignored."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from iom.countries import short_name

MAX_QUERY = 200
_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")


def clean_text(value: str) -> str:
    """Returns one line of at most MAX_QUERY characters without control characters (PostgreSQL refuses NUL)."""
    return " ".join(_CONTROL.sub(" ", value).split())[:MAX_QUERY]


class Facet(NamedTuple):
    """A field of the filter forms. If `takes_several` is false, only the last chosen value counts."""

    label: Promise
    takes_several: bool = False


FACETS = {  # by query parameter, in the order of the forms
    "kind": Facet(_("Type")),
    "scope": Facet(_("Scope")),
    "region": Facet(_("Region")),
    "country": Facet(_("Country"), takes_several=True),
    "topic": Facet(_("Topic"), takes_several=True),
    "year": Facet(_("Year")),
}


class Option(NamedTuple):
    """A value of a facet, as it is in addresses, and its label. `results` is None if they are not counted."""

    value: str
    label: str
    results: int | None


class Chip(NamedTuple):
    """A chosen filter, and the query string of the list without it."""

    label: str
    query: str


@dataclass(frozen=True)
class Filters:
    """Chosen values by facet of the listing (topics by slug), and the search text `q`. Empty if nothing is chosen."""

    facets: dict[str, list[str]] = field(default_factory=dict)
    q: str = ""

    @property
    def active(self) -> bool:
        """Whether anything is filtered."""
        return self != Filters()

    @property
    def query(self) -> str | None:
        """The filters as a query string, or None with a search text.

        The number of search texts is unlimited, so the page cache stores no page with one
        (`iom.core.wagtail_hooks.mark_pages_as_cacheable`).
        """
        return None if self.q else urlencode(self.facets, doseq=True)

    def in_words(self, options: Mapping[str, Collection[Option]]) -> list[str]:
        """Returns the labels of the filters. `options` has the labels of the values, by facet."""
        words = [label for _facet, _value, label in self._named(options)]
        return words + ([self.quoted] if self.q else [])

    @property
    def quoted(self) -> str:
        """The search text in quotation marks."""
        return pgettext("opening quotation mark", "“") + self.q + pgettext("closing quotation mark", "”")

    def _named(self, options: Mapping[str, Collection[Option]]) -> list[tuple[str, str, str]]:
        """Returns facet, value and label of each filter, in the order of the options. Countries have short names."""
        return [
            (facet, option.value, short_name(option.value) if facet == "country" else option.label)
            for facet, offered in options.items()
            for option in offered
            if option.value in self.facets.get(facet, ())
        ]

    def chips(self, parameters: QueryDict, options: Mapping[str, Collection[Option]]) -> list[Chip]:
        """Returns each filter with the query string that removes it from `parameters`."""
        chosen = [*self._named(options), *([("q", parameters.get("q", ""), self.quoted)] if self.q else [])]
        return [chip(parameters, facet, value, label) for facet, value, label in chosen]


def chip(parameters: QueryDict, name: str, value: str, label: str) -> Chip:
    """Returns the chip of one value in `parameters`. Its query string leads to the first page without the value."""
    others = parameters.copy()
    others.pop("page", None)
    others.setlist(name, [other for other in parameters.getlist(name) if other != value])
    return Chip(label, f"?{others.urlencode()}" if others.urlencode() else "")


def read(parameters: QueryDict, existing: Mapping[str, Collection[str]]) -> Filters:
    """Returns the filters among `parameters`. `existing` has the existing values by facet."""
    found = {
        facet: [value for value in dict.fromkeys(parameters.getlist(facet)) if value in values]
        for facet, values in existing.items()
    }
    several = [name for name, facet in FACETS.items() if facet.takes_several]
    facets = {facet: values if facet in several else values[-1:] for facet, values in found.items() if values}
    return Filters(facets, clean_text(parameters.get("q", "")))


def has_only_unknown_values(parameters: QueryDict, chosen: Filters) -> bool:
    """Whether `parameters` have a facet with unknown values only. `chosen` is what `read` returned for them.

    A list then shows everything. A feed must not: its reader subscribed to one subject.
    """
    return any(any(parameters.getlist(facet)) and facet not in chosen.facets for facet in FACETS)
