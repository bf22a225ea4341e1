"""What is told of the leave of assistants: approved periods, absences, and what staff wrote into the ledger."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import Exists, Min, OuterRef

from palkkio.calculation.assistance.leave import leave_year
from palkkio.calculation.assistance.leave_ledger import Adjustment, AdjustmentKind, Told
from palkkio.calculation.facts import Shift
from palkkio.core.days import DateRange
from palkkio.core.payslip import DayType
from palkkio.entries.models import LeaveAdjustment, Sheet, SheetRevision
from palkkio.entries.queries.events import events_of
from palkkio.entries.queries.shifts import thawed_shifts

if TYPE_CHECKING:
    from palkkio.calculation.events import Event

LOOK_BACK = timedelta(days=3 * 366)  # leave of the year before the last may still be taken


@dataclass(frozen=True, slots=True)
class Period:
    """One approved period of an employment."""

    days: DateRange
    shifts: tuple[Shift, ...]
    leave: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of the leave of one employment; `told` makes of it what holds at the end of some period."""

    known_from: date | None
    periods: tuple[Period, ...]
    events: tuple[Event, ...]
    adjustments: tuple[Adjustment, ...]

    def told(self, until: date, own: Period | None = None) -> Told:
        """What is told by periods that begin before `until`; `own` stands for the approved one of its days."""
        periods = [each for each in self.periods if each.days.edges[0] < until and (not own or each.days != own.days)]
        periods += [own] if own else []
        return Told(
            self.known_from,
            tuple(shift for each in periods for shift in each.shifts),
            tuple(sorted(day for each in periods for day in each.leave)),
            self.events,
            self.adjustments,
        )


def leave_kept(contract_ids: Collection[int], until: date) -> dict[int, Kept]:
    """What is kept of the leave of employments before `until`, by contract; four queries for any number."""
    chosen = list(contract_ids)
    if not chosen:
        return {}
    since = leave_year(until - LOOK_BACK).edges[0]
    later = SheetRevision.objects.filter(sheet=OuterRef("sheet"), number__gt=OuterRef("number"))
    standing = SheetRevision.objects.filter(
        ~Exists(later),
        sheet__contract_id__in=chosen,
        sheet__state=Sheet.State.REVIEWED,
        period__startswith__gte=since,
        period__startswith__lt=until,
    )
    periods: dict[int, list[Period]] = defaultdict(list)
    for contract_id, days, facts in standing.order_by("period").values_list("sheet__contract_id", "period", "facts"):
        entries = facts.get("entries", ())
        leave = tuple(date.fromisoformat(each["day"]) for each in entries if each["type"] == DayType.LEAVE.value)
        periods[contract_id].append(Period(days, thawed_shifts(facts), leave))
    firsts = dict(
        Sheet.objects.filter(contract_id__in=chosen)
        .values_list("contract_id")
        .annotate(first=Min("period__startswith"))
        .order_by("contract_id")
    )
    events = events_of(chosen, until)
    adjustments: dict[int, list[Adjustment]] = defaultdict(list)
    for contract_id, year, kind, *sums in (
        LeaveAdjustment.objects.filter(contract_id__in=chosen)
        .order_by("year", "pk")
        .values_list("contract_id", "year", "kind", "days", "taken", "pay", "days_worked")
    ):
        adjustments[contract_id].append(Adjustment(year, AdjustmentKind(kind), *sums))
    return {
        each: Kept(
            firsts.get(each),
            tuple(periods[each]),
            tuple(recorded.event for recorded in events.get(each, ())),
            tuple(adjustments[each]),
        )
        for each in chosen
    }
