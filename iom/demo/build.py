"""Builds a page from a table of a TOML file. Keys that are fields of the page give their values.

The texts of a language stand below its code, and beside them the values for all languages. Records and pages are named
by their keys.
"""

from datetime import date
from typing import Any

from django.db import models
from wagtail.models import Page

from iom.core.blocks import BodyField
from iom.demo import content
from iom.demo.body import BodyBuilder
from iom.demo.content import Table
from iom.demo.records import Library

# Fields that refer to other pages, which may not exist while pages are created one after the other
LINK_FIELDS = ("body", "reports_to")


def build_page(
    model: type[Page], table: Table, library: Library, language: str, original: str, without: tuple[str, ...] = ()
) -> Page:
    """Returns the page in `language`, not yet in the tree. `original` is the language of the original.

    Pages that fields refer to must exist, except for the fields in `without`.
    """

    def get_value(field: Any, data: Any) -> object:
        match field:
            case BodyField():
                return BodyBuilder(table["key"], language, original, library).build(data)
            case models.ForeignKey():
                return library.get(field.related_model, data, original)
            case models.ManyToOneRel():
                return [build_row(field.related_model, one) for one in data]
            case models.DateTimeField() if isinstance(data, date):
                return content.to_datetime(data)
        return data

    def build_row(model: Any, data: Any) -> models.Model:
        """`data` is a table, or the value of the first field of the row's form."""
        values = data if isinstance(data, dict) else {model.panels[0].field_name: data}
        return build_instance(model, values)

    def build_instance(model: Any, table: Table) -> Any:
        shared = {field.name: table[field.name] for field in model._meta.get_fields() if field.name in table}
        values = shared | table.get(language, {})
        return model(
            **{name: get_value(model._meta.get_field(name), values[name]) for name in values if name not in without}
        )

    return build_instance(model, table)
