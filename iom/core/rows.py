"""A form field for child rows that each refer to one thing, such as the countries of a page.

The user chooses several values in one field. The rows are those of a relation, and their only panel is that of the
field with the value. They keep the order of the choice.
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
    """A `<select multiple>` with the chosen options first. A script turns it into a field with a search."""

    class Media:
        css = {"all": ["css/admin/rows.css"]}
        js = ["js/admin/rows.js"]

    def build_attrs(self, base_attrs: dict[str, Any], extra_attrs: dict[str, Any] | None = None) -> dict[str, Any]:
        data = {
            "data-controller": "rows",
            "data-rows-placeholder-value": _("Search…"),
            "data-rows-remove-value": _("Remove"),
            "data-rows-none-value": _("No results"),
        }
        return super().build_attrs(base_attrs, extra_attrs) | data

    def optgroups(self, name: str, value: list[str], attrs: dict[str, Any] | None = None) -> list[Any]:
        place = {key: number for number, key in enumerate(value)}
        groups = super().optgroups(name, value, attrs)
        return sorted(groups, key=lambda group: place.get(str(group[1][0]["value"]), len(place)))


class RowsField(forms.MultipleChoiceField):
    """Chooses the values of child rows. `choices` is called for each form."""

    widget = RowsWidget

    def __init__(self, choices: Callable[[], Choices], **kwargs: Any) -> None:
        super().__init__(choices=choices, required=False, **kwargs)

    def to_python(self, value: Any) -> list[str]:
        return list(dict.fromkeys(super().to_python(value)))

    def has_changed(self, initial: Collection[Any] | None, data: Collection[Any] | None) -> bool:
        """Compares the order as well."""
        return list(initial or []) != list(data or [])


def _get_value_field(model: Any) -> Any:
    """Returns the field of a row model that has the value."""
    return model._meta.get_field(model.panels[0].field_name)


def _get_value(row: Any) -> str:
    return str(getattr(row, _get_value_field(row).attname))


def _build_row(model: Any, value: str) -> Any:
    field = _get_value_field(model)
    return model(**{field.attname: field.to_python(value)})


class RowsForm(PageForm):
    """Reads and writes the rows of each RowsField. The field has the name of the relation."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self._get_relation_names():
            rows = {_get_value(row): row for row in getattr(self.instance, name).all()}
            self.initial[name] = list(rows)
            if rows:
                self._add_existing_choices(self.fields[name], rows)

    @staticmethod
    def _add_existing_choices(field: Any, rows: dict[str, Any]) -> None:
        """Adds values of existing rows that are no longer offered, so that they stay until somebody removes them."""
        offered = {str(value) for value, _label in field.choices}
        field.choices = [*field.choices, *((key, str(row)) for key, row in rows.items() if key not in offered)]

    def _get_relation_names(self) -> list[str]:
        return [name for name, field in self.fields.items() if isinstance(field, RowsField)]

    def write_child_rows(self) -> None:
        super().write_child_rows()
        self._write_rows()

    def _write_rows(self) -> None:
        for name in self._get_relation_names():
            if name not in self.cleaned_data:
                continue
            rows = getattr(self.instance, name)
            existing = {_get_value(row): row for row in rows.all()}
            chosen = [existing.get(value) or _build_row(rows.model, value) for value in self.cleaned_data[name]]
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
        """Raises FieldDoesNotExist: the rows are not a field of the page."""
        raise FieldDoesNotExist(self.field_name)

    class BoundPanel(FieldPanel.BoundPanel):
        def get_comparison(self) -> list[Any]:
            relation = self.panel.model._meta.get_field(self.field_name)
            model = relation.related_model
            panel = model.panels[0].bind_to_model(model)
            comparison = functools.partial(panel.get_comparison_class(), panel.db_field)
            rows = functools.partial(compare.ChildRelationComparison, relation, [comparison], label=self.heading)
            return [rows]
