"""The employer's calendar: one half month of all assistants side by side, with its alerts (EMP-1, EMP-4, EMP-5)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from palkkio.calculation.assistance.alert import Alert
from palkkio.calculation.assistance.granted import Granted, Worked
from palkkio.core.days import DateRange
from palkkio.core.payslip import DayType
from palkkio.core.viewer import Viewer
from palkkio.entries import access
from palkkio.entries.models import DayEntry, Shift
from palkkio.entries.queries.alerts import household
from palkkio.entries.queries.lists import periods_of_employer
from palkkio.entries.queries.sheet import names_of, shift_row
from palkkio.entries.values import SheetRow, ShiftRow

if TYPE_CHECKING:
    from palkkio.decisions.models import Decision


@dataclass(frozen=True, slots=True)
class HouseholdDays:
    """One half month of an employer.

    sheets    one of each assistant, by name
    shifts    by sheet, in order
    leave     ticked leave days by sheet
    consents  contracts on which the employer may enter hours
    """

    period: DateRange
    sheets: Sequence[SheetRow]
    shifts: Mapping[int, Sequence[ShiftRow]]
    leave: Mapping[int, frozenset[date]]
    alerts: tuple[Alert, ...]
    worked: Sequence[Worked]
    grants: Sequence[Granted]
    decisions: Sequence[Decision]
    consents: frozenset[int]

    @property
    def names(self) -> dict[int, str]:
        return {each.carer_id: each.carer_name for each in self.sheets}

    @property
    def placed(self) -> dict[int, tuple[int, ShiftRow]]:
        """Each shift with its sheet, by id."""
        return {row.id: (sheet_id, row) for sheet_id, rows in self.shifts.items() for row in rows}


def household_days(viewer: Viewer, day: date) -> HouseholdDays | None:
    """The half month that holds `day`; None: no assistant has one. The number of queries is the same for any number
    of assistants and shifts. Raises NotAllowed.
    """
    sheets = sorted(periods_of_employer(viewer, on=day), key=lambda row: (row.carer_name, row.id))
    if not sheets:
        return None
    period, ids = sheets[0].period, [row.id for row in sheets]
    found = household(viewer, viewer.subject_person_id, period)
    shifts: dict[int, list[ShiftRow]] = defaultdict(list)
    rows = list(Shift.objects.filter(sheet_id__in=ids).order_by("start_at", "end_at"))
    names = names_of(viewer.organisation_id, {each.entered_by_id for each in rows})
    for each in rows:
        shifts[each.sheet_id].append(shift_row(each, names))
    leave: dict[int, set[date]] = defaultdict(set)
    ticked = DayEntry.objects.filter(sheet_id__in=ids, day_type=DayType.LEAVE)
    for sheet_id, ticked_on in ticked.values_list("sheet_id", "day"):
        leave[sheet_id].add(ticked_on)
    return HouseholdDays(
        period,
        sheets,
        {pk: tuple(shifts[pk]) for pk in ids},
        {pk: frozenset(leave[pk]) for pk in ids},
        found.alerts,
        found.worked,
        found.grants,
        found.decisions,
        frozenset(access.consents(viewer).values_list("contract_id", flat=True)),
    )
