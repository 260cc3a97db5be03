"""What is deleted for good leaves no word in localize's tables and in the memory. Until then it can be restored."""

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
from iom.translation.memory import pairs
from iom.translation.models import MemoryEntry

# Before the text itself: its contexts are protected by their segments
_PARTS = (
    StringSegment, TemplateSegment, RelatedObjectSegment, OverridableSegment, SegmentOverride, StringTranslation,
)  # fmt: skip


@receiver(events.forgotten)
def forget_translations(sender: Any, keys: set[str], **kwargs: Any) -> None:
    """Does what localize does with the last page of a text, unless `WAGTAILLOCALIZE_DISABLE_ON_DELETE` is set."""
    pairs.remove(MemoryEntry.objects.filter(translation__source__object__in=keys))
    for model in _PARTS:
        model.objects.filter(context__object__in=keys).delete()
    TranslatableObject.objects.filter(pk__in=keys).delete()
    if keys:
        _unused_strings().delete()  # also those of earlier versions


def _unused_strings() -> QuerySet[String]:
    """Those to which nothing refers: no text, no translation, no question."""
    unused = String.objects.all()
    for field in String._meta.get_fields(include_hidden=True):
        if isinstance(field, ManyToOneRel):
            using = field.related_model._base_manager.values(field.field.attname)
            unused = unused.exclude(pk__in=using)
    return unused
