"""What a search finds."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import overload

from pyroaring import BitMap
from wagtail.models import Locale

from iom.listing.models import Entry
from iom.listing.reading import entries_of
from iom.navigation.translation_tree import HOME_DEPTH, STEP, sections
from iom.statements import InBulk
from search.fulltext import Hit
from search.models import Document
from search.query import Query, Term


@dataclass(frozen=True)
class Result:
    """A page that was found, or one that it serves below its address."""

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
        """The titles of the pages above it: with its own page, where that serves it below its address."""
        path, known = self.document.page.path, sections().by_path
        above = (known.get(path[:end]) for end in range((HOME_DEPTH + 1) * STEP, len(path), STEP))
        titles = [page.title for page in above if page is not None and page.visible]
        return [*titles, self.entry.title] if self.document.route else titles


@dataclass
class Results(Sequence[Result]):
    """What was found, best first; a list for Django's Paginator, which reads from the database what is shown alone.

    `is_capped`: there are more.
    """

    query: Query
    locale: Locale
    hits: list[Hit] = field(default_factory=list)
    is_capped: bool = False
    missing: tuple[Term, ...] = ()  # that no page has
    corrected: str = ""  # what was searched for in place of what was typed, which no page has
    said_in: str = ""  # the code of the language in which these pages say it: they do not in their own
    partial: frozenset[int] = frozenset()  # the documents that do not say all of it; they stand last
    ordered = True  # for the paginator

    @cached_property
    def pages(self) -> BitMap:
        """The keys of the pages that were found."""
        return BitMap(hit.page for hit in self.hits)

    def among(self, pages: BitMap, countries: Collection[str] = ()) -> "Results":
        """Those among `pages`, and the pages of these countries."""
        hits = [hit for hit in self.hits if (hit.country in countries if hit.country else hit.page in pages)]
        return replace(self, hits=hits)

    def without(self, pages: Collection[int | None]) -> "Results":
        """Those that are not on these pages."""
        return replace(self, hits=[hit for hit in self.hits if hit.country or hit.page not in pages])

    def of(self, section: str) -> "Results":
        """Those of that kind."""
        return replace(self, hits=[hit for hit in self.hits if hit.section == section])

    @property
    def latest_first(self) -> "Results":
        """The same by their date: those that say all of it, then the others."""
        return replace(self, hits=sorted(self.hits, key=lambda hit: (hit.document in self.partial, -hit.document)))

    @property
    def incomplete(self) -> int:
        """How many do not say all of it."""
        return sum(hit.document in self.partial for hit in self.hits)

    @property
    def complete(self) -> int:
        return len(self) - self.incomplete

    @property
    def has_news(self) -> bool:
        """Whether an article says all of it in its own language."""
        return not self.said_in and any(hit.is_article and hit.document not in self.partial for hit in self.hits)

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
        """Those of the results that are still there."""
        hits = self.hits[place]
        documents = _documents.of([hit.document for hit in hits])
        entries = {entry.pk: entry for entry in entries_of([hit.page for hit in hits])}
        return [
            Result(entries[hit.page], documents[hit.document])
            for hit in hits
            if hit.page in entries and hit.document in documents
        ]


_documents = InBulk(
    lambda: Document.objects.select_related("page").only("route", "title", "summary", "text", "page__path")
)
