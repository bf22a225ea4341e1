"""What is asked of the Tax Administration and what comes back: our own neutral record.

How the real service words it is not public: the layout of the record flow VKESSPAE, and the paths and fields of the
interface for machines. Whoever connects it turns its answers into these records, here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any


@dataclass(frozen=True, slots=True)
class Query:
    """The card of one person for one kind of income, in force on a day of payment."""

    identity_code: str = field(repr=False)
    kind: str  # informal_care, family_care, work_compensation, wage
    payday: date

    def as_json(self) -> dict[str, str]:
        return {"identity_code": self.identity_code, "kind": self.kind, "payday": self.payday.isoformat()}


@dataclass(frozen=True, slots=True)
class Record:
    """A tax card. Percentages as printed on it; `ceiling` EUR a year, None: it has none."""

    base_percent: Decimal
    ceiling: Decimal | None
    additional_percent: Decimal
    first: date
    last: date
    municipality: str = ""
    is_changed: bool = False  # a changed card (muutosverokortti), counted from its own first day

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> Record:
        """Raises ValueError if a field is missing or is not what it should be."""
        try:
            ceiling = row["ceiling"]
            record = cls(
                Decimal(str(row["base_percent"])),
                None if ceiling is None else Decimal(str(ceiling)),
                Decimal(str(row["additional_percent"])),
                date.fromisoformat(row["first"]),
                date.fromisoformat(row["last"]),
                str(row.get("municipality", "")),
                bool(row.get("is_changed", False)),
            )
        except (KeyError, TypeError, InvalidOperation) as error:
            raise ValueError(f"A tax card cannot be read: {type(error).__name__}") from error
        percents = (record.base_percent, record.additional_percent)
        if not all(0 <= each <= 100 for each in percents) or record.last < record.first or (record.ceiling or 0) < 0:
            raise ValueError("A tax card has a percentage, a ceiling or days that cannot be")
        return record
