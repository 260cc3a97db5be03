"""Saving many pages at once: what follows from each save is done once, when all are saved."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.models.signals import post_save
from modelsearch.signal_handlers import post_save_signal_handler
from wagtail.models import ReferenceIndex
from wagtail.search.backends import get_search_backends
from wagtail.signal_handlers import disable_reference_index_auto_update

from newsroom.models import NewsArticle


@contextmanager
def indexed_together() -> Iterator[None]:
    """Within it the articles that are saved come into the search index and the index of references at its end.

    A draft and its revision are two saves, each of which would write both indexes. Where it ends by an error, nothing
    is indexed: its transaction is undone. Other processes are not touched.
    """
    saved: set[int] = set()

    def remember(instance: Any, **kwargs: Any) -> None:
        saved.add(instance.pk)

    post_save.disconnect(post_save_signal_handler, sender=NewsArticle)
    post_save.connect(remember, sender=NewsArticle)
    try:
        with disable_reference_index_auto_update():
            yield
    finally:
        post_save.disconnect(remember, sender=NewsArticle)
        post_save.connect(post_save_signal_handler, sender=NewsArticle)
    _index(saved)


def _index(pks: set[int]) -> None:
    articles = list(NewsArticle.objects.filter(pk__in=pks))
    for article in articles:
        ReferenceIndex.create_or_update_for_object(article)
    for backend in get_search_backends(with_auto_update=True):
        backend.add_bulk(NewsArticle, articles)
