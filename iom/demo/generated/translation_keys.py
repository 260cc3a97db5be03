"""The range of translation keys by which generated articles are recognized. No other text has such a key.

The key is a UUID of version 8 (RFC 9562: free for the application) with the article's number in its last 12 digits.
Wagtail indexes translation keys, and the tables of localize and of the translation desk contain them too. All rows of
generated articles are therefore found without an additional table, even after editors have changed them.
"""

from uuid import UUID

from django.db.models import QuerySet
from wagtail.models import Page

_PREFIX = "6d656173-7572-8000-8000-"  # “measur” in ASCII
FIRST, LAST = UUID(f"{_PREFIX}{'0' * 12}"), UUID(f"{_PREFIX}{'f' * 12}")


def key(number: int) -> UUID:
    """Returns the translation key of the article with that number."""
    return UUID(f"{_PREFIX}{number:012x}")


def pages() -> QuerySet[Page]:
    """Returns the pages of all generated articles, in all languages."""
    return Page.objects.filter(translation_key__range=(FIRST, LAST)).order_by()
