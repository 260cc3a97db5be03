"""The sitemap entries of the pages of corrections, which are sub-routes of the newsroom."""

from collections.abc import Iterator

from iom.listing.reading import is_listed
from iom.seo.sitemaps import Address, alternates
from newsroom.models import NewsIndex, corrected_articles


def correction_addresses() -> Iterator[Address]:
    """Yields the page of corrections of each language that has a public newsroom."""
    texts = []
    for newsroom in NewsIndex.objects.filter(is_listed()).select_related("locale").order_by("pk"):
        language = newsroom.locale.language_code
        texts.append((language, newsroom.url_path + corrected_articles.corrections_route(language)))
    for _language, path in texts:
        yield Address(path, alternates(texts))
