"""What one language has in place of the original's: another picture, link or document, and the slug of the page."""

import json
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import QuerySet
from wagtail_localize.models import OverridableSegment, SegmentOverride, TranslationContext

from iom import links
from iom.translation.content.places import Places
from iom.translation.models import TranslationState

SLUG = "slug"


def translated_page(state: TranslationState, *, fallback: bool = False) -> Any:
    """The translated page as its segments make it, unsaved; with `fallback` in the original's words where some are
    missing (localize's MissingTranslationError otherwise).

    An override whose record has been deleted, or whose address is not safe, is removed first: the original's value
    stands there again.
    """
    _delete_unusable(state)
    translation = state.translation
    kind = ContentType.objects.get_for_id(translation.source.specific_content_type_id)  # Django keeps it in memory
    translation.source.specific_content_type = kind
    return translation.source.get_ephemeral_translated_instance(translation.target_locale, fallback=fallback)


def _delete_unusable(state: TranslationState) -> None:
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


def store(state: TranslationState, context_id: int, value: Any, user: Any) -> None:
    """Keeps the value of one language at a place; `value` is a key or a text."""
    SegmentOverride.objects.update_or_create(
        locale_id=state.locale_id,
        context_id=context_id,
        defaults={
            "data_json": json.dumps(value, cls=DjangoJSONEncoder),
            "last_translated_by": user,
            "has_error": False,
            "field_error": "",
        },
    )


def chosen_slug(state: TranslationState) -> str:
    """The slug for the next publication; empty where none has been written: the page keeps its own, or takes one from
    its title."""
    row = _slugs(state).first()
    return str(row.data) if row else ""


def choose_slug(state: TranslationState, slug: str, user: Any) -> None:
    """Keeps a slug for the next publication; an empty one deletes what was written."""
    if not slug:
        delete_slug(state)
        return
    context, _created = TranslationContext.objects.get_or_create(
        object_id=state.original.translation_key, path=SLUG, defaults={"field_path": SLUG}
    )
    store(state, context.pk, slug, user)


def delete_slug(state: TranslationState) -> None:
    """After its publication, or where it is no longer wanted."""
    _slugs(state).delete()


def _slugs(state: TranslationState) -> QuerySet[SegmentOverride]:
    return SegmentOverride.objects.filter(
        context__object_id=state.original.translation_key, context__path=SLUG, locale=state.locale_id
    )
