"""The newsroom content of a country's page: latest articles with their pictures, figures and documents, and feeds."""

from typing import Any, NamedTuple

from django.db.models import Count
from wagtail.blocks import StructValue

from iom.caching.version import cached_per_version
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
    """A block of key figures, and its article."""

    value: StructValue
    article: Entry


def dossier(locale: int, code: str) -> dict[str, Any]:
    """Returns the template context. `pictures` contains articles, no two with the same picture."""
    recent = latest(locale, "country", [code], _RECENT)
    by_picture: dict[int, Entry] = {}
    for article in recent:
        if article.picture_id:
            by_picture.setdefault(article.picture_id, article)
    address, title = feed_links.get_newsroom(locale) or ("", "")
    return {
        "news": recent[:NEWS],
        "pictures": list(by_picture.values())[:PICTURES],
        "figures": _figures(locale, code),
        "documents": _documents(locale, code)[:DOCUMENTS],
        "newsroom": address,
        "feeds": feed_links.get_links(address, f"?country={code}") if recent and address else [],
        "feed_title": feed_links.feed_title(title, [short_name(code)]),
    }


@cached_per_version
def _documents(locale: int, code: str) -> list[SiteDocument]:
    return documents_in([article.pk for article in latest(locale, "country", [code], _RECENT)])


@cached_per_version
def _figures(locale: int, code: str) -> Figures | None:
    """Returns the figures of the latest article about this country only. Others may count several countries."""
    recent = {article.pk: article for article in latest(locale, "country", [code], _RECENT)}
    countries = EntryFacet.objects.filter(entry__in=recent, facet="country").order_by().values("entry")
    single = {row["entry"] for row in countries.annotate(number=Count("value")) if row["number"] == 1}
    block = NewsArticle._meta.get_field("body").stream_block
    bodies = dict(NewsArticle.objects.filter(pk__in=single).order_by().values_list("pk", "body"))
    for key, article in recent.items():
        stored = [child for child in bodies[key].raw_data if child["type"] == "key_figures"] if key in bodies else []
        if stored:
            return Figures(block.to_python(stored[:1])[0].value, article)
    return None
