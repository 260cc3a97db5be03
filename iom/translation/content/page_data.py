"""Loads the content of a page for comparisons and digests, whether it is a row, a revision or a submitted text."""

import hashlib
import json
from copy import copy
from typing import Any

from django.contrib.contenttypes.models import ContentType
from modelcluster.models import get_all_child_relations
from wagtail.documents import get_document_model
from wagtail.fields import StreamField
from wagtail.images import get_image_model
from wagtail.models import Page
from wagtail_localize.fields import SynchronizedField, TranslatableField, get_translatable_fields
from wagtail_localize.models import TranslationSource

from iom.translation.models import TranslationState


def load_content(model: type[Page], serialized: str) -> dict[str, Any]:
    """Returns the fields of a page from its JSON.

    Streams are parsed as well, because PostgreSQL changes the order of their JSON keys. Primary keys are removed,
    because child rows get theirs only at the first publication.
    """
    content = json.loads(serialized)
    for field in model._meta.get_fields():
        if isinstance(field, StreamField) and isinstance(content.get(field.name), str):
            content[field.name] = json.loads(content[field.name])
    return {name: _remove_keys(value) for name, value in content.items() if name != "pk"}


def shared_digest(source: TranslationSource) -> str:
    """Returns the SHA-256, in hexadecimal, of the values that translations share with their original."""
    kind = ContentType.objects.get_for_id(source.specific_content_type_id)  # Django keeps it in memory
    model: Any = kind.model_class()
    content = load_content(model, source.content_json)
    shared = {"expire_at": content.get("expire_at")}
    for declared in get_translatable_fields(model):
        field: Any = declared.get_field(model)
        if isinstance(declared, SynchronizedField):
            shared[field.name] = content.get(field.name)
        elif isinstance(field, StreamField):
            stream = field.to_python(json.dumps(content.get(field.name)))
            shown = {file for child in stream for file in files_of(child)}
            shared[field.name] = sorted((model.__name__, key) for model, key in shown)
    return hashlib.sha256(json.dumps(shared, sort_keys=True).encode()).hexdigest()


def blocks_digest(page: Page) -> str:
    """Returns the SHA-256, in hexadecimal, of all stream fields, untranslated values such as figures included."""
    content = load_content(type(page), page.to_json())
    fields: list[Any] = [declared.get_field(type(page)) for declared in get_translatable_fields(type(page))]
    blocks = [content.get(field.name) for field in fields if isinstance(field, StreamField)]
    return hashlib.sha256(json.dumps(blocks, sort_keys=True).encode()).hexdigest()


def files_of(child: Any) -> set[tuple[type, str]]:
    """Returns the pictures and documents that a block of a stream refers to, as pairs of model and key."""
    models = (get_image_model(), get_document_model())
    references = child.block.extract_references(child.value)
    return {(model, str(key)) for model, key, *_path in references if model in models}


def is_pending_source(state: TranslationState, original: Page) -> bool:
    """Returns whether the submitted text is not published yet, as with a later draft of a live page."""
    if not original.has_unpublished_changes:
        return False
    model: Any = original.specific_class
    # `from_content` leaves out references to records that have been deleted since
    submitted = model.from_content(json.loads(state.translation.source.content_json))
    return translatable_content(model, original.specific.to_json()) != translatable_content(model, submitted.to_json())


def translatable_content(model: type[Page], serialized: str, *more: str) -> dict[str, Any]:
    """Returns the translated and shared fields of a page from its JSON, and the fields named in `more`."""
    content = load_content(model, serialized)
    fields = get_translatable_fields(model)
    names = [one.field_name for one in fields if isinstance(one, TranslatableField | SynchronizedField)]
    return {name: content.get(name) for name in [*names, *more]}


def with_child_rows(page: Page) -> Any:
    """Returns a copy of the page with its child rows loaded, which each use would read again otherwise."""
    loaded = copy(page)
    relations = getattr(page, "written_child_rows", {}) | getattr(page, "_cluster_related_objects", {})
    loaded._cluster_related_objects = relations
    for relation in get_all_child_relations(page):
        getattr(loaded, relation.get_accessor_name()).get_object_list()
    return loaded


def _remove_keys(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _remove_keys(part) for name, part in value.items() if name != "pk"}
    if isinstance(value, list):
        return [_remove_keys(part) for part in value]
    return value
