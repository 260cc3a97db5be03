from typing import Any

from django.db.models import OuterRef, QuerySet
from wagtail import hooks

from iom.translation.models import TranslationState


@hooks.register("construct_served_pages")
def annotate_newer_original(pages: QuerySet[Any]) -> QuerySet[Any]:
    """Adds the answer to the query that loads a visitor's page, so that the notice needs none."""
    older = TranslationState.objects.older_than_their_original()
    return pages.annotate(newer_original_id=older.filter(page=OuterRef("pk")).values("original_id")[:1])
