"""Another picture, link or address for one language, in the place of the original's."""

import json
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import transaction
from django.utils.translation import gettext
from wagtail_localize.models import OverridableSegment, SegmentOverride

from iom import links
from iom.translation.content.places import Place, Places
from iom.translation.editor.own import text_field
from iom.translation.models import TranslationState


def translated_page(state: TranslationState, *, fallback: bool = False) -> Any:
    """The translated page as its segments make it, unsaved; with `fallback` in the original's words where some are
    missing (localize's MissingTranslationError otherwise).

    What has been chosen for one language and is no longer there, or is no address to lead a reader to, gives way to
    what the original has.
    """
    _forget_what_is_unusable(state)
    translation = state.translation
    kind = ContentType.objects.get_for_id(translation.source.specific_content_type_id)  # Django keeps it in memory
    translation.source.specific_content_type = kind
    return translation.source.get_ephemeral_translated_instance(translation.target_locale, fallback=fallback)


def _forget_what_is_unusable(state: TranslationState) -> None:
    segments = OverridableSegment.objects.filter(source=state.translation.source_id).select_related("context")
    chosen = {
        override.context_id: override
        for override in SegmentOverride.objects.filter(locale=state.locale_id, context__in=segments.values("context"))
    }
    places = Places(state.page.specific_class)
    for segment in segments.filter(context__in=chosen):
        model = places.at(segment.context.field_path).related_model
        override = chosen[segment.context_id]
        keys = {segment.data, override.data}
        if model is None:
            is_usable = links.is_safe(str(override.data))
        else:
            is_usable = model._default_manager.filter(pk__in=keys).count() == len(keys)
        if not is_usable:
            override.delete()


@transaction.atomic
def choose(state: TranslationState, segment: OverridableSegment, value: Any, user: Any) -> SegmentOverride:
    """The override, kept: `value` is of the original's kind, a key or an address.

    Raises ValidationError, before anything is kept, for what the translated page could not show.
    """
    place = Places(state.page.specific_class).at(segment.context.field_path)
    value = _checked(place, value)
    override, _created = SegmentOverride.objects.update_or_create(
        locale_id=state.locale_id,
        context_id=segment.context_id,
        defaults={
            "data_json": json.dumps(value),
            "last_translated_by": user,
            "has_error": False,
            "field_error": "",
        },
    )
    translation = state.translation
    try:
        page = translation.source.get_ephemeral_translated_instance(translation.target_locale, fallback=True)
    except (ObjectDoesNotExist, ValueError, TypeError, OverflowError) as error:
        raise ValidationError(gettext("There is no such thing to choose.")) from error
    field = segment.context.path.partition(".")[0]
    page.clean_fields(exclude=[other.name for other in page._meta.fields if other.name != field])
    return override


def _checked(place: Place, value: Any) -> Any:
    """The value as the editor's own field takes it."""
    if place.related_model is not None:
        if not isinstance(value, int) or isinstance(value, bool):
            raise ValidationError(gettext("There is no such thing to choose."))
        return value
    if not isinstance(value, str) or not value.strip():
        raise ValidationError(gettext("Enter an address."))
    return text_field(place).clean(value)


def withdraw(state: TranslationState, segment: OverridableSegment) -> None:
    """The translation shows what the original shows again."""
    SegmentOverride.objects.filter(locale_id=state.locale_id, context_id=segment.context_id).delete()
