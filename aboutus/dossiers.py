"""What a page of a country has of the newsroom: its latest articles, their pictures, figures and documents, and its
feeds."""

from typing import Any, NamedTuple

from django.db.models import Count
from wagtail.blocks import StructValue

from iom.caching.version import kept
from iom.countries import short_name
from iom.listing.models import Entry, EntryFacet
from iom.listing.reading import latest
from iom.media.models import SiteDocument
from newsroom import feed_links
from newsroom.models import NewsArticle
from newsroom.press.contents import documents_in

NEWS = 5
PICTURES = 3
DOCUMENTS = 5
_RECENT = 12  # articles whose pictures, figures and documents are shown


class Figures(NamedTuple):
    """A block of figures, and the article from which they are."""

    value: StructValue
    article: Entry


def dossier(locale: int, code: str) -> dict[str, Any]:
    """As the template of the page is given it; `pictures`: articles, no two of them with the same picture."""
    recent = latest(locale, "country", [code], _RECENT)
    by_picture: dict[int, Entry] = {}
    for article in recent:
        if article.picture_id:
            by_picture.setdefault(article.picture_id, article)
    address, title = feed_links.newsroom(locale) or ("", "")
    return {
        "news": recent[:NEWS],
        "pictures": list(by_picture.values())[:PICTURES],
        "figures": _figures(locale, code),
        "documents": _documents(locale, code)[:DOCUMENTS],
        "newsroom": address,
        "feeds": feed_links.links(address, f"?country={code}") if recent and address else [],
        "feed_title": feed_links.feed_title(title, [short_name(code)]),
    }


@kept
def _documents(locale: int, code: str) -> list[SiteDocument]:
    return documents_in([article.pk for article in latest(locale, "country", [code], _RECENT)])


@kept
def _figures(locale: int, code: str) -> Figures | None:
    """Those of the latest article that is about this country alone: of others nobody knows what they count."""
    recent = {article.pk: article for article in latest(locale, "country", [code], _RECENT)}
    countries = EntryFacet.objects.filter(entry__in=recent, facet="country").order_by().values("entry")
    alone = {row["entry"] for row in countries.annotate(number=Count("value")) if row["number"] == 1}
    block = NewsArticle._meta.get_field("body").stream_block
    bodies = dict(NewsArticle.objects.filter(pk__in=alone).order_by().values_list("pk", "body"))
    for key, article in recent.items():
        stored = [child for child in bodies[key].raw_data if child["type"] == "key_figures"] if key in bodies else []
        if stored:
            return Figures(block.to_python(stored[:1])[0].value, article)
    return None
