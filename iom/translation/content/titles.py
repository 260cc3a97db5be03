"""A translation's working title, as the admin's lists show it.

localize would write the segment there as it is stored: as HTML, and of any length, which PostgreSQL refuses.
"""

from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.models import Page
from wagtail_localize.models import StringTranslation, post_save_string_translation
from wagtail_localize.strings import StringValue

post_save.disconnect(post_save_string_translation, sender=StringTranslation)


@receiver(post_save, sender=StringTranslation)
def keep_the_working_title(instance: StringTranslation, raw: bool = False, **kwargs: Any) -> None:
    if raw or instance.context.path != "title":
        return
    title = StringValue(instance.data).render_text()[: Page._meta.get_field("draft_title").max_length]
    Page.objects.filter(translation_key=instance.context.object_id, locale=instance.locale_id).update(
        draft_title=title
    )
