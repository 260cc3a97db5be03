"""Search picks: pages that editors recommend for certain queries (Wagtail's promoted search results)."""

from collections.abc import Iterable
from dataclasses import dataclass

from wagtail.contrib.search_promotions.models import SearchPromotion
from wagtail.models import Locale

from iom.listing.reading import shown
from iom.statements import Statement
from search.names import key_of


@dataclass(frozen=True)
class Pick:
    title: str
    url: str
    description: str
    page: int | None = None  # None for an external address


_promotions = Statement(
    lambda: SearchPromotion.objects.select_related("query", "page").order_by("query", "sort_order")
)


def picks(texts: Iterable[str], locale: Locale) -> list[Pick]:
    """Returns the picks whose query has the same stems as one of `texts`, in the editors' order.

    A page is recommended in the reader's language, whichever of its translations was chosen, and only if readers may
    see it. One query, and a second one if a page is recommended.
    """
    language = locale.language_code
    wanted = {key for key in (key_of(text, language) for text in texts) if key}
    chosen = [one for one in _promotions() if key_of(one.query.query_string, language) in wanted]
    keys = {one.page.translation_key for one in chosen if one.page}
    entries = (
        {entry.translation_key: entry for entry in shown(locale).filter(translation_key__in=keys)} if keys else {}
    )
    found = []
    for one in chosen:
        if one.page is None:
            found.append(Pick(one.external_link_text or one.external_link_url, one.external_link_url, one.description))
        elif entry := entries.get(one.page.translation_key):
            is_described = one.description and one.page.locale_id == locale.pk
            description = one.description if is_described else entry.summary
            found.append(Pick(entry.title, entry.url_path, description, entry.pk))
    return found
