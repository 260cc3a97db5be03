"""The pages of corrections, which are sub-routes of the newsroom."""

from collections.abc import Iterator

from django.utils.translation import override

from iom.listing.reading import is_listed
from iom.seo.sitemaps import Address, alternates
from newsroom.models import NewsIndex, corrected


def correction_addresses() -> Iterator[Address]:
    """One in each language that has a newsroom."""
    texts = []
    for newsroom in NewsIndex.objects.filter(is_listed()).select_related("locale").order_by("pk"):
        with override(newsroom.locale.language_code):
            texts.append((newsroom.locale.language_code, f"{newsroom.url_path}{corrected.route()}"))
    for _language, path in texts:
        yield Address(path, alternates(texts))
