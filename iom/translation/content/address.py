"""The address that a translator has written for a translation, kept until its next publication."""

import json
from typing import Any

from django.db.models import QuerySet
from wagtail_localize.models import SegmentOverride, TranslationContext

from iom.translation.models import TranslationState

PATH = "slug"


def chosen(state: TranslationState) -> str:
    """The slug; empty where none has been written, so that the page keeps its own or takes one from its title."""
    row = _rows(state).first()
    return str(row.data) if row else ""


def choose(state: TranslationState, slug: str, user: Any) -> None:
    """Keeps a slug for the next publication; an empty one forgets what was written."""
    if not slug:
        forget(state)
        return
    context, _created = TranslationContext.objects.get_or_create(
        object_id=state.original.translation_key, path=PATH, defaults={"field_path": PATH}
    )
    SegmentOverride.objects.update_or_create(
        context=context,
        locale_id=state.locale_id,
        defaults={"data_json": json.dumps(slug), "last_translated_by": user},
    )


def forget(state: TranslationState) -> None:
    """It has been published, or is not wanted any more."""
    _rows(state).delete()


def _rows(state: TranslationState) -> QuerySet[SegmentOverride]:
    return SegmentOverride.objects.filter(
        context__object_id=state.original.translation_key, context__path=PATH, locale=state.locale_id
    )
