"""Creates or removes generated articles until there are as many as requested, and removes all traces of others."""

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
from iom.demo.generated import articles, translation_keys, workload
from iom.demo.generated.bulk_delete import bulk_delete, rows_referring_to
from iom.demo.generated.records import load_records
from iom.demo.generated.story import Story
from iom.listing import writing
from iom.publishing import jobs, locking, statistics
from iom.publishing.models import Job
from iom.withdrawal.models import Withdrawal
from newsroom.models import NewsArticle, NewsIndex, PressArchive, Reference
from search import drafts, fulltext, index

YEARS = timedelta(days=12 * 365)
_FIRST_BATCH = 500  # articles; each later batch doubles their number
_GC_THRESHOLD = 50_000  # new objects before the next search for reference cycles
_CACHE_SIZE = 1_000_000  # KiB; with the default 2 MB, SQLite reads its indexes fifty times for 100,000 articles


def set_article_count(count: int, people: articles.People) -> None:
    """Creates or removes articles until there are `count` in each language, and the current work of their author.

    Dates depend on the count. Another count therefore replaces all existing articles.
    """
    has_work = count > 0 and people.author is not None
    pages = count * len(content.LANGUAGES) + (workload.page_count(count) if has_work else 0)
    if translation_keys.pages().count() == pages:
        return
    remove_articles()
    indexes = [_get_index(language) for language in content.LANGUAGES]
    with _rare_garbage_collection(), _large_sqlite_cache():
        if count:
            writer, records = articles.Writer(indexes, people), load_records()
            today = _start_of_today()
            end = today - workload.RECENT if has_work else today
            stories = (Story(place, end - YEARS * (count - 1 - place) / count, records) for place in range(count))
            written = 0
            while written < count:
                batch = max(written, _FIRST_BATCH)
                writer.write(islice(stories, batch))
                written += batch
                # Otherwise PostgreSQL reads whole tables to check foreign keys, because they were small before
                _gather_statistics()
            if has_work:
                workload.write(writer, count, today, records)
        _gather_statistics()
        with fulltext.bulk_writing():
            writing.rebuild()  # the search then indexes the new pages
        drafts.rebuild()
        _gather_statistics()
        if not count:
            index.rebuild()  # without the words of removed articles


@contextmanager
def _rare_garbage_collection() -> Iterator[None]:
    """Collects garbage less often. It takes a fifth of the time with the thousands of objects of a transaction."""
    default = gc.get_threshold()
    gc.set_threshold(_GC_THRESHOLD, *default[1:])
    try:
        yield
    finally:
        gc.set_threshold(*default)


@contextmanager
def _large_sqlite_cache() -> Iterator[None]:
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        default = cursor.execute("PRAGMA cache_size").fetchone()[0]
        cursor.execute(f"PRAGMA cache_size = -{_CACHE_SIZE}")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA cache_size = {default}")


def _gather_statistics() -> None:
    """Updates the planner's statistics, as the scheduler does on SQLite and PostgreSQL's server by itself."""
    statistics.gather()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


@transaction.atomic
def remove_articles() -> None:
    """Removes all generated articles and everything that refers to them."""
    pages = translation_keys.pages()
    if not pages.exists():
        return
    locking.lock_tree()
    for archive in PressArchive.objects.filter(article__in=pages.values("pk")):
        archive.delete()  # with its file
    of_pages = {"base_content_type": ContentType.objects.get_for_model(Page)}
    for model in (Revision, WorkflowState):
        bulk_delete(rows_referring_to(pages, model, "object_id").filter(**of_pages))
    of_articles = ContentType.objects.get_for_models(Page, NewsArticle).values()
    bulk_delete(rows_referring_to(pages, ReferenceIndex, "object_id").filter(base_content_type__in=of_articles))
    bulk_delete(rows_referring_to(pages, IndexEntry, "object_id").filter(content_type__in=of_articles))
    about_articles = [kind for kind, handler in jobs.handlers.items() if handler.model is NewsArticle]
    bulk_delete(rows_referring_to(pages, Job, "key").filter(kind__in=about_articles))
    bulk_delete(PageLogEntry.objects.filter(page__in=pages))
    for rows in (TranslatableObject.objects, Withdrawal.objects, Reference.objects):
        bulk_delete(rows.filter(translation_key__range=(translation_keys.FIRST, translation_keys.LAST)))
    bulk_delete(pages)
    for language in content.LANGUAGES:
        index = _get_index(language)
        below = Page.objects.filter(path__startswith=index.path, depth=index.depth + 1)
        Page.objects.filter(pk=index.pk).update(numchild=below.count())


def _get_index(language: str) -> NewsIndex:
    indexes = NewsIndex.objects.filter(locale__language_code=language, alias_of=None)
    return indexes.select_related("locale").get()


def _start_of_today() -> datetime:
    """Returns the beginning of the current day."""
    return timezone.make_aware(datetime.combine(timezone.localdate(), time())).astimezone(UTC)
