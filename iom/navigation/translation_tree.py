"""The translation tree of a page: the page, its ancestors, and all their translations.

Breadcrumbs, language switch, `hreflang` and privacy are read from it, so that they agree.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from operator import attrgetter
from typing import Any, Protocol
from uuid import UUID

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from treebeard.mp_tree import MP_Node
from wagtail.models import Page, get_page_models

from iom.caching.version import cached_per_version
from iom.navigation.visibility import restricted_paths

STEP = MP_Node.steplen
HOME_DEPTH = 2
_FIELDS = (
    "pk", "title", "url_path", "path", "depth", "locale.language_code", "translation_key", "content_type_id", "live",
    "alias_of_id", "expire_at",
)  # fmt: skip
_COLUMNS = [name.replace(".", "__") for name in _FIELDS]


@dataclass(frozen=True)
class TreePage:
    """A page of a translation tree.

    `private`: the page, a translation or an ancestor has a view restriction. `visible`: visitors may know of the page.
    """

    pk: int
    title: str
    url: str
    path: str
    depth: int
    language: str
    translation_key: UUID
    content_type: int
    live: bool
    alias_of: int | None
    expire_at: datetime | None
    private: bool

    @property
    def published(self) -> bool:
        """The condition of `is_published`, for a page in memory."""
        return self.live and self.alias_of is None and (self.expire_at is None or self.expire_at > timezone.now())

    @property
    def visible(self) -> bool:
        return self.published and not self.private and self.language in dict(settings.LANGUAGES)


class RoutedPage(Protocol):
    """A page that may serve sub-routes, such as feeds or countries."""

    pk: int
    path: str
    depth: int
    url_path: str
    translation_key: UUID

    def sub_route_in(self, language: str, sub_route: str) -> str | None:
        """Returns the counterpart of `sub_route` below the page's translation, or None."""

    def query_in(self, language: str, query: QueryDict) -> QueryDict | None:
        """Returns the counterpart of the filters in `query`, or None."""


@dataclass(frozen=True)
class Sections:
    """All section pages: by translation key, by tree path and by address."""

    restricted: frozenset[str]
    by_text: dict[UUID, list[TreePage]] = field(default_factory=dict)
    by_path: dict[str, TreePage] = field(default_factory=dict)
    by_url: dict[str, TreePage] = field(default_factory=dict)

    def texts(self, rows: Iterable[tuple[Any, ...]]) -> list[TreePage]:
        """Returns a page and its translations, the original first. All are as private as the strictest."""
        rows = sorted(rows)
        ends = [row[3][:end] for row in rows for end in range(STEP, len(row[3]) + 1, STEP)] if self.restricted else []
        private = not self.restricted.isdisjoint(ends)
        return [TreePage(*(*row, private)) for row in rows]

    def texts_of(self, pages: Iterable[Any]) -> list[TreePage]:
        """Returns the same for pages that have been loaded with their locale."""
        return self.texts(map(attrgetter(*_FIELDS), pages))


def section_pages() -> QuerySet[Page]:
    """Returns the pages whose types allow child pages. They are few, whatever the number of articles."""
    models = [model for model in get_page_models() if model.allowed_subpage_models()]
    types = ContentType.objects.get_for_models(*models).values()
    return Page.objects.filter(content_type__in=types, depth__gte=HOME_DEPTH).order_by()


@cached_per_version
def sections() -> Sections:
    """Returns the sections, in two queries or from the cache."""
    rows: dict[UUID, list[tuple[Any, ...]]] = {}
    for row in section_pages().values_list(*_COLUMNS):
        rows.setdefault(row[6], []).append(row)
    found = Sections(restricted_paths())
    for key, group in rows.items():
        found.by_text[key] = found.texts(group)
        for page in found.by_text[key]:
            found.by_path[page.path] = found.by_url[page.url] = page
    return found


def languages_with_home() -> list[tuple[str, str]]:
    """Returns the languages with a published home page, with their names, in the order of the settings."""
    homes = {page.language for page in sections().by_path.values() if page.depth == HOME_DEPTH and page.published}
    return [(code, name) for code, name in settings.LANGUAGES if code in homes]


class TranslationTree:
    """The translation tree of `page`, which must be saved.

    `texts`: the page and its translations, if they have been loaded. Otherwise they need a query, unless the page is a
    section.
    """

    def __init__(self, page: RoutedPage, texts: list[TreePage] | None = None) -> None:
        self.page = page
        above = [page.path[:end] for end in range(HOME_DEPTH * STEP, len(page.path), STEP)]
        known = sections()
        pages = [
            text
            for path in above
            if path in known.by_path
            for text in known.by_text[known.by_path[path].translation_key]
        ]
        if texts is None:
            texts = known.by_text.get(page.translation_key)
        if texts is None:
            rows = Page.objects.filter(translation_key=page.translation_key).order_by()
            texts = known.texts(rows.values_list(*_COLUMNS))
        self.pages = [*pages, *texts]
        self.translations = texts  # the page and its translations, visible or not; the original first

    @property
    def ancestors(self) -> list[TreePage]:
        """The visible pages from the home page down to the parent, in the page's own language."""
        return [p for p in self.inclusive_ancestors if p.path != self.page.path]

    @property
    def inclusive_ancestors(self) -> list[TreePage]:
        """The ancestors and the page itself: the breadcrumbs of a sub-route of the page."""
        return [p for p in self.pages if p.visible and self.page.path.startswith(p.path)]

    @property
    def is_private(self) -> bool:
        """Whether the page, a translation, or an ancestor of one of them has a view restriction."""
        return any(p.private for p in self.translations)

    @property
    def ancestor_paths(self) -> set[str]:
        """The tree paths of the page, of its translations, and of all their ancestors."""
        return {p.path[:end] for p in self.translations for end in range(STEP, len(p.path) + 1, STEP)}

    def nearest_page(self, language: str) -> TreePage | None:
        """Returns the page in `language`, else its nearest ancestor in that language, else None."""
        visible = {p.translation_key: p for p in self.pages if p.visible and p.language == language}
        keys = [p.translation_key for p in self.pages if self.page.path.startswith(p.path)]
        return next((visible[key] for key in reversed(keys) if key in visible), None)
