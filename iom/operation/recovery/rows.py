"""Copies all rows from one database to another, of any two kinds.

Values go through the converters of both databases for Django's own fields, so that no field of an app changes them.
JSON is copied as text. Foreign keys are checked at the end of the transaction.
"""

import json
from collections.abc import Callable, Iterator
from itertools import batched
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Field, Model, Value

from iom.operation.recovery import RecoveryError

_BATCH = 500  # rows
# Beginnings of the names of tables that are not copied: they belong to one kind of database or one moment.
# The target's own `migrate` writes the table of migrations.
EXCLUDED = ("caching_contentchange", "django_session", "usersessions_usersession", "wagtailsearch_")


def tables(database: BaseDatabaseWrapper) -> list[type[Model]]:
    """Returns a model for each table to copy, sorted by the name of the table."""
    present = set(database.introspection.table_names())
    found = {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}
    return [model for table, model in sorted(found.items()) if table in present and not table.startswith(EXCLUDED)]


def create_tables(source: BaseDatabaseWrapper, target: BaseDatabaseWrapper) -> None:
    """Creates the tables in an empty database, with their columns only."""
    quote = target.ops.quote_name
    with target.cursor() as cursor:
        for model in tables(source):
            columns = (f"{quote(_column(field))} {field.db_type(target) or ''}" for field in _fields(model))
            cursor.execute(f"CREATE TABLE {quote(model._meta.db_table)} ({', '.join(columns)})")


def copy(source: BaseDatabaseWrapper, target: BaseDatabaseWrapper) -> None:
    """Replaces the rows of `target` with those of `source`, in the caller's transactions.

    Raises RecoveryError, which names the table whose rows the target refuses.
    """
    copied = tables(source)
    with target.cursor() as cursor:
        for model in copied:
            cursor.execute(f"DELETE FROM {target.ops.quote_name(model._meta.db_table)}")  # noqa: S608
    for model in copied:
        try:
            _copy_table(model, source, target)
        except Exception as error:
            raise RecoveryError(f"The rows of {model._meta.db_table} could not be copied: {error}") from error
    with target.cursor() as cursor:
        for statement in target.ops.sequence_reset_sql(no_style(), copied):
            cursor.execute(statement)


def _copy_table(model: type[Model], source: BaseDatabaseWrapper, target: BaseDatabaseWrapper) -> None:
    quote, fields = target.ops.quote_name, _fields(model)
    table, columns = quote(model._meta.db_table), ", ".join(quote(_column(field)) for field in fields)
    insert = f"INSERT INTO {table} ({columns}) VALUES ({', '.join(['%s'] * len(fields))})"  # noqa: S608
    converters = [_converter(_plain_field(field), source, target) for field in fields]
    with source.chunked_cursor() as reader, target.cursor() as cursor:
        reader.execute(f"SELECT {columns} FROM {table}")  # noqa: S608
        for rows in batched(_fetch(reader), _BATCH):
            cursor.executemany(
                insert, [[convert(value) for convert, value in zip(converters, row, strict=True)] for row in rows]
            )


def _fetch(cursor: Any) -> Iterator[tuple[Any, ...]]:
    while rows := cursor.fetchmany(_BATCH):
        yield from rows


def _fields(model: type[Model]) -> list[Field]:
    return [field for field in model._meta.local_concrete_fields if not field.generated]


def _column(field: Field) -> str:
    return str(field.column)


def _plain_field(field: Field) -> Field:
    """Returns a field of Django's own with the same type of column. A field of an app could change a value."""
    while isinstance(field, models.ForeignKey):
        field = field.target_field
    if type(field).__module__.startswith("django.db.models") and not isinstance(field, models.FileField):
        return field
    return getattr(models, field.get_internal_type().replace("FileField", "CharField"))()


def _converter(field: Field, source: BaseDatabaseWrapper, target: BaseDatabaseWrapper) -> Callable[[Any], Any]:
    """Returns a function that converts a value read by the source's driver into one for the target."""
    if isinstance(field, models.JSONField):
        return lambda value: value if value is None else json.dumps(json.loads(value))
    expression = Value(None, output_field=field)
    readers = [*source.ops.get_db_converters(expression), *expression.get_db_converters(source)]

    def convert(value: Any) -> Any:
        for reader in readers:
            value = reader(value, expression, source)
        return field.get_db_prep_save(value, target)

    return convert
