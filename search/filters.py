"""The filters of lists and search, read from query parameters. Unknown values are ignored."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.translation import pgettext

from iom.countries import REGION_NAMES, REGIONS

MAX_QUERY = 200
_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")


def clean_text(value: str) -> str:
    """One line of at most 200 characters without control characters (a NUL byte is an error to PostgreSQL)."""
    return " ".join(_CONTROL.sub(" ", value).split())[:MAX_QUERY]


@dataclass(frozen=True)
class Filters:
    """The filters that a reader has chosen. Empty values filter nothing."""

    kind: str = ""
    scope: str = ""
    region: str = ""
    countries: list[str] = field(default_factory=list)
    topics: list[str] = field(default_factory=list)
    year: int | None = None
    q: str = ""

    @property
    def active(self) -> bool:
        """Whether anything is filtered."""
        return self != Filters()

    def in_words(self, options: Mapping[str, Collection[tuple[Any, str]]]) -> list[str]:
        """The filters in words; `options` has the label of each value, by parameter."""
        chosen: dict[str, list[Any]] = {
            "kind": [self.kind],
            "scope": [self.scope],
            "country": self.countries,
            "topic": self.topics,
            "year": [self.year],
        }
        words = [label for name, values in chosen.items() for value, label in options[name] if value in values]
        words += [str(REGION_NAMES[self.region])] if self.region else []
        opening, closing = pgettext("opening quotation mark", "“"), pgettext("closing quotation mark", "”")
        return words + ([opening + self.q + closing] if self.q else [])


def read(parameters: QueryDict, known: Mapping[str, Collection[Any]]) -> Filters:
    """The filters among `parameters`.

    `known` has the existing values by parameter: `kind`, `scope`, `country`, `topic` (strings), `year` (integers).
    """

    def one(name: str, values: Collection[Any]) -> str:
        value = parameters.get(name, "")
        return value if value in values else ""

    year = parameters.get("year", "")
    return Filters(
        kind=one("kind", known["kind"]),
        scope=one("scope", known["scope"]),
        region=one("region", REGIONS),
        countries=[code for code in dict.fromkeys(parameters.getlist("country")) if code in known["country"]],
        topics=[slug for slug in dict.fromkeys(parameters.getlist("topic")) if slug in known["topic"]],
        year=int(year) if re.fullmatch(r"[0-9]{4}", year) and int(year) in known["year"] else None,
        q=clean_text(parameters.get("q", "")),
    )
