"""The search backend of the admin: Wagtail's, without the weight of short titles.

At each save, Wagtail's backend reads the titles of all indexed objects to give more weight to words in short titles.
With 100,000 articles, this takes longer than the rest of a publication. Here all titles have the same weight.
"""

from functools import cache
from typing import Any

from modelsearch.backends import database
from modelsearch.backends.base import BaseIndex, BaseSearchBackend


def SearchBackend(params: dict[str, Any]) -> BaseSearchBackend:  # noqa: N802 (the name that modelsearch requires)
    """The backend for the database of the site."""
    backend = database.SearchBackend(params)
    backend.index_class = _disable_title_norms(backend.index_class)
    return backend


@cache
def _disable_title_norms(index: type[BaseIndex]) -> type[BaseIndex]:
    return type(index.__name__, (index,), {"_refresh_title_norms": lambda self, full=False: None})
