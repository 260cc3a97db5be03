"""The full-text query of lists and of the search page."""

import re
from typing import Any

from django.db.models import QuerySet
from wagtail.models import Page

MOST = 500  # results; nobody reads more
MOST_WORDS = 12  # of a query; the rest is ignored
_WORD = re.compile(r"\w+")


def ranked(pages: QuerySet[Page], text: str) -> list[int]:
    """The primary keys of those of `pages` that contain every word of `text`; at most 500.

    Pages with all words in their titles come first, each group from the newest. The backend's own ranking is slow on
    SQLite. It gets only words: a stray quotation mark is a syntax error in SQLite.
    """
    words = " ".join(_WORD.findall(text)[:MOST_WORDS])
    found: dict[int, None] = {}
    keys: Any = pages.order_by().only("pk")
    for fields in (["title"], None) if words else ():
        matches = keys.search(words, fields=fields, order_by_relevance=False)
        found |= dict.fromkeys(page.pk for page in matches[:MOST])
    return list(found)[:MOST]
