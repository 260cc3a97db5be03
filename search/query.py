"""The full-text query that lists and the search page share."""

import re
from typing import Any

from django.db.models import QuerySet

MOST = 500  # results beyond this are not counted: nobody reads them, and ranking them costs
_WORD = re.compile(r"\w+")


def ranked(pages: QuerySet[Any], text: str) -> list[int]:
    """The primary keys of those of `pages` that hold every word of `text`, best first; at most 500.

    Only words reach the search backend: to SQLite's, a stray quotation mark is a syntax error.
    """
    words = " ".join(_WORD.findall(text))
    return [page.pk for page in pages.search(words)[:MOST]] if words else []  # type: ignore[attr-defined]
