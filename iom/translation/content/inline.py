"""Marks in a translation (raised, lowered and foreign words) are stored as localize keeps them, whoever writes them.

Reading is up to whoever shows a passage: `iom.core.inline.to_editor`.
"""

from contextlib import suppress
from typing import Any

from django.db.models.signals import pre_save
from django.dispatch import receiver
from wagtail_localize.models import StringTranslation, TemplateSegment

from iom.core.inline import MarkupNotAllowed, from_editor


@receiver(pre_save, sender=StringTranslation)
def store_marks_as_localize_keeps_them(instance: StringTranslation, raw: bool = False, **kwargs: Any) -> None:
    """What cannot stand there is kept as it was written, and localize marks it as wrong: also marks in a title or
    another plain text, which has no template."""
    if raw or instance.has_error:
        return
    with suppress(MarkupNotAllowed):
        data = from_editor(instance.data)
        if data != instance.data and TemplateSegment.objects.filter(context=instance.context_id).exists():
            instance.data = data
