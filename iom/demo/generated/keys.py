"""By what generated articles are known: a range of translation keys, which nobody sees and no other text has.

The key is a UUID of version 8 (RFC 9562: free for the application) with the article's number in its last 12 digits.
Wagtail indexes translation keys, and the tables of localize and of the translation desk have them too: all that
belongs to generated articles is found without a table of its own, and whatever an editor has made of them since.
"""

from uuid import UUID

from django.db.models import QuerySet
from wagtail.models import Page

_PREFIX = "6d656173-7572-8000-8000-"  # « measur » in ASCII
FIRST, LAST = UUID(f"{_PREFIX}{'0' * 12}"), UUID(f"{_PREFIX}{'f' * 12}")


def key(number: int) -> UUID:
    """The translation key of the article of that number."""
    return UUID(f"{_PREFIX}{number:012x}")


def pages() -> QuerySet[Page]:
    """The pages of all generated articles, in all languages."""
    return Page.objects.filter(translation_key__range=(FIRST, LAST)).order_by()
