"""The pages of countries, which are sub-routes of a page."""

from collections import defaultdict
from typing import Any

from aboutus.models import WorkPage
from iom.listing.reading import shown
from iom.seo.sitemaps import PageSitemap


class CountrySitemap(PageSitemap):
    """Every country in every language that has it; one query for each language."""

    def items(self) -> list[dict[str, Any]]:
        pages = (
            WorkPage.objects.filter(lists_countries=True, pk__in=shown().values("pk"))
            .select_related("locale")
            .defer_streamfields()
        )
        countries: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for page in pages.order_by("pk"):
            for country in page.directory.values():
                row = {
                    "pk": page.pk,
                    "url_path": f"{page.url_path}{country.slug}/",
                    "depth": page.depth + 1,
                    "locale__language_code": page.locale.language_code,
                    "last_published_at": None,
                }
                countries[country.code].append(row)
        return [row | {"translations": same} for same in countries.values() for row in same]
