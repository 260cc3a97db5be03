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
    """One line of at most 200 characters without control characters (a NUL byte is an error to PostgreSQL)."""
    return " ".join(_CONTROL.sub(" ", value).split())[:MAX_QUERY]


class Facet(NamedTuple):
    """A field of the forms that filter. `takes_several`: all values that are chosen count, else the last one."""

    label: Promise
    takes_several: bool = False


FACETS = {  # as addresses name them, in the order of the forms
    "kind": Facet(_("Type")),
    "scope": Facet(_("Scope")),
    "region": Facet(_("Region")),
    "country": Facet(_("Country"), takes_several=True),
    "topic": Facet(_("Topic"), takes_several=True),
    "year": Facet(_("Year")),
}


class Option(NamedTuple):
    """A value that can be chosen, as addresses have it and as readers do. `results`: their number, if it is known."""

    value: str
    label: str
    results: int | None


class Chip(NamedTuple):
    """A filter that has been chosen, and the query of the list without it."""

    label: str
    query: str


@dataclass(frozen=True)
class Filters:
    """What a reader has chosen: values by facet of the listing, topics by their slugs; and words. Nothing: all."""

    facets: dict[str, list[str]] = field(default_factory=dict)
    q: str = ""

    @property
    def active(self) -> bool:
        """Whether anything is filtered."""
        return self != Filters()

    @property
    def query(self) -> str | None:
        """The filters as a query; None with words that are searched for, which are endless.

        The page cache keeps nothing of those (`iom.core.wagtail_hooks.let_pages_be_kept`).
        """
        return None if self.q else urlencode(self.facets, doseq=True)

    def in_words(self, options: Mapping[str, Collection[Option]]) -> list[str]:
        """The filters in words; `options` has the label of each value, by facet."""
        words = [label for _facet, _value, label in self._named(options)]
        return words + ([self.quoted] if self.q else [])

    @property
    def quoted(self) -> str:
        """The words searched for, in quotation marks."""
        return pgettext("opening quotation mark", "“") + self.q + pgettext("closing quotation mark", "”")

    def _named(self, options: Mapping[str, Collection[Option]]) -> list[tuple[str, str, str]]:
        """Facet, value and label of each filter, in the order of the options; countries by their short names."""
        return [
            (facet, option.value, short_name(option.value) if facet == "country" else option.label)
            for facet, offered in options.items()
            for option in offered
            if option.value in self.facets.get(facet, ())
        ]

    def chips(self, parameters: QueryDict, options: Mapping[str, Collection[Option]]) -> list[Chip]:
        """Each filter with the query that removes it from `parameters`."""
        chosen = [*self._named(options), *([("q", parameters.get("q", ""), self.quoted)] if self.q else [])]
        return [chip(parameters, facet, value, label) for facet, value, label in chosen]


def chip(parameters: QueryDict, name: str, value: str, label: str) -> Chip:
    """The filter with this value in `parameters`, which leads to the first page without it."""
    others = parameters.copy()
    others.pop("page", None)
    others.setlist(name, [other for other in parameters.getlist(name) if other != value])
    return Chip(label, f"?{others.urlencode()}" if others.urlencode() else "")


def read(parameters: QueryDict, known: Mapping[str, Collection[str]]) -> Filters:
    """The filters among `parameters`; `known` has the existing values by facet. Of one value, the last counts."""
    found = {
        facet: [value for value in dict.fromkeys(parameters.getlist(facet)) if value in values]
        for facet, values in known.items()
    }
    several = [name for name, facet in FACETS.items() if facet.takes_several]
    facets = {facet: values if facet in several else values[-1:] for facet, values in found.items() if values}
    return Filters(facets, clean_text(parameters.get("q", "")))


def topics_in(
    query: QueryDict, here: Mapping[str, tuple[str, str]], there: Mapping[str, tuple[str, str]]
) -> QueryDict:
    """The query with the addresses that its topics have in another language, without those that have none there.

    `here`, `there`: the address and the name of each topic by its key, in either language.
    """
    keys = {slug: key for key, (slug, _name) in here.items()}
    slugs = ((slug, keys.get(slug)) for slug in query.getlist("topic"))
    found = [there[key][0] if key else slug for slug, key in slugs if not key or key in there]
    translated = query.copy()
    translated.setlist("topic", found)
    return translated


def asks_for_unknown(parameters: QueryDict, chosen: Filters) -> bool:
    """Whether `parameters` name a facet and none of its existing values; `chosen`: what has been read from them.

    A list then shows everything. Whoever has subscribed to one subject does not want a feed of everything.
    """
    return any(any(parameters.getlist(facet)) and facet not in chosen.facets for facet in FACETS)
