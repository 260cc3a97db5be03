"""The content of a page in a form in which two copies can be compared: a row, a revision, a submitted text."""

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


def of(model: type[Page], serialized: str) -> dict[str, Any]:
    """The fields of a page from its JSON. Streams are parsed too: PostgreSQL puts the keys of theirs in another order.

    Child rows are without keys, which they get when they are first published.
    """
    content = json.loads(serialized)
    for field in model._meta.get_fields():
        if isinstance(field, StreamField) and isinstance(content.get(field.name), str):
            content[field.name] = json.loads(content[field.name])
    return {name: _without_keys(value) for name, value in content.items() if name != "pk"}


def shared_digest(source: TranslationSource) -> str:
    """SHA-256, in hexadecimal, of the values that translations share with their original."""
    kind = ContentType.objects.get_for_id(source.specific_content_type_id)  # Django keeps it in memory
    model: Any = kind.model_class()
    said = of(model, source.content_json)
    shared = {"expire_at": said.get("expire_at")}
    for declared in get_translatable_fields(model):
        field: Any = declared.get_field(model)
        if isinstance(declared, SynchronizedField):
            shared[field.name] = said.get(field.name)
        elif isinstance(field, StreamField):
            shown = {file for child in field.to_python(json.dumps(said.get(field.name))) for file in files_of(child)}
            shared[field.name] = sorted((model.__name__, key) for model, key in shown)
    return hashlib.sha256(json.dumps(shared, sort_keys=True).encode()).hexdigest()


def blocks_digest(page: Page) -> str:
    """SHA-256, in hexadecimal, of the blocks of a text: of their words, and of figures, dates and links as well."""
    said = of(type(page), page.to_json())
    fields: list[Any] = [declared.get_field(type(page)) for declared in get_translatable_fields(type(page))]
    blocks = [said.get(field.name) for field in fields if isinstance(field, StreamField)]
    return hashlib.sha256(json.dumps(blocks, sort_keys=True).encode()).hexdigest()


def files_of(child: Any) -> set[tuple[type, str]]:
    """The pictures and documents that a block of a stream shows: model and key of each."""
    models = (get_image_model(), get_document_model())
    references = child.block.extract_references(child.value)
    return {(model, str(key)) for model, key, *_path in references if model in models}


def is_pending_source(state: TranslationState, original: Page) -> bool:
    """Whether readers do not have the text yet that was submitted: a later draft of a live page, for example."""
    if not original.has_unpublished_changes:
        return False
    model: Any = original.specific_class
    submitted = model.from_content(json.loads(state.translation.source.content_json))  # without what is deleted since
    return text_of(model, original.specific.to_json()) != text_of(model, submitted.to_json())


def text_of(model: type[Page], serialized: str, *more: str) -> dict[str, Any]:
    """What languages translate or share of a page, from its JSON, and the fields named in `more`."""
    said = of(model, serialized)
    fields = get_translatable_fields(model)
    names = [one.field_name for one in fields if isinstance(one, TranslatableField | SynchronizedField)]
    return {name: said.get(name) for name in [*names, *more]}


def with_child_rows(page: Page) -> Any:
    """A copy of the page that has read its child rows: each use would read them again otherwise."""
    held = copy(page)
    known = getattr(page, "written_child_rows", {}) | getattr(page, "_cluster_related_objects", {})
    held._cluster_related_objects = known
    for relation in get_all_child_relations(page):
        getattr(held, relation.get_accessor_name()).get_object_list()
    return held


def _without_keys(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _without_keys(part) for name, part in value.items() if name != "pk"}
    if isinstance(value, list):
        return [_without_keys(part) for part in value]
    return value
