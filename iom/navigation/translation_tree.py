"""A page, its ancestors, and all their translations, loaded in one query.

Breadcrumbs, language switch, `hreflang` and privacy are all read from it, so that they agree.
"""

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from django.db.models import Q
from treebeard.mp_tree import MP_Node
from wagtail.models import Page

from iom.navigation.visibility import is_private, is_published

STEP = MP_Node.steplen
HOME_DEPTH = 2
_COLUMNS = (
    "pk", "title", "url_path", "path", "depth", "locale__language_code", "translation_key", "published", "private",
)  # fmt: skip


@dataclass(frozen=True)
class TreePage:
    """A page of a translation tree. `private`: the page, a translation or an ancestor has a view restriction;
    `visible`: a visitor may know of the page."""

    pk: int
    title: str
    url: str
    path: str
    depth: int
    language: str
    translation_key: UUID
    published: bool
    private: bool

    @property
    def visible(self) -> bool:
        return self.published and not self.private


class RoutedPage(Protocol):
    """A page that may serve sub-routes, such as feeds or countries."""

    pk: int
    path: str
    depth: int
    url_path: str
    translation_key: UUID

    def sub_route_in(self, language: str, sub_route: str) -> str | None:
        """The counterpart of `sub_route` below the page's translation; None where there is none."""


class TranslationTree:
    """The translation tree of `page`, which must be saved."""

    def __init__(self, page: RoutedPage) -> None:
        self.page = page
        paths = [page.path[:end] for end in range(HOME_DEPTH * STEP, len(page.path) + 1, STEP)]
        keys = Page.objects.filter(path__in=paths).values("translation_key")
        rows = (
            Page.objects.filter(translation_key__in=keys)
            .annotate(published=Q(is_published()), private=is_private())
            .order_by("depth", "pk")
            .values_list(*_COLUMNS)
        )
        self.pages = [TreePage(*row) for row in rows]

    @property
    def ancestors(self) -> list[TreePage]:
        """From the home page down to the parent, visible ones only, in the page's own language."""
        return [p for p in self.inclusive_ancestors if p.path != self.page.path]

    @property
    def inclusive_ancestors(self) -> list[TreePage]:
        """The same and the page itself: the breadcrumbs of a sub-route of the page."""
        return [p for p in self.pages if p.visible and self.page.path.startswith(p.path)]

    @property
    def is_private(self) -> bool:
        """Whether the page, a translation of it, or an ancestor of one of them has a view restriction."""
        return any(p.private for p in self.translations)

    @property
    def translations(self) -> list[TreePage]:
        """The page and its translations, whether visible or not; the original first."""
        return sorted((p for p in self.pages if p.translation_key == self.page.translation_key), key=lambda p: p.pk)

    @property
    def ancestor_paths(self) -> set[str]:
        """The tree paths of the page, of its translations, and of all their ancestors."""
        return {p.path[:end] for p in self.translations for end in range(STEP, len(p.path) + 1, STEP)}

    def nearest_page(self, language: str) -> TreePage | None:
        """The page in `language`, else its nearest ancestor that exists in that language."""
        visible = {p.translation_key: p for p in self.pages if p.visible and p.language == language}
        keys = [p.translation_key for p in self.pages if self.page.path.startswith(p.path)]
        return next((visible[key] for key in reversed(keys) if key in visible), None)
