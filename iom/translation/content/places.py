"""The place of a segment: the field or block that contains it, with its labels and the text that it accepts."""

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.functional import cached_property
from django.utils.text import capfirst
from wagtail.blocks import ChooserBlock, ListBlock, RichTextBlock, TextBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page


@dataclass(frozen=True)
class Place:
    """A field or block. `group`: the label of the block or record around it, empty for a field of the page."""

    group: str
    label: str
    field: Any  # a field of a model, or a block

    @property
    def is_rich(self) -> bool:
        return isinstance(self.field, RichTextField | RichTextBlock)

    @property
    def is_multiline(self) -> bool:
        return isinstance(self.field, models.TextField | TextBlock | RichTextBlock)

    @property
    def related_model(self) -> type[models.Model] | None:
        """The model of the record that the field or block refers to, if any."""
        if isinstance(self.field, ChooserBlock):
            return self.field.model_class
        return getattr(self.field, "related_model", None)

    @property
    def max_length(self) -> int | None:
        """The limit in characters, if any."""
        return getattr(getattr(self.field, "field", self.field), "max_length", None)


class Places:
    """The places of one page type, by the field path that localize stores with each segment."""

    def __init__(self, model: type[Page]) -> None:
        self.model = model
        self._cache: dict[str, Place] = {}

    def at(self, field_path: str) -> Place:
        if field_path not in self._cache:
            self._cache[field_path] = self._build_place(field_path)
        return self._cache[field_path]

    def position(self, field_path: str) -> int:
        """The position of the field in the authors' form, from 0."""
        name = field_path.split(".")[0]
        return self._positions.get(name, len(self._positions))

    @cached_property
    def _positions(self) -> dict[str, int]:
        options = self.model.get_edit_handler().get_form_options()
        names = [*options.get("fields", []), *options.get("formsets", {})]
        return {name: number for number, name in enumerate(names)}

    def _build_place(self, field_path: str) -> Place:
        name, *rest = field_path.split(".")
        field: Any = self.model._meta.get_field(name)
        if isinstance(field, StreamField):
            block, labels = _find_block(field.stream_block, rest)
            return Place(
                labels[0], " · ".join(label for label in labels[1:] if label != labels[0]) or labels[0], block
            )
        if isinstance(field, models.ManyToOneRel):
            child = field.related_model._meta
            inner: Any = child.get_field(rest[0])
            return Place(capfirst(str(child.verbose_name)), capfirst(str(inner.verbose_name)), inner)
        return Place("", capfirst(str(field.verbose_name)), field)


def _find_block(block: Any, names: list[str]) -> tuple[Any, list[str]]:
    """Returns the block at the path `names`, and the labels along the path. Items of a list have no label."""
    labels = []
    for name in names:
        if isinstance(block, ListBlock):
            block = block.child_block
        else:
            block = block.child_blocks[name]
            labels.append(str(block.label))
    return block, labels
