"""Writes what is searched: the documents of pages, and the words that a misspelt one may mean."""

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
from iom.publishing.locking import lock_pages
from search.analysis import LONGEST, boundary, facet_token, folded, tokens, vocabulary, written_words
from search.fulltext import COUNTRY, NEWS, PAGE
from search.models import Document, Word

BATCH = 200
MOST_TOKENS = 4000  # of a text; more would be a book
FREQUENT = 3  # times that a text says a word: it is about that
LONG = 5  # letters of a word of a text that is proposed for another
SHORTEST = 3  # letters of a word that is proposed for another
_PAGE_BITS, _PART_BITS = 26, 10

Written = tuple[Document, Searched]
Form = tuple[str, str]  # the language, and a word as it is written there


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
def write(pages: Iterable[Any], removed: Collection[int] = (), rows: Mapping[int, Row] | None = None) -> set[Form]:
    """Writes the documents of these pages again, and removes those of the others; `rows`: theirs, if known.

    Returns the words that readers may mean.
    """
    pages = list(pages)
    prefetch_related_objects(pages, "locale")
    rows = {page.pk: row_of(page) for page in pages} if rows is None else rows
    found = [document for page in pages for document in documents_of(page, rows[page.pk])]
    Document.objects.filter(page__in=[*(page.pk for page in pages), *removed]).delete()
    return add(found)


@transaction.atomic(savepoint=False)
def write_countries(countries: Collection[str] = ()) -> None:
    """Writes the documents of these countries again; of all where none is named."""
    stored = Document.objects.exclude(country="")
    lists = dict(stored.order_by().values_list("page", "page__content_type").distinct())
    if countries:
        stored = stored.filter(country__in=countries)
    stored.delete()
    pages = load(lists, with_texts=True)
    add([found for page in pages for found in documents_of(page, row_of(page), countries) if found[0].country])


def add(found: list[Written]) -> set[Form]:
    """Saves documents that are not there, with their words, which it returns."""
    Document.objects.bulk_create([document for document, _searched in found], batch_size=BATCH)
    of_titles: dict[str, set[str]] = defaultdict(set)
    of_texts: dict[str, set[str]] = defaultdict(set)
    for document, searched in found:
        title = " ".join((searched.title, searched.summary, *searched.headings, *searched.names))
        of_titles[document.locale.language_code] |= written_words(title)
        of_texts[document.locale.language_code] |= written_words(f"{searched.text} {searched.keywords}")
    forms = {
        (language, form) for language in of_titles for _written, form in vocabulary(of_titles[language], language)
    }
    for language, words in of_texts.items():
        for written, form in vocabulary(words, language):
            if len(form) >= LONG or not written.islower():  # a name, or so long that few are like it
                forms.add((language, form))
    rows = [Word(language=language, form=form, folded=folded(form)) for language, form in sorted(forms)]
    Word.objects.bulk_create(filter(_is_word, rows), ignore_conflicts=True, batch_size=BATCH * 5)
    return forms


def _is_word(row: Word) -> bool:
    return SHORTEST <= len(row.form) <= LONGEST and row.form.isalpha()


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
        **tokens_of(searched, page.locale.language_code, [("section", section), *facets, *searched.facets]),
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
    types = dict(Entry.objects.order_by("pk").values_list("pk", "content_type"))
    forms: set[Form] = set()
    for batch in batched(types.items(), BATCH):
        with transaction.atomic():
            lock_pages(dict(batch))  # or what is published meanwhile would be overwritten with what was read before
            forms |= write(load(dict(batch), with_texts=True))
    gone = [pk for pk, *form in Word.objects.values_list("pk", "language", "form") if tuple(form) not in forms]
    for keys in batched(gone, BATCH):
        Word.objects.filter(pk__in=keys).delete()
    Document.objects.exclude(page__in=Entry.objects.values("pk")).delete()


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
