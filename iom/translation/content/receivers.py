"""What is done when localize saves the translation of a segment, whoever writes it."""

from contextlib import suppress
from typing import Any

from django.db.models.signals import post_save, pre_save
from django.dispatch import receiver
from wagtail.models import Page
from wagtail_localize.models import StringTranslation, TemplateSegment, post_save_string_translation
from wagtail_localize.strings import StringValue

from iom.core.inline import MarkupNotAllowed, from_editor

# localize would write the segment into `draft_title` as it is stored: as HTML, and of any length, which PostgreSQL
# refuses.
post_save.disconnect(post_save_string_translation, sender=StringTranslation)


@receiver(pre_save, sender=StringTranslation)
def convert_inline_marks(instance: StringTranslation, raw: bool = False, **kwargs: Any) -> None:
    """Stores raised, lowered and foreign words in the form that localize keeps (`iom.core.inline`).

    Marks that are not allowed there (in a title or another plain text, which has no template) stay as they were
    written, and localize marks the segment as wrong.
    """
    if raw or instance.has_error:
        return
    with suppress(MarkupNotAllowed):
        data = from_editor(instance.data)
        if data != instance.data and TemplateSegment.objects.filter(context=instance.context_id).exists():
            instance.data = data


@receiver(post_save, sender=StringTranslation)
def update_draft_title(instance: StringTranslation, raw: bool = False, **kwargs: Any) -> None:
    """Shows the translated title in the lists of the admin."""
    if raw or instance.context.path != "title":
        return
    title = StringValue(instance.data).render_text()[: Page._meta.get_field("draft_title").max_length]
    Page.objects.filter(translation_key=instance.context.object_id, locale=instance.locale_id).update(
        draft_title=title
    )
