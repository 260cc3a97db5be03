"""A page, the pages above it, and all their translations: one query, from which breadcrumbs, language switch,
`hreflang` and privacy are read, so that they cannot disagree."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q
from treebeard.mp_tree import MP_Node
from wagtail.models import Page

from iom.navigation.visibility import is_private, is_published

STEP = MP_Node.steplen
HOME_DEPTH = 2


@dataclass(frozen=True)
class Relative:
    """What is known of a page of the family. `private`: it, a translation or a page above has a view restriction;
    `visible`: a visitor may know of it."""

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


class Family:
    """The family of `page`, which must be saved."""

    def __init__(self, page: Page) -> None:
        self.page = page
        lineage = [page.path[:end] for end in range(HOME_DEPTH * STEP, len(page.path) + 1, STEP)]
        keys = Page.objects.filter(path__in=lineage).values("translation_key")
        rows = (
            Page.objects.filter(translation_key__in=keys)
            .annotate(published=Q(is_published()), private=is_private())
            .order_by("depth", "pk")
            .values_list(
                "pk",
                "title",
                "url_path",
                "path",
                "depth",
                "locale__language_code",
                "translation_key",
                "published",
                "private",
            )
        )
        self.members = [Relative(*row) for row in rows]

    @property
    def ancestors(self) -> list[Relative]:
        """From the home page down to the parent, visible ones only, in the page's own language."""
        return [
            m for m in self.members if m.visible and m.path != self.page.path and self.page.path.startswith(m.path)
        ]

    @property
    def lineage(self) -> list[Relative]:
        """The same and the page itself: where something stands that is served below the page."""
        return [*self.ancestors, *(m for m in self.members if m.visible and m.path == self.page.path)]

    @property
    def is_private(self) -> bool:
        """Whether the page, a translation of it, or anything above one of them has a view restriction."""
        return any(member.private for member in self.same_text)

    @property
    def same_text(self) -> list[Relative]:
        """The page and its translations, whether visible or not; the original first."""
        return sorted(
            (m for m in self.members if m.translation_key == self.page.translation_key),
            key=lambda member: member.pk,
        )

    @property
    def lineages(self) -> set[str]:
        """The tree paths of the page, of its translations, and of every page above one of them."""
        return {m.path[:end] for m in self.same_text for end in range(STEP, len(m.path) + 1, STEP)}

    def nearest(self, language: str) -> Relative | None:
        """The page in `language`, else the nearest page above it that exists there."""
        lineage = [m for m in self.members if self.page.path.startswith(m.path)]
        for ancestor in reversed(lineage):
            for member in self.members:
                if (
                    member.visible
                    and member.language == language
                    and member.translation_key == ancestor.translation_key
                ):
                    return member
        return None
