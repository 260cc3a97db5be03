"""What one language has in place of the original's: another picture, link or document, the slug, the keywords."""

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

SLUG, KEYWORDS = "slug", "keywords"  # of which the source has no segments
Chosen = dict[str, SegmentOverride]


def translated_page(
    state: TranslationState, text: Text | None = None, chosen: Chosen | None = None, *, fallback: bool = False
) -> Any:
    """The translated page as its segments make it, unsaved; with `fallback` in the original's words where some are
    missing (localize's MissingTranslationError otherwise).

    An override whose record has been deleted, or whose address is not safe, is removed first: the original's value
    stands there again. `text` and `chosen` are given by a caller who has read them.
    """
    translation = state.translation
    source, model = translation.source, state.page.specific_class
    original = model.from_content(json.loads(source.content_json))
    page = model._default_manager.get(pk=state.page_id)
    page.locale = translation.target_locale
    page.is_translation, page.original = True, original
    copy_synchronised_fields(original, page)
    chosen = chosen_values(state) if chosen is None else chosen
    values = [
        *_strings(state, segments.of_translation(translation) if text is None else text, fallback),
        *_templates(source.pk),
        *_overridden(state, chosen),
    ]
    ingest_segments(original, page, source.locale, translation.target_locale, values)
    page.keywords = str(chosen[KEYWORDS].data) if KEYWORDS in chosen else ""
    return page


def chosen_values(state: TranslationState) -> Chosen:
    """What the language has of its own, by the path of the field or block."""
    return {row.context.path: row for row in _rows(state.original.translation_key, state.locale_id)}


def _strings(state: TranslationState, text: Text, fallback: bool) -> Iterator[StringSegmentValue]:
    for segment in text:
        data = segment.target or (segment.source if fallback else "")
        if not data:
            raise MissingTranslationError(segment, state.locale)
        value = StringSegmentValue(segment.path, StringValue(data), attrs=json.loads(segment.attrs))
        yield value.with_order(segment.order)


def _templates(source_id: int) -> Iterator[TemplateSegmentValue]:
    for row in TemplateSegment.objects.filter(source=source_id).select_related("template", "context"):
        path, made = row.context.path, row.template
        yield TemplateSegmentValue(path, made.template_format, made.template, made.string_count, order=row.order)


def _overridden(state: TranslationState, chosen: Chosen) -> Iterator[OverridableSegmentValue]:
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


def store(state: TranslationState, context_id: int, value: Any, user: Any) -> None:
    """Keeps the value of one language at a place; `value` is a key or a text."""
    SegmentOverride.objects.update_or_create(
        locale_id=state.locale_id,
        context_id=context_id,
        defaults={
            "data_json": json.dumps(value, cls=DjangoJSONEncoder),
            "last_translated_by": user,
        },
    )


def chosen_text(state: TranslationState, name: str) -> str:
    """The slug (SLUG) for the next publication, or the KEYWORDS of the language; empty where none have been written.

    A page for which no slug is chosen keeps its own, or takes one from its title.
    """
    row = _texts(state, name).first()
    return str(row.data) if row else ""


def choose_text(state: TranslationState, name: str, text: str, user: Any) -> None:
    """Keeps it for the next publication; an empty one deletes what was written."""
    if not text:
        delete_text(state, name)
        return
    context, _created = TranslationContext.objects.get_or_create(
        object_id=state.original.translation_key, path=name, defaults={"field_path": name}
    )
    store(state, context.pk, text, user)


def delete_text(state: TranslationState, name: str) -> None:
    """A slug after its publication, or what is no longer wanted."""
    _texts(state, name).delete()


def _texts(state: TranslationState, name: str) -> QuerySet[SegmentOverride]:
    return _rows(state.original.translation_key, state.locale_id).filter(context__path=name)


def _rows(translation_key: UUID, locale_id: int) -> QuerySet[SegmentOverride]:
    """All that a language has of its own in a text."""
    rows = SegmentOverride.objects.filter(context__object_id=translation_key, locale=locale_id)
    return rows.select_related("context")


def _files(page: Page) -> Iterator[drafts.Reference]:
    """The pictures and documents of a language for its next publication are in use, as in a draft."""
    places = Places(type(page))
    for row in _rows(page.translation_key, page.locale_id):
        place = row.context.field_path
        model = places.at(place).related_model
        if model in drafts.FILES:
            yield drafts.reference_to(model, row.data, place, row.context.path)


def _pages() -> Iterable[int]:
    own = SegmentOverride.objects.filter(context__object_id=OuterRef("translation_key"), locale=OuterRef("locale_id"))
    return Page.objects.filter(Exists(own)).values_list("pk", flat=True)


drafts.sources.append(drafts.Source(_files, _pages))
