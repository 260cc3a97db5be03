"""The full-text query that lists and the search page share."""

import re
from typing import Any

from django.db.models import QuerySet

MOST = 500  # results beyond this are not counted: nobody reads them
MOST_WORDS = 12  # of a query; what follows them is left out
_WORD = re.compile(r"\w+")


def ranked(pages: QuerySet[Any], text: str) -> list[int]:
    """The primary keys of those of `pages` that hold every word of `text`; at most 500.

    Those with all words in their titles come first, the newest first. The backend's own order compares every match
    with every other on SQLite. Only words reach it: to SQLite's, a stray quotation mark is a syntax error.
    """
    words = " ".join(_WORD.findall(text)[:MOST_WORDS])
    found: dict[int, None] = {}
    keys: Any = pages.order_by().only("pk")
    for fields in (["title"], None) if words else ():
        matches = keys.search(words, fields=fields, order_by_relevance=False)
        found |= dict.fromkeys(page.pk for page in matches[:MOST])
    return list(found)[:MOST]
