"""Writes localize's rows of an original (source, contexts, strings, segments) in a fixed number of statements.

localize's own `TranslationSource.update_or_create_from_instance` makes several queries for each segment. The rows are
the same, as a test checks. `RelatedObjectSegment` is not written: no page refers to a translatable record.
"""

import json
from collections.abc import Callable, Iterable
from functools import cache
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
    String,
    StringSegment,
    Template,
    TemplateSegment,
    TranslatableObject,
    TranslationContext,
    TranslationSource,
    get_schema_version,
)
from wagtail_localize.segments import StringSegmentValue, TemplateSegmentValue
from wagtail_localize.segments.extract import extract_segments

# The fields that identify a segment of a source together with its path and order
_IDENTITY: dict[type[models.Model], tuple[str, ...]] = {
    StringSegment: ("string__data", "attrs"),
    TemplateSegment: ("template__template_format", "template__template", "template__string_count"),
    OverridableSegment: ("data_json",),
}


@transaction.atomic
def update_or_create_source(page: Page, source: TranslationSource | None = None) -> TranslationSource:
    """Writes the source of a page with its present segments and returns it. Writes nothing if the page is unchanged.

    `page` is an instance of its specific class. `source` is its row, if the caller has read it.
    """
    content = page.to_json()
    if source is None:
        source = TranslationSource.objects.filter(object_id=page.translation_key, locale_id=page.locale_id).first()
    if source is not None and json.loads(source.content_json) == json.loads(content):
        return source
    values = {
        "object_repr": str(page)[:200],
        "content_json": content,
        "schema_version": _schema_version(page._meta.app_label),
        "last_updated_at": timezone.now(),
    }
    if source is None:
        translatable, _created = TranslatableObject.objects.get_or_create_from_instance(page)
        source, _created = TranslationSource.objects.update_or_create(
            object=translatable,
            locale_id=page.locale_id,
            specific_content_type=ContentType.objects.get_for_model(type(page)),
            defaults=values,
        )
    else:
        for name, value in values.items():
            setattr(source, name, value)
        source.save(update_fields=values)
    _store_segments(source, page.from_content(json.loads(content)))
    return source


_schema_version = cache(get_schema_version)  # the version never changes within a process: migrations run in another


def _store_segments(source: TranslationSource, page: Page) -> None:
    wanted: dict[type[models.Model], list[tuple[Any, ...]]] = {model: [] for model in _IDENTITY}
    for value in extract_segments(page):
        place = (value.path, value.order)
        if isinstance(value, StringSegmentValue):
            wanted[StringSegment].append((*place, value.string.data, _json(value.attrs)))
        elif isinstance(value, TemplateSegmentValue):
            wanted[TemplateSegment].append((*place, value.format, value.template, value.string_count))
        else:
            wanted[OverridableSegment].append((*place, _json(value.data)))
    contexts: dict[str, int] = {}
    new = {model: _sync_rows(model, source, rows, contexts) for model, rows in wanted.items()}
    paths = {path for rows in new.values() for path, *_rest in rows}
    contexts |= _get_or_create_contexts(source, page, paths - contexts.keys())
    strings = get_or_create_strings(source.locale_id, [text for _path, _order, text, _attrs in new[StringSegment]])
    templates = _get_or_create_templates([tuple(template) for _path, _order, *template in new[TemplateSegment]])
    for model, build_fields in (
        (StringSegment, lambda text, attrs: {"string_id": strings[text], "attrs": attrs}),
        (TemplateSegment, lambda *template: {"template_id": templates[template]}),
        (OverridableSegment, lambda data: {"data_json": data}),
    ):
        model.objects.bulk_create(
            model(source=source, context_id=contexts[path], order=order, **build_fields(*rest))
            for path, order, *rest in new[model]
        )


def _sync_rows(model: type[Any], source: TranslationSource, wanted: list[Any], contexts: dict[str, int]) -> list[Any]:
    """Deletes the rows of `model` that are not wanted, and returns the wanted ones that are missing.

    Adds the contexts of the existing rows to `contexts`: their keys by path.
    """
    rows = model.objects.filter(source=source)
    existing = {}
    for pk, context, *row in rows.values_list("pk", "context", "context__path", "order", *_IDENTITY[model]):
        existing[tuple(row)] = pk
        contexts[row[0]] = context
    if gone := existing.keys() - set(wanted):
        model.objects.filter(pk__in=[existing[row] for row in gone]).delete()
    return [row for row in wanted if row not in existing]


def _get_or_create_contexts(source: TranslationSource, page: Page, paths: Iterable[str]) -> dict[str, int]:
    """Returns the keys of the contexts by path. Creates the missing ones."""
    model: Any = TranslationContext
    found = {path: {"path": path, "field_path": _field_path(path, page)} for path in paths}
    return _get_or_create(model, "path_id", model._get_path_id, found, object_id=source.object_id)


def get_or_create_strings(locale_id: int, texts: Iterable[str]) -> dict[str, int]:
    """Returns the keys of localize's strings by their text. Creates the missing ones."""
    model: Any = String
    found = {text: {"data": text} for text in texts}
    return _get_or_create(model, "data_hash", model._get_data_hash, found, locale_id=locale_id)


def find_string(locale_id: int, text: str) -> String | None:
    """Returns localize's string with this text, if a text of the site has or had it."""
    model: Any = String
    return model.objects.filter(locale=locale_id, data_hash=model._get_data_hash(text)).first()


def _get_or_create_templates(values: Iterable[tuple[Any, ...]]) -> dict[tuple[Any, ...], int]:
    def uuid_of(value: tuple[Any, ...]) -> UUID:
        return uuid5(uuid5(Template.BASE_UUID_NAMESPACE, value[0]), value[1])

    names = ("template_format", "template", "string_count")
    return _get_or_create(Template, "uuid", uuid_of, {value: dict(zip(names, value, strict=True)) for value in values})


def _get_or_create[Value](
    model: type[Any],
    name: str,
    hash_of: Callable[[Value], UUID],
    values: dict[Value, dict[str, Any]],
    **shared: Any,
) -> dict[Value, int]:
    """Returns the keys of rows by the values of which their field `name` has the hash. Creates the missing ones.

    `values` has the other fields of each row, except those in `shared`. If another process creates the same row at the
    same time, that row is used.
    """
    hashes = {value: hash_of(value) for value in values}
    if not hashes:
        return {}
    rows = model.objects.filter(**shared, **{f"{name}__in": set(hashes.values())})
    found = dict(rows.values_list(name, "pk"))
    missing = {hashed: value for value, hashed in hashes.items() if hashed not in found}
    if missing:  # in the same order in all processes, so that two cannot deadlock
        made = [model(**shared, **{name: hashed}, **values[missing[hashed]]) for hashed in sorted(missing)]
        unique = [*shared, name]
        model.objects.bulk_create(made, update_conflicts=True, update_fields=[name], unique_fields=unique)
        found |= {getattr(row, name): row.pk for row in made}
    return {value: found[hashed] for value, hashed in hashes.items()}


def _field_path(path: str, page: Page) -> str:
    """Calls localize's method with a stand-in for the context, because it would save each context separately."""
    context: Any = SimpleNamespace(path=path, field_path="", save=lambda **kwargs: None)
    return TranslationContext.get_field_path(context, page)


def _json(value: Any) -> str:
    return json.dumps(value, cls=DjangoJSONEncoder)
