"""Whether a translation is of a text that its readers do not have yet."""

from wagtail.models import Page
from wagtail_localize.fields import SynchronizedField, TranslatableField, get_translatable_fields

from iom.translation.content import page_data
from iom.translation.models import TranslationState


def is_pending(state: TranslationState, original: Page) -> bool:
    """The original is live, and the desk has been given a later draft of it: one that is scheduled, for instance."""
    if not original.live or not original.has_unpublished_changes:
        return False
    names = {
        field.field_name
        for field in get_translatable_fields(original.specific_class)
        if isinstance(field, TranslatableField | SynchronizedField)
    }
    model = original.specific_class
    published = page_data.of(model, original.specific.to_json())
    submitted = page_data.of(model, state.translation.source.content_json)
    return any(published.get(name) != submitted.get(name) for name in names)
