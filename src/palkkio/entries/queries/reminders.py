"""Sheets whose deadline is near, for the reminders that `messages` sends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from palkkio.core.days import add_months, months_between
from palkkio.core.payslip import ContractKind
from palkkio.entries.models import Channel, DayEntry, Sheet, Shift
from palkkio.organisations.queries import contract_kinds, timetables_of_periods

HAS_ENTRIES = Exists(Shift.objects.filter(sheet=OuterRef("pk"))) | Exists(DayEntry.objects.filter(sheet=OuterRef("pk")))
MONTHS_BACK = 3  # no deadline lies further behind its care month


@dataclass(frozen=True, slots=True)
class SheetDue:
    """An open sheet that is due in some days, with whom it waits for.

    is_approval  an assistant's hours wait for the employer; otherwise a carer or an assistant has something to enter
    """

    sheet_id: int
    person_id: int
    deadline: date
    is_approval: bool = False


def sheets_due(organisation_id: int, *, today: date) -> list[SheetDue]:
    """Open sheets whose deadline is one of the schedule's reminder days away from today; empty ones too.

    An assistant does not confirm: once there are hours they wait for the employer, who is told of them on the day
    after the half month, too (EMP-2).
    """
    due: list[SheetDue] = []
    months = list(months_between(add_months(today, -MONTHS_BACK), today))
    for kind in contract_kinds(organisation_id):
        for period, times in timetables_of_periods(organisation_id, kind, months):
            if today not in (*times.remind_on, period.edges[1]):
                continue
            found = Sheet.objects.filter(
                organisation_id=organisation_id,
                state=Sheet.State.OPEN,
                period=period,
                contract__kind=kind.value,
                contract__valid__overlap=period,
                contract__carer__died_on__isnull=True,
            ).order_by("pk")
            if kind is ContractKind.PERSONAL_ASSISTANCE:
                due += _to_approve(found, times.deadline)
                found = found.exclude(HAS_ENTRIES)
            if today in times.remind_on:
                people = found.values_list("pk", "contract__carer_id")
                due += [SheetDue(pk, carer, times.deadline) for pk, carer in people]
    return due


def _to_approve(sheets: QuerySet[Sheet], deadline: date) -> list[SheetDue]:
    """Those with hours, that the employer has not returned: each with the employer."""
    found = sheets.filter(HAS_ENTRIES, returned_reason="", contract__employer__isnull=False)
    found = found.exclude(channel=Channel.PAPER)
    return [SheetDue(pk, employer, deadline, True) for pk, employer in found.values_list("pk", "contract__employer_id")]
