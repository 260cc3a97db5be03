"""Finds the newer original of a translation, to which a notice on the translated page refers."""

from typing import Any

from django.db.models import OuterRef, QuerySet
from wagtail import hooks

from iom.navigation.translation_tree import TreePage
from iom.translation.models import TranslationState


def newer_original(page: Any) -> TreePage | None:
    """Returns the original if its meaning has changed since it was translated and visitors may see it, else None.

    Makes no query for a page that is being served: `annotate_newer_original` and its translation tree are loaded.
    """
    if hasattr(page, "newer_original_id"):
        key = page.newer_original_id
    else:
        outdated = TranslationState.objects.older_than_their_original().filter(page=page.pk)
        key = outdated.values_list("original_id", flat=True).first()
    if key is None:
        return None
    return next((member for member in page.translation_tree.translations if member.pk == key and member.visible), None)


@hooks.register("construct_served_pages")
def annotate_newer_original(pages: QuerySet[Any]) -> QuerySet[Any]:
    """Annotates a visitor's page with the key of its newer original, so that the notice needs no query."""
    outdated = TranslationState.objects.older_than_their_original()
    return pages.annotate(newer_original_id=outdated.filter(page=OuterRef("pk")).values("original_id")[:1])
