"""Writes the search index: the documents of pages."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from itertools import batched
from typing import Any

from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils import translation

from iom.core.search_content import SearchContent
from iom.listing.models import Entry
from iom.listing.writing import Row, build_row, load_pages
from iom.publishing.batches import rewrite
from iom.publishing.locking import lock_pages
from search import dates, vocabulary
from search.analysis import boundary_token, facet_token, tokens
from search.expressions import Token, any_of
from search.fulltext import COUNTRY, NEWS, PAGE, latest_hits
from search.models import Document

BATCH = 200
MAX_TOKENS = 4000  # of a text; only a book has more
MIN_FREQUENCY = 3  # occurrences of a word that the text is about; such words are indexed with the summary
_PAGE_BITS, _PART_BITS = 26, 10

BuiltDocument = tuple[Document, SearchContent]


def place(date: datetime, page: int, country: str = "") -> int:
    """Returns the key of a document, with minutes, page and country in its bits. The latest has the highest key."""
    part = 0
    for letter in country:
        part = part * 27 + ord(letter) - ord("A") + 1
    minutes = int(date.timestamp()) // 60
    return (((minutes << _PAGE_BITS) + page % (1 << _PAGE_BITS)) << _PART_BITS) + part


def date_of(key: int) -> datetime:
    """Returns the date of a document from its key, to the minute."""
    return datetime.fromtimestamp((key >> _PAGE_BITS + _PART_BITS) * 60, UTC)


@transaction.atomic(savepoint=False)
def write(pages: Iterable[Any], removed: Collection[int] = (), rows: Mapping[int, Row] | None = None) -> None:
    """Writes the documents of `pages` again and deletes those of `removed`. `rows` are the listing rows, if known."""
    pages = list(pages)
    prefetch_related_objects(pages, "locale")
    rows = {page.pk: build_row(page) for page in pages} if rows is None else rows
    found = [document for page in pages for document in build_documents(page, rows[page.pk])]
    Document.objects.filter(page__in=[*(page.pk for page in pages), *removed]).delete()
    add_documents(found)


def rewrite_with_tokens(tokens: Iterable[str]) -> None:
    """Writes all documents again that have one of these facet tokens, which their pages have lost."""
    expression, written = any_of([Token(one) for one in tokens]), set[int]()
    while pages := {hit.page for hit in latest_hits([(expression, BATCH)])[0]} - written:
        written |= pages
        with transaction.atomic():
            lock_pages(pages)
            _write_listed(pages)


def _write_listed(keys: Collection[int]) -> None:
    """Writes the documents of those of these pages that are listed."""
    types = dict(Entry.objects.filter(pk__in=keys).values_list("pk", "content_type"))
    write(load_pages(types, with_texts=True))


@transaction.atomic(savepoint=False)
def write_countries(countries: Collection[str] = ()) -> None:
    """Writes the documents of these countries again, by default of all countries."""
    stored = Document.objects.exclude(country="")
    lists = dict(stored.order_by().values_list("page", "page__content_type").distinct())
    lock_pages(lists)  # else two processes could both add the documents of a country
    if countries:
        stored = stored.filter(country__in=countries)
    stored.delete()
    pages = load_pages(lists, with_texts=True)
    add_documents(
        [found for page in pages for found in build_documents(page, build_row(page), countries) if found[0].country]
    )


def add_documents(found: list[BuiltDocument]) -> None:
    """Saves new documents, and their words in the vocabulary."""
    Document.objects.bulk_create([document for document, _searched in found], batch_size=BATCH)
    vocabulary.add((document.locale.language_code, searched) for document, searched in found)


def build_documents(page: Any, row: Row, countries: Collection[str] = ()) -> Iterator[BuiltDocument]:
    """Yields the unsaved documents of a page and of the (country) pages that it serves below its address."""
    prefetch_related_objects([page], "locale")
    entry, values = row
    facets = [(value.facet, value.value) for value in values if value.facet != "type"]
    with translation.override(page.locale.language_code):
        for searched in (page.get_search_content(), *page.get_route_search_contents(countries)):
            yield _build_document(page, entry, searched, facets), searched


def _build_document(page: Any, entry: Entry, searched: SearchContent, facets: list[tuple[str, str]]) -> Document:
    if searched.country:
        facets = [("country", searched.country)]
    searched = replace(searched, text="\n".join(filter(None, [searched.text, searched.reference])))
    days = [dates.day_facet(entry.shown_date)] if entry.shown_date else []
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
        **token_columns(searched, page.locale.language_code, [("section", section), *days, *facets, *searched.facets]),
    )


def token_columns(searched: SearchContent, language: str, facets: Iterable[tuple[str, str]] = ()) -> dict[str, str]:
    """Returns the tokens of a page and its facets, by column of the full-text index."""
    text = tokens(searched.text, language)[:MAX_TOKENS]
    keywords = [tokens(one, language) for one in searched.keywords.split(",")]
    frequent = [one for one, number in Counter(text).items() if number >= MIN_FREQUENCY]
    summary = () if searched.country else (searched.summary, *searched.headings)  # all country pages have the same one
    names = [tokens(name, language) for name in searched.names]
    names += [[facet_token(facet, value, language) for facet, value in facets]]
    return {
        "title_tokens": " ".join(tokens(searched.title, language, stop_words=True)),
        "summary_tokens": _join_tokens([*(tokens(one, language) for one in summary), frequent], language),
        "names_tokens": _join_tokens(names, language),
        "text_tokens": _join_tokens([text, *keywords], language),
    }


def _join_tokens(texts: Iterable[list[str]], language: str) -> str:
    return f" {boundary_token(language)} ".join(" ".join(text) for text in texts if text)


def rebuild() -> None:
    """Writes all documents again. Every page remains findable meanwhile."""
    rewrite(_write_listed, Entry.objects.order_by("pk").values_list("pk", flat=True), BATCH)
    Document.objects.exclude(page__in=Entry.objects.values("pk")).delete()
    vocabulary.remove_unused_words()


def differences() -> Iterator[str]:
    """Yields a message for each page whose documents are not what `write` would write now."""
    types = dict(Entry.objects.order_by("pk").values_list("pk", "content_type"))
    for batch in batched(types.items(), BATCH):
        stored = defaultdict(set)
        for document in Document.objects.filter(page__in=dict(batch)):
            stored[document.page_id].add(_values(document))
        for page in load_pages(dict(batch), with_texts=True):
            if stored[page.pk] != {
                _values(document) for document, _searched in build_documents(page, build_row(page))
            }:
                yield f"Page {page.pk} is searched by other words."
    for key in Document.objects.exclude(page__in=types).order_by().values_list("page", flat=True).distinct():
        yield f"Page {key} is searched, and is not listed."


def _values(document: Document) -> tuple[Any, ...]:
    return tuple(getattr(document, field.attname) for field in Document._meta.concrete_fields)
