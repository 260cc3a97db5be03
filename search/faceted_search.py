"""Faceted search: the results of the search page, its filters, and the number of results for each value."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

from django.http import QueryDict
from django.utils.translation import pgettext_lazy
from wagtail.models import Locale

from iom.caching.version import cached_per_version
from iom.countries import REGION_NAMES, all_names
from iom.languages import fold
from iom.listing.reading import Selection
from iom.navigation.locales import locale_of
from search import engine, filters, names
from search.filters import FACETS, Chip
from search.fulltext import COUNTRY, NEWS, PAGE
from search.results import Results

SECTION_NAMES = {
    NEWS: pgettext_lazy("kind of result", "News"),
    PAGE: pgettext_lazy("kind of result", "Pages of the site"),
    COUNTRY: pgettext_lazy("kind of result", "Countries"),
}
Labels = dict[str, dict[str, tuple[str, str]]]  # facet → value → the value in addresses, and its label
Options = dict[str, list[filters.Option]]


@dataclass(frozen=True)
class FacetedResults:
    """The filters that a reader has chosen, the results that match them, and the options of each facet.

    The options have no counts if there are more results than the engine counts.
    """

    filters: filters.Filters
    results: Results
    options: Options

    @property
    def active(self) -> bool:
        return bool(self.filters.facets)

    @property
    def is_offered(self) -> bool:
        """Whether any facet has options."""
        return any(self.options.values())

    def chips(self, parameters: QueryDict) -> list[Chip]:
        """Returns each filter with the query that removes it from `parameters`. The search text is not a filter."""
        return replace(self.filters, q="").chips(parameters, self.options)


def search_with_facets(parameters: QueryDict, locale: Locale) -> FacetedResults:
    """Returns the results for `q` and the filters among the parameters."""
    everything = Selection(locale, {})
    labels = _labels(locale.pk, locale.language_code)
    values = {facet: [value for value, _label in found.values()] for facet, found in labels.items()}
    chosen = filters.read(parameters, values)
    wanted = {
        facet: [key for key, (value, _label) in labels[facet].items() if value in chosen_values]
        for facet, chosen_values in chosen.facets.items()
    }
    keys = {facet: found for facet, found in wanted.items() if facet != "section"}
    found = engine.search(locale.language_code, chosen.q)
    if found.is_capped:
        results = engine.search(locale.language_code, chosen.q, wanted) if wanted else found
        return FacetedResults(chosen, results, _options_without_counts(labels, everything.narrow(keys), keys))
    in_section = found.in_section(*wanted["section"]) if "section" in wanted else found
    selection = everything.narrow(keys, in_section.pages)
    sections = Counter(hit.section for hit in _with_facets(found, everything.narrow(keys, found.pages), keys).hits)
    options = {"section": _options(labels["section"], sections, wanted.get("section", []), 0)}
    for facet in FACETS:
        counts = _counts(facet, selection, in_section)
        options[facet] = _options(labels[facet], counts, keys.get(facet, []), len(in_section))
    return FacetedResults(chosen, _with_facets(in_section, selection, keys), options)


def query_in(language: str, query: QueryDict, locale: Locale) -> QueryDict:
    """Translates the query string of a search from the language of `locale` into another language."""
    codes = (locale.language_code, language)
    return filters.translate_topics(query, *(_labels(locale_of(code).pk, code)["topic"] for code in codes))


def _with_facets(found: Results, selection: Selection, keys: dict[str, list[str]]) -> Results:
    """Returns the results in the selection. A country page matches only a filter by country alone."""
    return found.among(selection.pages, keys.get("country", []) if len(keys) == 1 else []) if keys else found


def _counts(facet: str, selection: Selection, found: Results) -> Counter[str]:
    counts = Counter(selection.counts(facet))
    if facet == "country" and not any(values for other, values in selection.chosen.items() if other != facet):
        counts.update(hit.country for hit in found.hits if hit.country)
    return counts


@cached_per_version
def _labels(locale: int, language: str) -> Labels:
    found: Labels = {"section": {key: (key, str(label)) for key, label in SECTION_NAMES.items()}}
    found |= {facet: {} for facet in FACETS}
    for name in names.names(language):
        if name.facet[0] in FACETS:
            found[name.facet[0]][name.facet[1]] = (name.slug or name.facet[1], name.name)
    found["topic"] = _by_label(found["topic"])
    found["region"] = {value: (value, str(label)) for value, label in REGION_NAMES.items()}
    found["country"] = _countries(language)
    found["year"] = {year: (year, year) for year in sorted(Selection(locale, {}).counts("year"), reverse=True)}
    return found


@cache
def _countries(language: str) -> dict[str, tuple[str, str]]:
    return _by_label({code: (code, official) for code, (_short, official) in all_names(language).items()})


def _by_label(values: dict[str, tuple[str, str]]) -> dict[str, tuple[str, str]]:
    return dict(sorted(values.items(), key=lambda item: fold(item[1][1])))


def _options(
    labels: dict[str, tuple[str, str]], counts: Mapping[str, int], chosen: list[str], most: int
) -> list[filters.Option]:
    """Returns the values with results and the chosen values, or nothing if there is no choice between them."""
    found = [
        filters.Option(value, label, counts.get(key, 0))
        for key, (value, label) in labels.items()
        if key in counts or key in chosen
    ]
    return found if chosen or len(found) > 1 or any((option.results or 0) < most for option in found) else []


def _options_without_counts(labels: Labels, selection: Selection, chosen: Mapping[str, list[str]]) -> Options:
    there = {facet: {*selection.counts(facet), *chosen.get(facet, ())} for facet in FACETS}
    there["section"] = set(SECTION_NAMES)
    return {
        facet: [filters.Option(*named, None) for key, named in found.items() if key in there[facet]]
        for facet, found in labels.items()
    }
