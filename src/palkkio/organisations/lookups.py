"""Lists of numbers in conditions: one value for the database, not a placeholder and a check for each number."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import ForeignKey, IntegerField
from django.db.models.fields.related_lookups import RelatedIn
from django.db.models.lookups import In


class _AnyOf:
    """`= ANY` of an array, for whole numbers; all else is asked as Django does."""

    lhs: Any
    rhs: Any
    numbers: list[int] | None = None

    def get_prep_lookup(self) -> Any:
        if isinstance(self.rhs, Collection) and all(type(each) is int for each in self.rhs):
            self.rhs = self.numbers = list(self.rhs)
            return self.rhs
        return super().get_prep_lookup()  # type: ignore[misc]

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        if self.numbers is None:
            found: tuple[str, list[Any]] = super().as_sql(compiler, connection)  # type: ignore[misc]
            return found
        if not self.numbers:
            raise EmptyResultSet
        left, parameters = self.process_lhs(compiler, connection)  # type: ignore[attr-defined]
        # As PostgreSQL writes an array: the driver would look at each number.
        return f"{left} = ANY(%s::bigint[])", [*parameters, f"{{{','.join(map(str, self.numbers))}}}"]


@IntegerField.register_lookup
class NumberIn(_AnyOf, In):  # type: ignore[misc]  # stubs of two kinds of parameters
    pass


@ForeignKey.register_lookup
class RowIn(_AnyOf, RelatedIn):  # type: ignore[misc]
    pass
