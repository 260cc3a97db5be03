"""A field for child rows that each name one thing, such as the countries of a page: several are chosen in one field.

The rows are those of a relation; their only panel is that of the field which names something. They keep the order of
the choice.
"""

import functools
from collections.abc import Callable, Collection, Iterable
from typing import Any

from django import forms
from django.core.exceptions import FieldDoesNotExist
from django.utils.translation import gettext_lazy as _
from wagtail.admin import compare
from wagtail.admin.panels import FieldPanel

from iom.core.forms import PageForm

Choices = Iterable[tuple[Any, Any]]


class RowsWidget(forms.SelectMultiple):
    """A list of all that may be chosen, what is chosen first. A script makes it a field in which one searches."""

    class Media:
        css = {"all": ["css/admin/rows.css"]}
        js = ["js/admin/rows.js"]

    def build_attrs(self, base_attrs: dict[str, Any], extra_attrs: dict[str, Any] | None = None) -> dict[str, Any]:
        words = {
            "data-controller": "rows",
            "data-rows-placeholder-value": _("Search…"),
            "data-rows-remove-value": _("Remove"),
            "data-rows-none-value": _("No results"),
        }
        return super().build_attrs(base_attrs, extra_attrs) | words

    def optgroups(self, name: str, value: list[str], attrs: dict[str, Any] | None = None) -> list[Any]:
        place = {key: number for number, key in enumerate(value)}
        groups = super().optgroups(name, value, attrs)
        return sorted(groups, key=lambda group: place.get(str(group[1][0]["value"]), len(place)))


class RowsField(forms.MultipleChoiceField):
    """`choices` is called for each form."""

    widget = RowsWidget

    def __init__(self, choices: Callable[[], Choices], **kwargs: Any) -> None:
        super().__init__(choices=choices, required=False, **kwargs)

    def to_python(self, value: Any) -> list[str]:
        return list(dict.fromkeys(super().to_python(value)))

    def has_changed(self, initial: Collection[Any] | None, data: Collection[Any] | None) -> bool:
        """The order counts."""
        return list(initial or []) != list(data or [])


def _naming(model: Any) -> Any:
    """The field by which a row names something."""
    return model._meta.get_field(model.panels[0].field_name)


def _named_by(row: Any) -> str:
    return str(getattr(row, _naming(row).attname))


def _made(model: Any, value: str) -> Any:
    naming = _naming(model)
    return model(**{naming.attname: naming.to_python(value)})


class RowsForm(PageForm):
    """Reads and writes the rows of each RowsField, whose name is that of the relation."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self._relations():
            rows = {_named_by(row): row for row in getattr(self.instance, name).all()}
            self.initial[name] = list(rows)
            if rows:
                self._offer(self.fields[name], rows)

    @staticmethod
    def _offer(field: Any, rows: dict[str, Any]) -> None:
        """What a row names may no longer be offered, and is kept until somebody removes it."""
        offered = {str(value) for value, _label in field.choices}
        field.choices = [*field.choices, *((key, str(row)) for key, row in rows.items() if key not in offered)]

    def _relations(self) -> list[str]:
        return [name for name, field in self.fields.items() if isinstance(field, RowsField)]

    def write_child_rows(self) -> None:
        super().write_child_rows()
        self._write_rows()

    def _write_rows(self) -> None:
        for name in self._relations():
            if name not in self.cleaned_data:
                continue
            rows = getattr(self.instance, name)
            existing = {_named_by(row): row for row in rows.all()}
            chosen = [existing.get(value) or _made(rows.model, value) for value in self.cleaned_data[name]]
            for number, row in enumerate(chosen):
                row.sort_order = number
            rows.set(chosen)

    def save(self, commit: bool = True) -> Any:
        self._write_rows()
        return super().save(commit=commit)


class RowsPanel(FieldPanel):
    """Shows a RowsField of a form, and compares its rows in two versions of a page."""

    @property
    def db_field(self) -> Any:
        """None of its own: rows are not a field of the page."""
        raise FieldDoesNotExist(self.field_name)

    class BoundPanel(FieldPanel.BoundPanel):
        def get_comparison(self) -> list[Any]:
            relation = self.panel.model._meta.get_field(self.field_name)
            model = relation.related_model
            panel = model.panels[0].bind_to_model(model)
            one = functools.partial(panel.get_comparison_class(), panel.db_field)
            rows = functools.partial(compare.ChildRelationComparison, relation, [one], label=self.heading)
            return [rows]
