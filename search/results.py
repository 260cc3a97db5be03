"""The results of a search, as a sequence for Django's `Paginator`."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import overload

from pyroaring import BitMap
from wagtail.models import Locale

from iom.listing.models import Entry
from iom.listing.reading import get_entries
from iom.navigation.translation_tree import HOME_DEPTH, STEP, sections
from iom.statements import InBulk
from search.fulltext import Hit
from search.models import Document
from search.query import Query, Term


@dataclass(frozen=True)
class Result:
    """A page that matches, or one that it serves below its address."""

    entry: Entry
    document: Document

    @property
    def url(self) -> str:
        return f"{self.entry.url_path}{self.document.route}"

    @property
    def title(self) -> str:
        return self.document.title

    @property
    def trail(self) -> list[str]:
        """The titles of the ancestors of the result, including the page that serves it below its address."""
        path, known = self.document.page.path, sections().by_path
        above = (known.get(path[:end]) for end in range((HOME_DEPTH + 1) * STEP, len(path), STEP))
        titles = [page.title for page in above if page is not None and page.visible]
        return [*titles, self.entry.title] if self.document.route else titles


@dataclass
class Results(Sequence[Result]):
    """The hits of a search, best first. Only the results on the current page are read from the database.

    `is_capped`: there are more hits than these.
    """

    query: Query
    locale: Locale
    hits: list[Hit] = field(default_factory=list)
    is_capped: bool = False
    missing: tuple[Term, ...] = ()  # terms that no page has
    corrected: str = ""  # the text that was searched instead of the typed one
    matched_language: str = ""  # code of another language, if only the translations of these pages match
    elsewhere: dict[tuple[str, str], int] = field(default_factory=dict)  # (language, text) → known number of matches
    has_completions: bool = False  # words were completed or joined, which lists of the newsroom do not do
    partial: frozenset[int] = frozenset()  # documents that match only a part of the query; they come last
    ordered = True  # for the paginator

    @cached_property
    def pages(self) -> BitMap:
        """The keys of the pages of the hits."""
        return BitMap(hit.page for hit in self.hits)

    def among(self, pages: BitMap, countries: Collection[str] = ()) -> "Results":
        """Returns the results among `pages`, and the pages of these countries."""
        hits = [hit for hit in self.hits if (hit.country in countries if hit.country else hit.page in pages)]
        return replace(self, hits=hits)

    def without(self, pages: Collection[int | None]) -> "Results":
        """Returns the results without these pages. Country pages stay."""
        return replace(self, hits=[hit for hit in self.hits if hit.country or hit.page not in pages])

    def in_section(self, section: str) -> "Results":
        """Returns the results of one of `fulltext.SECTIONS`."""
        return replace(self, hits=[hit for hit in self.hits if hit.section == section])

    @property
    def latest_first(self) -> "Results":
        """The results by date, latest first. Partial matches stay last."""
        return replace(self, hits=sorted(self.hits, key=lambda hit: (hit.document in self.partial, -hit.document)))

    @property
    def incomplete(self) -> int:
        """The number of partial matches."""
        return sum(hit.document in self.partial for hit in self.hits)

    @property
    def complete(self) -> int:
        return len(self) - self.incomplete

    @property
    def has_news(self) -> bool:
        """Whether an article matches all of the query, as it was typed or corrected, in its own language."""
        return not (self.matched_language or self.has_completions) and any(
            hit.is_article and hit.document not in self.partial for hit in self.hits
        )

    @property
    def missing_words(self) -> str:
        return ", ".join(term.typed for term in self.missing)

    def __len__(self) -> int:
        return len(self.hits)

    @overload
    def __getitem__(self, place: int) -> Result: ...
    @overload
    def __getitem__(self, place: slice) -> list[Result]: ...
    def __getitem__(self, place: int | slice) -> Result | list[Result]:
        return self.read(place) if isinstance(place, slice) else self.read(slice(place, place + 1))[0]

    def read(self, place: slice = slice(None)) -> list[Result]:
        """Reads results from the database. Those that have been deleted meanwhile are left out."""
        hits = self.hits[place]
        documents = _documents.fetch([hit.document for hit in hits])
        entries = {entry.pk: entry for entry in get_entries([hit.page for hit in hits])}
        return [
            Result(entries[hit.page], documents[hit.document])
            for hit in hits
            if hit.page in entries and hit.document in documents
        ]


_documents = InBulk(
    lambda: Document.objects.select_related("page").only("route", "title", "summary", "text", "page__path")
)
