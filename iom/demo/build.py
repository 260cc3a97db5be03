"""From a table of a TOML file to a page: a key that is a field of the page gives its value.

The words of a language stand below its code, beside them what is the same in all languages. A record or page is named
by its key.
"""

from datetime import date
from typing import Any

from django.db import models
from wagtail.models import Page

from iom.core.blocks import BodyField
from iom.demo import content
from iom.demo.body import Body
from iom.demo.content import Table
from iom.demo.records import Library

# What names other pages: while pages are made one after the other, not all of them exist.
LINKED = ("body", "reports_to")


def build(
    model: type[Page], table: Table, library: Library, language: str, original: str, without: tuple[str, ...] = ()
) -> Page:
    """The page in that language, not yet in the tree; `original`: the language in which it was written first.

    Pages that other fields name than those in `without` have to be there.
    """

    def value(field: Any, data: Any) -> object:
        match field:
            case BodyField():
                return Body(table["key"], language, original, library).build(data)
            case models.ForeignKey():
                return library.named(field.related_model, data, original)
            case models.ManyToOneRel():
                return [row(field.related_model, one) for one in data]
            case models.DateTimeField() if isinstance(data, date):
                return content.moment(data)
        return data

    def row(model: Any, data: Any) -> models.Model:
        """A row is a table, or the value of the first field of its form."""
        values = data if isinstance(data, dict) else {model.panels[0].field_name: data}
        return made(model, values)

    def made(model: Any, table: Table) -> Any:
        shared = {field.name: table[field.name] for field in model._meta.get_fields() if field.name in table}
        values = shared | table.get(language, {})
        return model(
            **{name: value(model._meta.get_field(name), values[name]) for name in values if name not in without}
        )

    return made(model, table)
