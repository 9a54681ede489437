"""Queries made once and asked often: the ORM's statement for a query with other values.

Making a statement costs the ORM more than SQLite takes to answer it. That is worth saving in the few queries which run
at every visit of a course and at every answer; anywhere else a plain queryset is right.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db import connections, models
from django.db.backends.base.operations import BaseDatabaseOperations

# Stand in for values while the statement is made, and are found again in it. They fit the smallest field.
MARKS = tuple(range(31_991, 32_001))


@dataclass
class Prepared:
    """A query of rows (`values_list`) for values that are given when it is asked.

    `build` gets one mark for each value, in their order, and makes the queryset with them and no other constants. A
    mark is an integer; a field of UUIDs and a lookup for a part of a text make of it what they need.
    """

    build: Callable[..., models.QuerySet[Any, Any]]
    size: int

    @cached_property
    def _queryset(self) -> models.QuerySet[Any, Any]:
        return self.build(*MARKS[: self.size])

    @cached_property
    def _made(self) -> tuple[str, tuple[Any, ...], Any, Any]:
        """The statement, its parameters, and what turns rows of the database into values."""
        compiler = self._queryset.query.get_compiler(self._queryset.db)
        sql, parameters = compiler.as_sql()
        converters = compiler.get_converters([column[0] for column in compiler.select])
        return sql, tuple(parameters), compiler, converters

    def rows(self, *values: Any) -> list[tuple[Any, ...]]:
        """The rows for these values. One query. With `select_for_update`, inside a transaction."""
        sql, parameters, compiler, converters = self._made
        connection = connections[self._queryset.db]
        with connection.cursor() as cursor:
            cursor.execute(sql, [_filled(parameter, values, connection.ops) for parameter in parameters])
            found = cursor.fetchall()
        if converters:
            found = compiler.apply_converters(found, converters)
        return [tuple(row) for row in found]


def _filled(parameter: Any, values: Sequence[Any], operations: BaseDatabaseOperations) -> Any:
    """What is asked with in place of a parameter: a value as the database takes it, or the pattern with it."""
    for mark, value in zip(MARKS, values, strict=False):
        if parameter == mark or parameter == UUID(int=mark):
            return value
        if parameter == UUID(int=mark).hex:
            return value.hex
        if isinstance(parameter, str) and str(mark) in parameter:
            return parameter.replace(str(mark), operations.prep_for_like_query(value))
    return parameter
