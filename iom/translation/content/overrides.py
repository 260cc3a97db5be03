"""Overrides: the values of one translation that replace the original's, such as a picture, a link or the slug."""

import json
from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Exists, OuterRef, QuerySet
from wagtail.models import Page
from wagtail_localize.fields import copy_synchronised_fields
from wagtail_localize.models import (
    MissingTranslationError,
    OverridableSegment,
    SegmentOverride,
    TemplateSegment,
    TranslationContext,
)
from wagtail_localize.segments import (
    OverridableSegmentValue,
    StringSegmentValue,
    TemplateSegmentValue,
)
from wagtail_localize.segments.ingest import ingest_segments
from wagtail_localize.strings import StringValue

from iom import links
from iom.media import drafts
from iom.translation.content import segments
from iom.translation.content.places import Places
from iom.translation.content.segments import Text
from iom.translation.models import TranslationState

SLUG, KEYWORDS = "slug", "keywords"  # stored as overrides, although the source has no segments for them
Overrides = dict[str, SegmentOverride]


def translated_page(
    state: TranslationState, text: Text | None = None, chosen: Overrides | None = None, *, fallback: bool = False
) -> Any:
    """Returns the translated page built from its segments, unsaved.

    Missing translations are filled with the original's text if `fallback` is set; otherwise localize's
    MissingTranslationError is raised. Deletes each override whose record no longer exists or whose URL is not safe, so
    that the original's value is used. `text` and `chosen` avoid a query if the caller has loaded them.
    """
    translation = state.translation
    source, model = translation.source, state.page.specific_class
    original = model.from_content(json.loads(source.content_json))
    page = model._default_manager.get(pk=state.page_id)
    page.locale = translation.target_locale
    page.is_translation, page.original = True, original
    copy_synchronised_fields(original, page)
    chosen = get_overrides(state) if chosen is None else chosen
    values = [
        *_string_values(state, segments.load_text(translation) if text is None else text, fallback),
        *_template_values(source.pk),
        *_override_values(state, chosen),
    ]
    ingest_segments(original, page, source.locale, translation.target_locale, values)
    page.keywords = str(chosen[KEYWORDS].data) if KEYWORDS in chosen else ""
    return page


def get_overrides(state: TranslationState) -> Overrides:
    """Returns the overrides of a translation by the path of the field or block."""
    return {row.context.path: row for row in _rows(state.original.translation_key, state.locale_id)}


def _string_values(state: TranslationState, text: Text, fallback: bool) -> Iterator[StringSegmentValue]:
    for segment in text:
        data = segment.target or (segment.source if fallback else "")
        if not data:
            raise MissingTranslationError(segment, state.locale)
        value = StringSegmentValue(segment.path, StringValue(data), attrs=json.loads(segment.attrs))
        yield value.with_order(segment.order)


def _template_values(source_id: int) -> Iterator[TemplateSegmentValue]:
    for row in TemplateSegment.objects.filter(source=source_id).select_related("template", "context"):
        path, template = row.context.path, row.template
        yield TemplateSegmentValue(
            path, template.template_format, template.template, template.string_count, order=row.order
        )


def _override_values(state: TranslationState, chosen: Overrides) -> Iterator[OverridableSegmentValue]:
    contexts = [override.context_id for path, override in chosen.items() if path not in (SLUG, KEYWORDS)]
    if not contexts:
        return
    places = Places(state.page.specific_class)
    rows = OverridableSegment.objects.filter(source=state.translation.source_id, context__in=contexts)
    for segment in rows.select_related("context"):
        override = chosen[segment.context.path]
        model = places.at(segment.context.field_path).related_model
        keys = {segment.data, override.data}
        if model is None:
            is_usable = links.is_safe(str(override.data))
        else:
            is_usable = model._default_manager.filter(pk__in=keys).count() == len(keys)
        if is_usable:
            yield OverridableSegmentValue(segment.context.path, override.data, order=segment.order)
        else:
            override.delete()


def save_override(state: TranslationState, context_id: int, value: Any, user: Any) -> None:
    """Writes the override of one context. `value` is a primary key or a text."""
    SegmentOverride.objects.update_or_create(
        locale_id=state.locale_id,
        context_id=context_id,
        defaults={
            "data_json": json.dumps(value, cls=DjangoJSONEncoder),
            "last_translated_by": user,
        },
    )


def get_text_override(state: TranslationState, name: str) -> str:
    """Returns the SLUG for the next publication or the KEYWORDS, or an empty string.

    Without a chosen slug, a page keeps its own or gets one from its title.
    """
    row = _text_overrides(state, name).first()
    return str(row.data) if row else ""


def set_text_override(state: TranslationState, name: str, text: str, user: Any) -> None:
    """Writes the SLUG or KEYWORDS for the next publication. An empty text deletes the override."""
    if not text:
        delete_text_override(state, name)
        return
    context, _created = TranslationContext.objects.get_or_create(
        object_id=state.original.translation_key, path=name, defaults={"field_path": name}
    )
    save_override(state, context.pk, text, user)


def delete_text_override(state: TranslationState, name: str) -> None:
    """Deletes the override of the SLUG, for example after its publication, or of the KEYWORDS."""
    _text_overrides(state, name).delete()


def _text_overrides(state: TranslationState, name: str) -> QuerySet[SegmentOverride]:
    return _rows(state.original.translation_key, state.locale_id).filter(context__path=name)


def _rows(translation_key: UUID, locale_id: int) -> QuerySet[SegmentOverride]:
    """Returns all overrides of a text in one language."""
    rows = SegmentOverride.objects.filter(context__object_id=translation_key, locale=locale_id)
    return rows.select_related("context")


def _draft_references(page: Page) -> Iterator[drafts.Reference]:
    """Yields the pictures and documents among the overrides of a page: they are in use, as in a draft."""
    places = Places(type(page))
    for row in _rows(page.translation_key, page.locale_id):
        place = row.context.field_path
        model = places.at(place).related_model
        if model in drafts.FILES:
            yield drafts.reference_to(model, row.data, place, row.context.path)


def _pages_with_overrides() -> Iterable[int]:
    own = SegmentOverride.objects.filter(context__object_id=OuterRef("translation_key"), locale=OuterRef("locale_id"))
    return Page.objects.filter(Exists(own)).values_list("pk", flat=True)


drafts.sources.append(drafts.Source(_draft_references, _pages_with_overrides))
