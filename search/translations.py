"""The same documents in another language."""

from collections.abc import Sequence

from django.db.models import Q
from django.utils import timezone
from wagtail.models import Locale

from iom.listing.reading import shown
from search.fulltext import Hit
from search.models import Document


def translated(hits: Sequence[Hit], locale: Locale) -> list[Hit]:
    """The translations of these documents in a language, in their order; without those that it does not show.

    Two queries.
    """
    keys = dict(shown().filter(pk__in={hit.page for hit in hits}).values_list("pk", "translation_key"))
    pages = shown(locale).filter(translation_key__in=set(keys.values()))
    documents = Document.objects.filter(
        Q(until=None) | Q(until__gte=timezone.localdate()), page__in=pages.values("pk")
    )
    rows = documents.values_list("page__translation_key", "pk", "page", "country", "is_article")
    found = {
        (key, country): Hit(document, page, country, is_article) for key, document, page, country, is_article in rows
    }
    wanted = ((keys.get(hit.page), hit.country) for hit in hits)
    return [found[one] for one in wanted if one in found]
