"""The values of each facet with their names, and those that a reader has chosen."""

from collections.abc import Container, Mapping
from functools import cache

from django.http import QueryDict

from iom.countries import REGION_NAMES, all_names
from iom.languages import fold
from iom.listing.reading import Selection
from search import filters

Values = dict[str, tuple[str, str]]  # by value in the listing: the value in addresses, and its name
Options = dict[str, list[filters.Option]]  # by facet


def by_facet(selection: Selection, language: str, others: Mapping[str, Values]) -> dict[str, Values]:
    """Returns the values of each facet in this language, in the order of the forms. Years are those of the selection.

    `others`: the values of the facets whose values higher layers define, such as topics.
    """
    years = sorted(selection.counts("year"), reverse=True)
    values = {
        **others,
        "region": {value: (value, str(label)) for value, label in REGION_NAMES.items()},
        "country": _countries(language),
        "year": {year: (year, year) for year in years},
    }
    return {facet: values.get(facet, {}) for facet in filters.FACETS}


@cache
def _countries(language: str) -> Values:
    """Returns all countries. A filter by one without news is valid too, and finds nothing."""
    return sort_by_name({code: (code, official) for code, (_short, official) in all_names(language).items()})


def sort_by_name(values: Values) -> Values:
    return dict(sorted(values.items(), key=lambda item: fold(item[1][1])))


def read_chosen(parameters: QueryDict, values: Mapping[str, Values]) -> tuple[filters.Filters, dict[str, list[str]]]:
    """Returns the filters among the parameters, and the chosen values as they are in the listing, by facet."""
    in_addresses = {facet: [address for address, _name in found.values()] for facet, found in values.items()}
    chosen = filters.read(parameters, in_addresses)
    keys = {
        facet: [value for value, (address, _name) in values[facet].items() if address in addresses]
        for facet, addresses in chosen.facets.items()
    }
    return chosen, keys


def list_options(
    values: Values, counts: Mapping[str, int], chosen: Container[str], *, are_counted: bool = True
) -> list[filters.Option]:
    """Returns the values with results and the chosen values. Their results are not given unless `are_counted`."""
    return [
        filters.Option(address, name, counts.get(value, 0) if are_counted else None)
        for value, (address, name) in values.items()
        if value in counts or value in chosen
    ]


def translate_topics(query: QueryDict, here: Values, there: Values) -> QueryDict:
    """Replaces the topic slugs of a query by those of another language. Topics without a slug there are left out."""
    keys = {slug: key for key, (slug, _name) in here.items()}
    slugs = ((slug, keys.get(slug)) for slug in query.getlist("topic"))
    found = [there[key][0] if key else slug for slug, key in slugs if not key or key in there]
    translated = query.copy()
    translated.setlist("topic", found)
    return translated
