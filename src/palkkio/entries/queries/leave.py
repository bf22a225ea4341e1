"""What is told of the leave of assistants: approved periods, absences, and what staff wrote into the ledger."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import Min

from palkkio.calculation.assistance.leave import leave_year
from palkkio.calculation.assistance.leave_ledger import (
    Adjustment,
    AdjustmentKind,
    Told,
    YearBalance,
    balances,
    employed_of,
)
from palkkio.calculation.facts import Shift
from palkkio.contracts.queries import terms_facts
from palkkio.core.days import ONE_DAY, DateRange
from palkkio.core.payslip import DayType
from palkkio.entries.models import DayEntry, LeaveAdjustment, Sheet
from palkkio.entries.queries.events import events_of
from palkkio.entries.queries.facts import standing_revisions
from palkkio.entries.queries.shifts import thawed_shifts
from palkkio.rules import RateNotConfirmed

if TYPE_CHECKING:
    from palkkio.calculation.events import Event
    from palkkio.contracts.models import Contract

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
    standing = standing_revisions().filter(
        sheet__contract_id__in=chosen, period__startswith__gte=since, period__startswith__lt=until
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
    rows = LeaveAdjustment.objects.filter(contract_id__in=chosen).order_by("year", "pk")
    for row in rows:
        adjustments[row.contract_id].append(
            Adjustment(row.year, AdjustmentKind(row.kind), row.days, row.taken, row.pay, row.days_worked)
        )
    return {
        each: Kept(
            firsts.get(each),
            tuple(periods[each]),
            tuple(recorded.event for recorded in events.get(each, ())),
            tuple(adjustments[each]),
        )
        for each in chosen
    }


def leave_balances(contract: Contract, until: date) -> list[YearBalance]:
    """The leave ledger of an employment on a day, one row a leave year that is told, the earliest first.

    The terms that hold on the day decide, or the last ones. Empty for other contracts, and where no terms are known.
    Raises RateNotConfirmed.
    """
    found = [each for each in terms_facts([contract], _days_of(contract, until))[contract.pk] if each.assistant]
    terms = found[-1] if found else None
    if terms is None or terms.assistant is None:
        return []
    kept = leave_kept([contract.pk], until)[contract.pk]
    day = terms.valid.overlap(_days_of(contract, until)) or terms.valid
    employed = employed_of(contract.valid, terms.assistant, kept.events, day.edges[1] - ONE_DAY)
    return balances(kept.told(until), employed, until)


def leave_left(contract: Contract, day: date) -> int | None:
    """Leave days that are left on a day, less those ticked and not approved yet; None where nobody can say."""
    try:
        rows = leave_balances(contract, day + ONE_DAY)
    except RateNotConfirmed:
        return None
    if not rows:
        return None
    ticked = DayEntry.objects.filter(sheet__contract=contract, day_type=DayType.LEAVE)
    waiting = ticked.exclude(sheet__state=Sheet.State.REVIEWED).count()
    return sum(row.left for row in rows) - waiting


def _days_of(contract: Contract, until: date) -> DateRange:
    """The days of the contract before `until`; at the least its first day."""
    first = contract.valid.start or until
    return DateRange(first, min(contract.valid.end or until, max(until, first + ONE_DAY)))


def adjustments_of(contract: Contract) -> list[LeaveAdjustment]:
    """What staff wrote into the ledger of an employment, in the order of writing; with who wrote it."""
    return list(LeaveAdjustment.objects.filter(contract=contract).select_related("made_by").order_by("made_at", "pk"))
