"""Sheets whose deadline is near, for the reminders that `messages` sends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from palkkio.core.days import DateRange, add_months
from palkkio.core.problems import WrongState
from palkkio.entries.models import Sheet
from palkkio.organisations.queries import contract_kinds, schedule_for

MONTHS_BACK = 3  # no deadline lies further behind its care month


@dataclass(frozen=True, slots=True)
class SheetDue:
    """An open sheet that is due in some days, with its carer."""

    sheet_id: int
    carer_id: int
    deadline: date


def sheets_due(organisation_id: int, *, today: date) -> list[SheetDue]:
    """Open sheets, empty ones too, whose deadline is one of the schedule's reminder days away from today."""
    due: list[SheetDue] = []
    for kind in contract_kinds(organisation_id):
        for back in range(MONTHS_BACK + 1):
            month = DateRange.month_of(add_months(today, -back))
            try:
                schedule = schedule_for(organisation_id, kind, month)
            except WrongState:
                continue
            deadline = schedule.deadline.for_month(month)
            if (deadline - today).days not in schedule.reminder_days_before:
                continue
            found = Sheet.objects.filter(
                organisation_id=organisation_id,
                state=Sheet.State.OPEN,
                period=month,
                contract__kind=kind.value,
                contract__valid__overlap=month,
                contract__carer__died_on__isnull=True,
            ).order_by("pk")
            due += [SheetDue(pk, carer, deadline) for pk, carer in found.values_list("pk", "contract__carer_id")]
    return due
