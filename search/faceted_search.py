"""Faceted search: the results of the search page, its filters, and the number of results for each value."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.http import QueryDict
from django.utils.translation import pgettext_lazy
from wagtail.models import Locale

from iom.caching.version import cached_per_version
from iom.listing.reading import Selection
from iom.navigation.locales import locale_of
from search import engine, facet_values, filters, names
from search.facet_values import Options, Values
from search.filters import FACETS, Chip
from search.fulltext import COUNTRY, NEWS, PAGE
from search.results import Results

SECTION_NAMES = {
    NEWS: pgettext_lazy("kind of result", "News"),
    PAGE: pgettext_lazy("kind of result", "Pages of the site"),
    COUNTRY: pgettext_lazy("kind of result", "Countries"),
}


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
    values = _values(locale.pk, locale.language_code)
    chosen, wanted = facet_values.read_chosen(parameters, values)
    keys = {facet: found for facet, found in wanted.items() if facet != "section"}
    found = engine.search(locale.language_code, chosen.q)
    if found.is_capped:
        results = engine.search(locale.language_code, chosen.q, wanted) if wanted else found
        return FacetedResults(chosen, results, _options_without_counts(values, everything.narrow(keys), keys))
    in_section = found.in_section(*wanted["section"]) if "section" in wanted else found
    selection = everything.narrow(keys, in_section.pages)
    sections = Counter(hit.section for hit in _with_facets(found, everything.narrow(keys, found.pages), keys).hits)
    options = {"section": _options(values["section"], sections, wanted.get("section", []), 0)}
    for facet in FACETS:
        counts = _counts(facet, selection, in_section)
        options[facet] = _options(values[facet], counts, keys.get(facet, []), len(in_section))
    return FacetedResults(chosen, _with_facets(in_section, selection, keys), options)


def query_in(language: str, query: QueryDict, locale: Locale) -> QueryDict:
    """Translates the query string of a search from the language of `locale` into another language."""
    codes = (locale.language_code, language)
    return facet_values.translate_topics(query, *(_values(locale_of(code).pk, code)["topic"] for code in codes))


def _with_facets(found: Results, selection: Selection, keys: dict[str, list[str]]) -> Results:
    """Returns the results in the selection. A country page matches only a filter by country alone."""
    return found.among(selection.pages, keys.get("country", []) if len(keys) == 1 else []) if keys else found


def _counts(facet: str, selection: Selection, found: Results) -> Counter[str]:
    counts = Counter(selection.counts(facet))
    if facet == "country" and not any(values for other, values in selection.chosen.items() if other != facet):
        counts.update(hit.country for hit in found.hits if hit.country)
    return counts


@cached_per_version
def _values(locale: int, language: str) -> dict[str, Values]:
    """Returns the values of each facet, and the sections. The hook `searched_names` names those of records."""
    named: dict[str, Values] = defaultdict(dict)
    for name in names.names(language):
        facet, value = name.facet
        named[facet][value] = (name.slug or value, name.name)
    everything = Selection(locale, {})
    listed = everything.counts("topic")  # the name of another topic may not be public yet
    named["topic"] = facet_values.sort_by_name({key: one for key, one in named["topic"].items() if key in listed})
    sections = {value: (value, str(label)) for value, label in SECTION_NAMES.items()}
    return {"section": sections, **facet_values.by_facet(everything, language, named)}


def _options(values: Values, counts: Mapping[str, int], chosen: list[str], most: int) -> list[filters.Option]:
    """Returns the values with results and the chosen values, or nothing if there is no choice between them."""
    found = facet_values.list_options(values, counts, chosen)
    return found if chosen or len(found) > 1 or any((option.results or 0) < most for option in found) else []


def _options_without_counts(
    values: Mapping[str, Values], selection: Selection, chosen: Mapping[str, list[str]]
) -> Options:
    counts = {facet: selection.counts(facet) for facet in FACETS} | {"section": dict.fromkeys(SECTION_NAMES, 0)}
    return {
        facet: facet_values.list_options(found, counts[facet], chosen.get(facet, ()), are_counted=False)
        for facet, found in values.items()
    }
