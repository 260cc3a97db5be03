"""Query sets that are compiled once in each thread, and statements in SQL. Django compiles query sets each time, which
takes longer than to ask the database."""

import threading
from collections.abc import Callable, Iterable, Sequence
from itertools import batched
from typing import Any

from django.db import connection, connections
from django.db.models import BigIntegerField, Expression, F, Field, Model, QuerySet
from django.db.models.lookups import In
from django.db.models.query import ModelIterable


def rows(sql: str, params: Sequence[Any]) -> list[Any]:
    """What the database answers to a statement in SQL."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


class Given(Expression):
    """A value that is given each time, by its name."""

    def __init__(self, name: str, output_field: "Field[Any, Any]") -> None:
        super().__init__(output_field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        return "%s", (self,)

    def bound(self, values: dict[str, Any], connection: Any) -> Any:
        return self.output_field.get_db_prep_value(values[self.name], connection)


class Statement[M: Model]:
    """Of a function that makes a query set: all in it that may change is `Given`. Without prefetched relations."""

    def __init__(self, make: Callable[[], QuerySet[M]]) -> None:
        self._make = make
        self._compiled = threading.local()

    def __call__(self, before: str = "", params_before: Sequence[Any] = (), /, **values: Any) -> list[M]:
        """The records. `before`: common table expressions that the query set refers to, with their parameters."""
        rows, compiler, sql, params = self._in_this_thread()
        given = tuple(
            param.bound(values, compiler.connection) if isinstance(param, Given) else param for param in params
        )
        compiler.as_sql = lambda: (before + sql, (*params_before, *given))
        return list(rows)

    def _in_this_thread(self) -> tuple[ModelIterable, Any, str, tuple[Any, ...]]:
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
    """The records of a query set by their keys, as Django's `in_bulk`. A query for each AT_ONCE of them."""

    AT_ONCE = 32
    _names = [f"key{number}" for number in range(AT_ONCE)]

    def __init__(self, make: Callable[[], QuerySet[M]], key: str = "pk") -> None:
        keys = [Given(name, BigIntegerField()) for name in self._names]
        super().__init__(lambda: make().filter(In(F(key), keys)))

    def of(self, keys: Iterable[int], **values: Any) -> dict[int, M]:
        """`values`: what else is given to the query set."""
        found: dict[int, M] = {}
        for batch in batched(keys, self.AT_ONCE):
            given = dict.fromkeys(self._names, batch[0]) | dict(zip(self._names, batch, strict=False))
            found |= {record.pk: record for record in self(**values, **given)}
        return found
