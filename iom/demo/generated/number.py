"""How many generated articles there are: the number that is asked for, and nothing else is left of another."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, time, timedelta
from itertools import islice

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, ReferenceIndex, Revision, WorkflowState
from wagtail.search.models import IndexEntry
from wagtail_localize.models import TranslatableObject

from iom.demo import content
from iom.demo.generated import articles, keys, records, work
from iom.demo.generated.erase import erase, of_keys
from iom.demo.generated.story import Story
from iom.listing import writing
from iom.publishing import jobs, locking, statistics
from iom.publishing.models import Job
from iom.withdrawal.models import Withdrawal
from newsroom.models import NewsArticle, NewsIndex, PressArchive, Reference
from search import drafts, fulltext, index

YEARS = timedelta(days=12 * 365)
_FIRST = 500  # articles; then as many as there are, again and again
_NEW_OBJECTS = 50_000  # after which the objects that refer to each other are looked for
_CACHE = 1_000_000  # KiB: of 100,000 articles SQLite would read its indexes fifty times, were it to keep 2 MB of them


def adjust(number: int, people: articles.People) -> None:
    """Makes or removes articles until there are `number` in each language, and what their author works on.

    Another number means other dates, so those that are there are replaced.
    """
    has_work = number > 0 and people.author is not None
    pages = number * len(content.LANGUAGES) + (work.number_of_pages(number) if has_work else 0)
    if keys.pages().count() == pages:
        return
    remove()
    indexes = [_index(language) for language in content.LANGUAGES]
    with _seldom_collected(), _cached():
        if number:
            writer, known, today = articles.Writer(indexes, people), records.load(), _today()
            end = today - work.RECENT if has_work else today
            stories = (Story(place, end - YEARS * (number - 1 - place) / number, known) for place in range(number))
            written = 0
            while written < number:
                more = max(written, _FIRST)
                writer.write(islice(stories, more))
                written += more
                # Or PostgreSQL, which has seen a small table, goes on to read all of it to check each foreign key
                _gather_statistics()
            if has_work:
                work.write(writer, number, today, known)
        _gather_statistics()
        with fulltext.written_in_bulk():
            writing.rebuild()  # search writes its documents of the pages that are new there
        drafts.rebuild()
        _gather_statistics()
        if not number:
            index.rebuild()  # without their words


@contextmanager
def _seldom_collected() -> Iterator[None]:
    """A fifth of the time is spent on looking for garbage among the thousands of objects of each transaction."""
    usual = gc.get_threshold()
    gc.set_threshold(_NEW_OBJECTS, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)


@contextmanager
def _cached() -> Iterator[None]:
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        usual = cursor.execute("PRAGMA cache_size").fetchone()[0]
        cursor.execute(f"PRAGMA cache_size = -{_CACHE}")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA cache_size = {usual}")


def _gather_statistics() -> None:
    """As the scheduler does on SQLite, and the server of PostgreSQL by itself."""
    statistics.gather()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


@transaction.atomic
def remove() -> None:
    """Removes all generated articles, and all that refers to them."""
    pages = keys.pages()
    if not pages.exists():
        return
    locking.lock_tree()
    for archive in PressArchive.objects.filter(article__in=pages.values("pk")):
        archive.delete()  # with its file
    of_pages = {"base_content_type": ContentType.objects.get_for_model(Page)}
    for model in (Revision, WorkflowState):
        erase(of_keys(model, "object_id", pages).filter(**of_pages))
    of_articles = ContentType.objects.get_for_models(Page, NewsArticle).values()
    erase(of_keys(ReferenceIndex, "object_id", pages).filter(base_content_type__in=of_articles))
    erase(of_keys(IndexEntry, "object_id", pages).filter(content_type__in=of_articles))
    about_articles = [kind for kind, handler in jobs.handlers.items() if handler.model is NewsArticle]
    erase(of_keys(Job, "key", pages).filter(kind__in=about_articles))
    erase(PageLogEntry.objects.filter(page__in=pages))
    for rows in (TranslatableObject.objects, Withdrawal.objects, Reference.objects):
        erase(rows.filter(translation_key__range=(keys.FIRST, keys.LAST)))
    erase(pages)
    for language in content.LANGUAGES:
        index = _index(language)
        below = Page.objects.filter(path__startswith=index.path, depth=index.depth + 1)
        Page.objects.filter(pk=index.pk).update(numchild=below.count())


def _index(language: str) -> NewsIndex:
    indexes = NewsIndex.objects.filter(locale__language_code=language, alias_of=None)
    return indexes.select_related("locale").get()


def _today() -> datetime:
    """Its midnight."""
    return timezone.make_aware(datetime.combine(timezone.localdate(), time())).astimezone(UTC)
