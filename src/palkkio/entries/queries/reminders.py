"""Sheets whose deadline is near, for the reminders that `messages` sends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from palkkio.core.days import add_months, months_between
from palkkio.entries.models import Sheet
from palkkio.organisations.queries import contract_kinds, timetables_of_periods

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
    months = list(months_between(add_months(today, -MONTHS_BACK), today))
    for kind in contract_kinds(organisation_id):
        for period, times in timetables_of_periods(organisation_id, kind, months):
            if today not in times.remind_on:
                continue
            found = Sheet.objects.filter(
                organisation_id=organisation_id,
                state=Sheet.State.OPEN,
                period=period,
                contract__kind=kind.value,
                contract__valid__overlap=period,
                contract__carer__died_on__isnull=True,
            ).order_by("pk")
            people = found.values_list("pk", "contract__carer_id")
            due += [SheetDue(pk, carer, times.deadline) for pk, carer in people]
    return due
