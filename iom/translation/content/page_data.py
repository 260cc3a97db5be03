"""What a page says, in a form in which two copies of it can be compared, wherever each is kept."""

import json
from copy import copy
from typing import Any

from modelcluster.models import get_all_child_relations
from wagtail.fields import StreamField
from wagtail.models import Page


def of(model: type[Page], serialized: str) -> dict[str, Any]:
    """The fields of a page from its JSON. Streams are parsed too: PostgreSQL puts the keys of theirs in another order.

    Child rows are without keys, which they get when they are first published.
    """
    content = json.loads(serialized)
    for field in model._meta.get_fields():
        if isinstance(field, StreamField) and isinstance(content.get(field.name), str):
            content[field.name] = json.loads(content[field.name])
    return {name: _without_keys(value) for name, value in content.items() if name != "pk"}


def with_child_rows(page: Page) -> Any:
    """The same page with its child rows, read once: whatever asks for them would read them each time."""
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
