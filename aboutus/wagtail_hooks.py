from wagtail import hooks

from aboutus.models import WorkPage
from iom.listing.reading import shown
from iom.maps.places import Place


@hooks.register("map_places")
def list_country_places(language: str) -> list[Place]:
    """Each country that has a page in `language`, with its address; none where no page lists countries."""
    pages = WorkPage.objects.filter(lists_countries=True, locale__language_code=language, pk__in=shown().values("pk"))
    page = pages.select_related("locale").defer_streamfields().first()
    if page is None:
        return []
    return [
        Place(country.code, country.name, f"{page.url_path}{country.slug}/", country.count)
        for country in page.directory.values()
    ]
