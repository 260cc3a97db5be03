"""What a page of a country has of the newsroom: its latest articles, their pictures and documents, and its feeds."""

from typing import Any

from iom.caching.version import kept
from iom.countries import short_name
from iom.listing.models import Entry
from iom.listing.reading import latest
from iom.media.models import SiteDocument
from newsroom import formats
from newsroom.press.contents import documents_in

NEWS = 5
PICTURES = 3
DOCUMENTS = 5
_RECENT = 12  # articles whose pictures and documents are shown


def dossier(locale: int, code: str) -> dict[str, Any]:
    """As the template of the page is given it; `pictures`: articles, no two of them with the same picture."""
    recent = latest(locale, "country", [code], _RECENT)
    by_picture: dict[int, Entry] = {}
    for article in recent:
        if article.picture_id:
            by_picture.setdefault(article.picture_id, article)
    address, title = formats.newsroom(locale) or ("", "")
    return {
        "news": recent[:NEWS],
        "pictures": list(by_picture.values())[:PICTURES],
        "documents": _documents(locale, code)[:DOCUMENTS],
        "newsroom": address,
        "feeds": formats.links(address, f"?country={code}") if recent and address else [],
        "feed_title": formats.feed_title(title, [short_name(code)]),
    }


@kept
def _documents(locale: int, code: str) -> list[SiteDocument]:
    return documents_in([article.pk for article in latest(locale, "country", [code], _RECENT)])
