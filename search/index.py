"""Writes what is searched: the documents of pages."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from itertools import batched
from typing import Any

from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils import translation

from iom.core.searched import Searched
from iom.listing.models import Entry
from iom.listing.writing import Row, load, row_of
from iom.publishing.batches import rewrite
from iom.publishing.locking import lock_pages
from search import dates, vocabulary
from search.analysis import boundary, facet_token, tokens
from search.expressions import Token, any_of
from search.fulltext import COUNTRY, NEWS, PAGE, latest
from search.models import Document

BATCH = 200
MOST_TOKENS = 4000  # of a text; more would be a book
FREQUENT = 3  # times that a text says a word: it is about that
_PAGE_BITS, _PART_BITS = 26, 10

Written = tuple[Document, Searched]


def place(date: datetime, page: int, country: str = "") -> int:
    """The key of a document: minutes, then the page, then the country below it; the latest has the highest."""
    part = 0
    for letter in country:
        part = part * 27 + ord(letter) - ord("A") + 1
    minutes = int(date.timestamp()) // 60
    return (((minutes << _PAGE_BITS) + page % (1 << _PAGE_BITS)) << _PART_BITS) + part


def date_of(key: int) -> datetime:
    """Of a document by its key, to the minute."""
    return datetime.fromtimestamp((key >> _PAGE_BITS + _PART_BITS) * 60, UTC)


@transaction.atomic(savepoint=False)
def write(pages: Iterable[Any], removed: Collection[int] = (), rows: Mapping[int, Row] | None = None) -> None:
    """Writes the documents of these pages again, and removes those of the others; `rows`: theirs, if known."""
    pages = list(pages)
    prefetch_related_objects(pages, "locale")
    rows = {page.pk: row_of(page) for page in pages} if rows is None else rows
    found = [document for page in pages for document in documents_of(page, rows[page.pk])]
    Document.objects.filter(page__in=[*(page.pk for page in pages), *removed]).delete()
    add(found)


def write_having(tokens: Iterable[str]) -> None:
    """Writes the documents again that have one of these tokens of facets which their pages have no longer."""
    expression, written = any_of([Token(one) for one in tokens]), set[int]()
    while pages := {hit.page for hit in latest([(expression, BATCH)])[0]} - written:
        written |= pages
        with transaction.atomic():
            lock_pages(pages)
            _write_listed(pages)


def _write_listed(keys: Collection[int]) -> None:
    """Those of these pages that are listed."""
    types = dict(Entry.objects.filter(pk__in=keys).values_list("pk", "content_type"))
    write(load(types, with_texts=True))


@transaction.atomic(savepoint=False)
def write_countries(countries: Collection[str] = ()) -> None:
    """Writes the documents of these countries again; of all where none is named."""
    stored = Document.objects.exclude(country="")
    lists = dict(stored.order_by().values_list("page", "page__content_type").distinct())
    lock_pages(lists)  # or two who write the same country would both add its documents
    if countries:
        stored = stored.filter(country__in=countries)
    stored.delete()
    pages = load(lists, with_texts=True)
    add([found for page in pages for found in documents_of(page, row_of(page), countries) if found[0].country])


def add(found: list[Written]) -> None:
    """Saves documents that are not there, with their words."""
    Document.objects.bulk_create([document for document, _searched in found], batch_size=BATCH)
    vocabulary.add((document.locale.language_code, searched) for document, searched in found)


def documents_of(page: Any, row: Row, countries: Collection[str] = ()) -> Iterator[Written]:
    """The documents of a page and of those that it serves below its address (of these countries), not saved."""
    prefetch_related_objects([page], "locale")
    entry, values = row
    facets = [(value.facet, value.value) for value in values if value.facet != "type"]
    with translation.override(page.locale.language_code):
        for searched in (page.searched(), *page.searched_below(countries)):
            yield _document(page, entry, searched, facets), searched


def _document(page: Any, entry: Entry, searched: Searched, facets: list[tuple[str, str]]) -> Document:
    if searched.country:
        facets = [("country", searched.country)]
    searched = replace(searched, text="\n".join(filter(None, [searched.text, searched.reference])))
    days = [dates.facet_of(entry.shown_date)] if entry.shown_date else []
    section = NEWS if entry.kind else COUNTRY if searched.country else PAGE
    return Document(
        id=place(entry.date, page.pk, searched.country),
        page_id=page.pk,
        locale=page.locale,
        date=entry.date,
        is_article=bool(entry.kind),
        route=searched.route,
        country=searched.country,
        until=searched.until,
        title=searched.title,
        summary=searched.summary,
        text=searched.text,
        **tokens_of(searched, page.locale.language_code, [("section", section), *days, *facets, *searched.facets]),
    )


def tokens_of(searched: Searched, language: str, facets: Iterable[tuple[str, str]] = ()) -> dict[str, str]:
    """What the full-text index has of a page and its facets, by column."""
    text = tokens(searched.text, language)[:MOST_TOKENS]
    keywords = [tokens(one, language) for one in searched.keywords.split(",")]
    frequent = [one for one, number in Counter(text).items() if number >= FREQUENT]
    summary = () if searched.country else (searched.summary, *searched.headings)  # all countries have the same one
    names = [tokens(name, language) for name in searched.names]
    names += [[facet_token(facet, value, language) for facet, value in facets]]
    return {
        "title_tokens": " ".join(tokens(searched.title, language, stop_words=True)),
        "summary_tokens": _joined([*(tokens(one, language) for one in summary), frequent], language),
        "names_tokens": _joined(names, language),
        "text_tokens": _joined([text, *keywords], language),
    }


def _joined(texts: Iterable[list[str]], language: str) -> str:
    return f" {boundary(language)} ".join(" ".join(text) for text in texts if text)


def rebuild() -> None:
    """Writes all documents again. Readers find each page all the time."""
    rewrite(_write_listed, Entry.objects.order_by("pk").values_list("pk", flat=True), BATCH)
    Document.objects.exclude(page__in=Entry.objects.values("pk")).delete()
    vocabulary.remove_unsaid()


def differences() -> Iterator[str]:
    """Each page whose documents are not what they would be if they were written now."""
    types = dict(Entry.objects.order_by("pk").values_list("pk", "content_type"))
    for batch in batched(types.items(), BATCH):
        stored = defaultdict(set)
        for document in Document.objects.filter(page__in=dict(batch)):
            stored[document.page_id].add(_values(document))
        for page in load(dict(batch), with_texts=True):
            if stored[page.pk] != {_values(document) for document, _searched in documents_of(page, row_of(page))}:
                yield f"Page {page.pk} is searched by other words."
    for key in Document.objects.exclude(page__in=types).order_by().values_list("page", flat=True).distinct():
        yield f"Page {key} is searched, and is not listed."


def _values(document: Document) -> tuple[Any, ...]:
    return tuple(getattr(document, field.attname) for field in Document._meta.concrete_fields)
