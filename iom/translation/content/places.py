"""The field or block of a segment: its label for authors, and which text it takes."""

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
    """`group` names the block or the record around it, and is empty for a field of the page itself."""

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
        """What kind of record stands there, where it is one."""
        if isinstance(self.field, ChooserBlock):
            return self.field.model_class
        return getattr(self.field, "related_model", None)

    @property
    def max_length(self) -> int | None:
        """How many characters it takes, if there is a limit."""
        return getattr(getattr(self.field, "field", self.field), "max_length", None)


class Places:
    """The places of one type of page, by the field path that localize keeps with each segment."""

    def __init__(self, model: type[Page]) -> None:
        self.model = model
        self._known: dict[str, Place] = {}

    def at(self, field_path: str) -> Place:
        if field_path not in self._known:
            self._known[field_path] = self._place(field_path)
        return self._known[field_path]

    def position(self, field_path: str) -> int:
        """The place of the field in the form that authors fill in."""
        name = field_path.split(".")[0]
        return self._positions.get(name, len(self._positions))

    @cached_property
    def _positions(self) -> dict[str, int]:
        options = self.model.get_edit_handler().get_form_options()
        names = [*options.get("fields", []), *options.get("formsets", {})]
        return {name: number for number, name in enumerate(names)}

    def _place(self, field_path: str) -> Place:
        name, *rest = field_path.split(".")
        field: Any = self.model._meta.get_field(name)
        if isinstance(field, StreamField):
            block, labels = _descend(field.stream_block, rest)
            return Place(
                labels[0], " · ".join(label for label in labels[1:] if label != labels[0]) or labels[0], block
            )
        if isinstance(field, models.ManyToOneRel):
            child = field.related_model._meta
            inner: Any = child.get_field(rest[0])
            return Place(capfirst(str(child.verbose_name)), capfirst(str(inner.verbose_name)), inner)
        return Place("", capfirst(str(field.verbose_name)), field)


def _descend(block: Any, names: list[str]) -> tuple[Any, list[str]]:
    """The block that `names` lead to, and the labels on the way, without those of a list's nameless items."""
    labels = []
    for name in names:
        if isinstance(block, ListBlock):
            block = block.child_block
        else:
            block = block.child_blocks[name]
            labels.append(str(block.label))
    return block, labels
