"""Whether readers of a translation have to be told that the meaning of its original has changed since."""

from typing import Any

from django.db.models import OuterRef, QuerySet
from wagtail import hooks

from iom.navigation.translation_tree import TreePage
from iom.translation.models import TranslationState


def newer_original(page: Any) -> TreePage | None:
    """The original of a translation that is older than it, where visitors may see it.

    A page that is being served comes with the answer (`annotate_newer_original`) and its translation tree: no query.
    """
    if hasattr(page, "newer_original_id"):
        key = page.newer_original_id
    else:
        older = TranslationState.objects.older_than_their_original().filter(page=page.pk)
        key = older.values_list("original_id", flat=True).first()
    if key is None:
        return None
    return next((member for member in page.translation_tree.translations if member.pk == key and member.visible), None)


@hooks.register("construct_served_pages")
def annotate_newer_original(pages: QuerySet[Any]) -> QuerySet[Any]:
    """Adds the answer to the query that loads a visitor's page, so that the notice needs none."""
    older = TranslationState.objects.older_than_their_original()
    return pages.annotate(newer_original_id=older.filter(page=OuterRef("pk")).values("original_id")[:1])
