"""The full-text query that lists and the search page share."""

import re
from typing import Any

from django.db.models import QuerySet

MOST = 500  # results beyond this are not counted: nobody reads them, and ranking them costs
LIKELY = 20  # of which the first few that a visitor may see are shown
SHORTEST = 4  # letters: shorter words tell nothing of what was meant
_WORD = re.compile(r"\w+")


def ranked(pages: QuerySet[Any], text: str) -> list[int]:
    """The primary keys of those of `pages` that hold every word of `text`, best first; at most 500.

    Only words reach the search backend: to SQLite's, a stray quotation mark is a syntax error.
    """
    words = " ".join(_WORD.findall(text))
    return [page.pk for page in pages.search(words)[:MOST]] if words else []  # type: ignore[attr-defined]


def likely(pages: QuerySet[Any], address: str) -> list[int]:
    """The primary keys of the few of `pages` that a mistyped or outdated address may have meant, best first.

    Its last part tells most: `canada-refugies-syriens` finds what has any of the three words in its title.
    """
    last = address.strip("/").rpartition("/")[2]
    words = " ".join(word for word in _WORD.findall(last.replace("-", " "))[:10] if len(word) >= SHORTEST)
    return [page.pk for page in pages.search(words, fields=["title"], operator="or")[:LIKELY]] if words else []  # type: ignore[attr-defined]
