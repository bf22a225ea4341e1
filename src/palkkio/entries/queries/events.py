"""Events of contracts as the calculation reads them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from palkkio.calculation import events
from palkkio.calculation.events import AbsenceReason, Event, NoticeBy
from palkkio.core.days import DateRange
from palkkio.entries.event_rules import ENDINGS
from palkkio.entries.models import CareEvent, EventKind

LOOK_BACK = timedelta(days=366)  # absences of a year before may share the days that are paid (sum_absences)


class Recorded(NamedTuple):
    """One event with its days."""

    valid: DateRange
    is_ending: bool
    event: Event


def events_of(contract_ids: Iterable[int], until: date) -> dict[int, list[Recorded]]:
    """Events that begin before `until` and are not withdrawn, by contract, in the order of their days; one query."""
    rows = CareEvent.objects.filter(
        contract_id__in=list(contract_ids), withdrawn_at__isnull=True, valid__startswith__lt=until
    ).order_by("contract_id", "valid", "kind", "pk")
    found: dict[int, list[Recorded]] = defaultdict(list)
    for contract_id, *columns in rows.values_list("contract_id", *FIELDS):
        row = Columns._make(columns)
        found[contract_id].append(Recorded(row.valid, row.kind in ENDINGS, event_of(row)))
    return found


def in_month(recorded: Iterable[Recorded], month: DateRange) -> tuple[Event, ...]:
    """Events that may change the pay of `month`: endings before it, absences of the year before, all that touch it."""
    first, end = month.edges
    return tuple(
        each.event
        for each in recorded
        if each.valid.begins < end and (each.is_ending or each.valid.end is None or each.valid.end > first - LOOK_BACK)
    )


def is_heta_member(employer_id: int, day: date) -> bool:
    """True if a household employer has proved that they are a member of Heta on that day."""
    rows = CareEvent.objects.filter(
        kind=EventKind.HETA_MEMBER,
        contract__employer_id=employer_id,
        valid__contains=day,
        withdrawn_at__isnull=True,
    )
    return rows.exists()


class Columns(NamedTuple):
    """What an event is made from, in the order of FIELDS."""

    kind: str
    valid: DateRange
    reason: str
    given_by: str
    amount: Decimal | None
    has_certificate: bool
    child: str
    source: str


FIELDS = Columns._fields


def event_of(row: Columns) -> Event:
    """The value of the calculation. Raises ValueError for a kind that it does not know."""
    on = row.valid.begins
    made: Mapping[str, Event] = {
        EventKind.CARER_ILL: events.CarerIll(row.valid),
        EventKind.RECIPIENT_MOVES_OUT: events.RecipientMovesOut(on),
        EventKind.TERMINATED: events.Terminated(on),
        EventKind.DAYS_OFF: events.DaysOff(row.valid),
        EventKind.SICK: events.Sick(row.valid, row.has_certificate),
        EventKind.HETA_MEMBER: events.HetaMember(row.valid),
        EventKind.CHILD_ILL: events.ChildIll(row.valid),
        EventKind.FAMILY_LEAVE: events.FamilyLeave(row.valid, row.child),
    }
    if row.kind == EventKind.RECIPIENT_AWAY:
        return events.RecipientAway(row.valid, AbsenceReason(row.reason))
    if row.kind == EventKind.NOTICE:
        return events.Notice(NoticeBy(row.given_by), on)
    if row.kind == EventKind.START_UP and row.amount is not None:
        return events.StartUp(row.amount, on, row.source)
    if row.kind not in made:
        raise ValueError(f"{row.kind} is no event of the calculation")
    return made[row.kind]
