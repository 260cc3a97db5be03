"""Deletes the texts of permanently deleted pages from localize's tables and the memory. Until then they can be
restored."""

from typing import Any

from django.db.models import ManyToOneRel, QuerySet
from django.dispatch import receiver
from wagtail_localize.models import (
    OverridableSegment,
    RelatedObjectSegment,
    SegmentOverride,
    String,
    StringSegment,
    StringTranslation,
    TemplateSegment,
    TranslatableObject,
)

from iom.publishing import events
from iom.translation.memory import entries
from iom.translation.models import MemoryEntry

# Deleted before the TranslatableObject, whose contexts are protected by their segments
_MODELS = (
    StringSegment, TemplateSegment, RelatedObjectSegment, OverridableSegment, SegmentOverride, StringTranslation,
)  # fmt: skip


@receiver(events.forgotten)
def delete_stored_texts(sender: Any, keys: set[str], **kwargs: Any) -> None:
    """Deletes what localize would delete with the last page of a text without `WAGTAILLOCALIZE_DISABLE_ON_DELETE`."""
    entries.delete_entries(MemoryEntry.objects.filter(translation__source__object__in=keys))
    for model in _MODELS:
        model.objects.filter(context__object__in=keys).delete()
    TranslatableObject.objects.filter(pk__in=keys).delete()
    if keys:
        _unused_strings().delete()  # also those of earlier versions


def _unused_strings() -> QuerySet[String]:
    """Returns the strings without references: from texts, translations, questions or comments."""
    unused = String.objects.all()
    for field in String._meta.get_fields(include_hidden=True):
        if isinstance(field, ManyToOneRel):
            using = field.related_model._base_manager.values(field.field.attname)
            unused = unused.exclude(pk__in=using)
    return unused
