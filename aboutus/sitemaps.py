"""The sitemap section of country pages, which are sub-routes of a page."""

from collections import defaultdict
from collections.abc import Iterator

from aboutus.models import WorkPage
from iom.seo.sitemaps import Address, alternates


def country_addresses() -> Iterator[Address]:
    """Yields the addresses of countries in each language. One query for the pages, and one for each language."""
    countries: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for page in WorkPage.with_countries():
        for country in page.directory.values():
            countries[country.code].append((page.locale.language_code, f"{page.url_path}{country.slug}/"))
    for texts in countries.values():
        for _language, path in texts:
            yield Address(path, alternates(texts))
