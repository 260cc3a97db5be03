"""Another picture, link or address for one language, in the place of the original's."""

import json
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.core.validators import URLValidator, validate_email
from django.db import transaction
from django.utils.translation import gettext
from wagtail_localize.models import OverridableSegment, SegmentOverride

from iom.translation.models import TranslationState


@transaction.atomic
def choose(state: TranslationState, segment: OverridableSegment, value: Any, user: Any) -> SegmentOverride:
    """The override, kept: `value` is of the original's kind, a key or an address.

    Raises ValidationError, before anything is kept, for what the translated page could not show.
    """
    _check(segment.data, value)
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
    except (ObjectDoesNotExist, ValueError, TypeError) as error:
        raise ValidationError(gettext("There is no such thing to choose.")) from error
    field = segment.context.path.partition(".")[0]
    page.clean_fields(exclude=[other.name for other in page._meta.fields if other.name != field])
    return override


def _check(original: Any, value: Any) -> None:
    if isinstance(original, int):
        if not isinstance(value, int) or isinstance(value, bool):
            raise ValidationError(gettext("There is no such thing to choose."))
    elif not isinstance(value, str):
        raise ValidationError(gettext("Enter an address."))
    elif "://" in str(original):
        URLValidator(schemes=["http", "https"])(value)
    elif "@" in str(original):
        validate_email(value.removeprefix("mailto:"))


def withdraw(state: TranslationState, segment: OverridableSegment) -> None:
    """The translation shows what the original shows again."""
    SegmentOverride.objects.filter(locale_id=state.locale_id, context_id=segment.context_id).delete()
