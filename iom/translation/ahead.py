"""Whether a translation is of a text that its readers do not have yet."""

import json
from typing import Any

from wagtail.models import Page
from wagtail_localize.fields import SynchronizedField, TranslatableField, get_translatable_fields

from iom.translation.models import TranslationState


def is_ahead(state: TranslationState) -> bool:
    """The original is live, and the desk has been given a later draft of it: one that is scheduled, for instance."""
    original = Page.objects.get(pk=state.original_id)
    if not original.live or not original.has_unpublished_changes:
        return False
    names = {
        field.field_name
        for field in get_translatable_fields(original.specific_class)
        if isinstance(field, TranslatableField | SynchronizedField)
    }
    submitted = json.loads(state.translation.source.content_json)
    return _said(json.loads(original.specific.to_json()), names) != _said(submitted, names)


def _said(content: dict[str, Any], names: set[str]) -> Any:
    return {name: _without_keys(content.get(name)) for name in names}


def _without_keys(value: Any) -> Any:
    """Child rows get their keys when they are first published."""
    if isinstance(value, dict):
        return {name: _without_keys(part) for name, part in value.items() if name != "pk"}
    if isinstance(value, list):
        return [_without_keys(part) for part in value]
    return value
