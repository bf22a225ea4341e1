"""Paydays of the schedule, with the runs that are there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from palkkio.core.days import DateRange, add_months
from palkkio.organisations.queries import Timetable
from palkkio.payroll import schedule
from palkkio.payroll.models import Run
from palkkio.payroll.values import PaydayRow

MONTHS_BACK, MONTHS_AHEAD = 4, 2


def scheduled_paydays(organisation_id: int, today: date) -> list[PaydayRow]:
    """Paydays of the care months around today, the earliest first: four months back, two ahead."""
    found: dict[date, list[tuple[DateRange, str, Timetable]]] = defaultdict(list)
    months = schedule.months_before(add_months(today, MONTHS_AHEAD), MONTHS_BACK + MONTHS_AHEAD)
    for kind in schedule.kinds_paid(organisation_id):
        for period, timetable in schedule.timetables(organisation_id, kind, months):
            found[timetable.payday].append((period, kind, timetable))
    runs = {
        run.payday: run
        for run in Run.objects.filter(organisation_id=organisation_id, is_extra=False, payday__in=list(found)).exclude(
            state=Run.State.CANCELLED
        )
    }
    return [
        PaydayRow(
            payday=payday,
            contract_kinds=tuple(kind for _period, kind, _times in paid),
            periods=_by_period(paid),
            deadline=max(times.deadline for _period, _kind, times in paid),
            review_by=min(times.review_by for _period, _kind, times in paid),
            bank_by=min(times.bank_by for _period, _kind, times in paid),
            run_id=runs[payday].pk if payday in runs else None,
            run_state=runs[payday].state if payday in runs else None,
        )
        for payday, paid in sorted(found.items())
    ]


def _by_period(paid: Iterable[tuple[DateRange, str, Timetable]]) -> tuple[tuple[DateRange, tuple[str, ...]], ...]:
    kinds: dict[DateRange, list[str]] = defaultdict(list)
    for period, kind, _times in paid:
        kinds[period].append(kind)
    return tuple((period, tuple(kinds[period])) for period in sorted(kinds, key=lambda each: each.edges))
