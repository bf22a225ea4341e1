"""Paydays of the schedule, with the runs that are there."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from palkkio.core.days import DateRange, add_months
from palkkio.organisations.queries import Timetable
from palkkio.payroll import schedule
from palkkio.payroll.models import Run
from palkkio.payroll.values import PaydayRow

MONTHS_BACK, MONTHS_AHEAD = 4, 2


def scheduled_paydays(organisation_id: int, today: date) -> list[PaydayRow]:
    """Paydays of the care months around today, the earliest first: four months back, two ahead."""
    kinds: dict[tuple[date, DateRange], dict[str, Timetable]] = defaultdict(dict)
    months = schedule.months_before(add_months(today, MONTHS_AHEAD), MONTHS_BACK + MONTHS_AHEAD)
    for kind in schedule.kinds_paid(organisation_id):
        for month, timetable in schedule.timetables(organisation_id, kind, months):
            kinds[timetable.payday, month][kind] = timetable
    runs = {
        run.payday: run
        for run in Run.objects.filter(
            organisation_id=organisation_id, is_extra=False, payday__in=[payday for payday, _ in kinds]
        ).exclude(state=Run.State.CANCELLED)
    }
    return [
        PaydayRow(
            payday=payday,
            contract_kinds=tuple(of_kinds),
            first=month.edges[0],
            last=month.last or month.edges[0],
            deadline=max(each.deadline for each in of_kinds.values()),
            review_by=min(each.review_by for each in of_kinds.values()),
            bank_by=min(each.bank_by for each in of_kinds.values()),
            run_id=runs[payday].pk if payday in runs else None,
            run_state=runs[payday].state if payday in runs else None,
        )
        for (payday, month), of_kinds in sorted(kinds.items(), key=lambda item: (item[0][0], item[0][1].edges))
    ]
