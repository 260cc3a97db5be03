"""What maps show of the countries in which we work."""

from aboutus.models import WorkPage
from iom.maps.places import Place
from iom.navigation.visibility import visible


def country_places(language: str) -> list[Place]:
    """Each country that has a page in `language`, with the address of that page; none where no page lists them."""
    pages = visible(WorkPage.objects.filter(lists_countries=True, locale__language_code=language))
    page = pages.select_related("locale").defer_streamfields().first()
    if page is None:
        return []
    return [
        Place(country.code, country.name, f"{page.url_path}{country.slug}/", country.count)
        for country in page.directory.values()
    ]
