"""Precompiled querysets, and SQL statements.

Django compiles a queryset for each execution, which takes longer than the database needs to answer it.
"""

import threading
from collections.abc import Callable, Iterable, Sequence
from itertools import batched
from typing import Any

from django.db import connection, connections
from django.db.models import BigIntegerField, Expression, F, Field, Model, QuerySet
from django.db.models.lookups import In
from django.db.models.query import ModelIterable


def rows(sql: str, params: Sequence[Any]) -> list[Any]:
    """Executes an SQL statement, and returns its rows."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


class Parameter(Expression):
    """A value in a queryset that each call of the `Statement` passes by name."""

    def __init__(self, name: str, output_field: "Field[Any, Any]") -> None:
        super().__init__(output_field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        return "%s", (self,)

    def bound(self, values: dict[str, Any], connection: Any) -> Any:
        return self.output_field.get_db_prep_value(values[self.name], connection)


class Statement[M: Model]:
    """A queryset that is compiled once in each thread.

    `make` builds the queryset. Each variable value in it is a `Parameter`. Prefetched relations are not supported.
    """

    def __init__(self, make: Callable[[], QuerySet[M]]) -> None:
        self._make = make
        self._compiled = threading.local()

    def __call__(self, before: str = "", params_before: Sequence[Any] = (), /, **values: Any) -> list[M]:
        """Executes the statement with these values, and returns the records.

        `before` contains common table expressions to which the queryset refers, with their parameters.
        """
        rows, compiler, sql, params = self._compile()
        bound = tuple(
            param.bound(values, compiler.connection) if isinstance(param, Parameter) else param for param in params
        )
        compiler.as_sql = lambda: (before + sql, (*params_before, *bound))
        return list(rows)

    def _compile(self) -> tuple[ModelIterable, Any, str, tuple[Any, ...]]:
        found = getattr(self._compiled, "found", None)
        if found is None or found[1].connection is not connections[found[0].queryset.db]:
            queryset: Any = self._make()
            compiler: Any = queryset.query.get_compiler(using=queryset.db)
            sql, params = compiler.as_sql()
            converters = compiler.get_converters([column[0] for column in compiler.select[: compiler.col_count]])
            compiler.get_converters = lambda columns: converters
            queryset.query.get_compiler = lambda using: compiler
            found = self._compiled.found = (ModelIterable(queryset), compiler, sql, params)
        return found


class InBulk[M: Model](Statement[M]):
    """Reads records by their keys, as Django's `in_bulk` does, with one query for each AT_ONCE keys."""

    AT_ONCE = 32
    _names = [f"key{number}" for number in range(AT_ONCE)]

    def __init__(self, make: Callable[[], QuerySet[M]], key: str = "pk") -> None:
        keys = [Parameter(name, BigIntegerField()) for name in self._names]
        super().__init__(lambda: make().filter(In(F(key), keys)))

    def fetch(self, keys: Iterable[int], **values: Any) -> dict[int, M]:
        """Returns the records by key. `values` are the other parameters of the queryset."""
        found: dict[int, M] = {}
        for batch in batched(keys, self.AT_ONCE):
            params = dict.fromkeys(self._names, batch[0]) | dict(zip(self._names, batch, strict=False))
            found |= {record.pk: record for record in self(**values, **params)}
        return found
