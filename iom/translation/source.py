"""localize's rows of an original (its source, contexts, strings and segments), written in a fixed number of statements.

localize's own `TranslationSource.update_or_create_from_instance` asks for each segment several times. The rows are the
same; a test compares them.
"""

import json
from collections.abc import Callable, Iterable
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid5

from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.utils import timezone
from wagtail.models import Page
from wagtail_localize.models import (
    OverridableSegment,
    RelatedObjectSegment,
    String,
    StringSegment,
    Template,
    TemplateSegment,
    TranslatableObject,
    TranslationContext,
    TranslationSource,
    get_schema_version,
)
from wagtail_localize.segments import RelatedObjectSegmentValue, StringSegmentValue, TemplateSegmentValue
from wagtail_localize.segments.extract import extract_segments

# What tells one segment of a source from another, beside its context and its place in the text.
_SEGMENTS: dict[type[models.Model], tuple[str, ...]] = {
    StringSegment: ("string_id", "attrs"),
    TemplateSegment: ("template_id",),
    RelatedObjectSegment: ("object_id",),
    OverridableSegment: ("data_json",),
}


@transaction.atomic
def store(page: Page, source: TranslationSource | None = None) -> TranslationSource:
    """The source of a page in its own type, with the segments that the page now has. Unchanged pages write nothing.

    `source` is its row, where the caller has read it.
    """
    content = page.to_json()
    if source is None:
        source = TranslationSource.objects.filter(object_id=page.translation_key, locale_id=page.locale_id).first()
    if source is not None and json.loads(source.content_json) == json.loads(content):
        return source
    said = {
        "object_repr": str(page)[:200],
        "content_json": content,
        "schema_version": get_schema_version(page._meta.app_label),
        "last_updated_at": timezone.now(),
    }
    if source is None:
        known, _created = TranslatableObject.objects.get_or_create_from_instance(page)
        source, _created = TranslationSource.objects.update_or_create(
            object=known,
            locale_id=page.locale_id,
            specific_content_type=ContentType.objects.get_for_model(type(page)),
            defaults=said,
        )
    else:
        for name, value in said.items():
            setattr(source, name, value)
        source.save(update_fields=said)
    _store_segments(source, page.with_content_json(json.loads(content)))
    return source


def _store_segments(source: TranslationSource, page: Page) -> None:
    values = extract_segments(page)
    contexts = _contexts(source, page, values)
    texts = [value.string.data for value in values if isinstance(value, StringSegmentValue)]
    strings = strings_of(source.locale_id, texts)
    templates = _templates([value for value in values if isinstance(value, TemplateSegmentValue)])
    _know([value for value in values if isinstance(value, RelatedObjectSegmentValue)])
    wanted: dict[type[models.Model], list[tuple[Any, ...]]] = {model: [] for model in _SEGMENTS}
    for value in values:
        place = (contexts[value.path], value.order)
        if isinstance(value, StringSegmentValue):
            wanted[StringSegment].append((*place, strings[value.string.data], _json(value.attrs)))
        elif isinstance(value, TemplateSegmentValue):
            wanted[TemplateSegment].append((*place, templates[_template(value)]))
        elif isinstance(value, RelatedObjectSegmentValue):
            wanted[RelatedObjectSegment].append((*place, value.translation_key))
        else:
            wanted[OverridableSegment].append((*place, _json(value.data)))
    for model, rows in wanted.items():
        _replace(model, source, rows)


def _replace(model: type[Any], source: TranslationSource, wanted: list[tuple[Any, ...]]) -> None:
    """Deletes and creates rows of one kind until there are those that are wanted."""
    names = ("context_id", "order", *_SEGMENTS[model])
    there = {tuple(row): pk for pk, *row in model.objects.filter(source=source).values_list("pk", *names)}
    if gone := there.keys() - set(wanted):
        model.objects.filter(pk__in=[there[row] for row in gone]).delete()
    model.objects.bulk_create(
        [model(source=source, **dict(zip(names, row, strict=True))) for row in wanted if row not in there]
    )


def _contexts(source: TranslationSource, page: Page, values: Iterable[Any]) -> dict[str, int]:
    """The keys of the contexts, by path."""
    model: Any = TranslationContext

    def make(path_id: UUID, path: str) -> TranslationContext:
        return model(object_id=source.object_id, path=path, path_id=path_id, field_path=_field_path(path, page))

    return _stored(
        model, "path_id", [value.path for value in values], model._get_path_id, make, object=source.object_id
    )


def strings_of(locale_id: int, texts: Iterable[str]) -> dict[str, int]:
    """The keys of localize's strings, by what they say; those that are missing are made."""
    model: Any = String

    def make(data_hash: UUID, text: str) -> String:
        return model(locale_id=locale_id, data=text, data_hash=data_hash)

    return _stored(model, "data_hash", texts, model._get_data_hash, make, locale=locale_id)


def _templates(values: Iterable[TemplateSegmentValue]) -> dict[tuple[str, str, int], int]:
    def make(uuid: UUID, value: tuple[str, str, int]) -> Template:
        template_format, template, count = value
        return Template(uuid=uuid, template=template, template_format=template_format, string_count=count)

    def uuid_of(value: tuple[str, str, int]) -> UUID:
        return uuid5(uuid5(Template.BASE_UUID_NAMESPACE, value[0]), value[1])

    return _stored(Template, "uuid", [_template(value) for value in values], uuid_of, make)


def _template(value: TemplateSegmentValue) -> tuple[str, str, int]:
    return value.format, value.template, value.string_count


def _know(values: Iterable[RelatedObjectSegmentValue]) -> None:
    related = [TranslatableObject(translation_key=it.translation_key, content_type=it.content_type) for it in values]
    TranslatableObject.objects.bulk_create(related, ignore_conflicts=True)


def _stored[Value](
    model: type[Any],
    name: str,
    values: Iterable[Value],
    hash_of: Callable[[Value], UUID],
    make: Callable[[UUID, Value], models.Model],
    **shared: Any,
) -> dict[Value, int]:
    """The keys of rows by what their field `name` is a hash of.

    Those that are missing are made; where another makes the same at the same moment, that one is taken.
    """
    hashes = {value: hash_of(value) for value in values}
    rows = model.objects.filter(**shared, **{f"{name}__in": set(hashes.values())}).values_list(name, "pk")
    found = dict(rows.all())
    if missing := [make(hashed, value) for value, hashed in hashes.items() if hashed not in found]:
        model.objects.bulk_create(missing, ignore_conflicts=True)
        found = dict(rows.all())
    return {value: found[hashed] for value, hashed in hashes.items()}


def _field_path(path: str, page: Page) -> str:
    """localize's, which would save each context by itself."""
    context: Any = SimpleNamespace(path=path, field_path="", save=lambda **kwargs: None)
    return TranslationContext.get_field_path(context, page)


def _json(value: Any) -> str:
    return json.dumps(value, cls=DjangoJSONEncoder)
