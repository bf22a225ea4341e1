"""What payroll reads: the facts of a month as it stands, and those that a review froze."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, QuerySet

from palkkio.calculation.facts import Entry, MonthFacts, Shift, Terms, Trip
from palkkio.contracts.queries import PAID_BY_MONTH, terms_facts
from palkkio.core.days import ONE_DAY, DateRange
from palkkio.core.payslip import ContractKind, DayType
from palkkio.entries.content import figure
from palkkio.entries.models import DayEntry, Sheet, SheetRevision, TripEntry
from palkkio.entries.queries.events import Recorded, events_of, in_month
from palkkio.entries.queries.shifts import Nearby, around, frozen_shifts, near, reach_of, shifts_of, thawed_shifts

if TYPE_CHECKING:
    from palkkio.contracts.models import Contract


def month_facts(sheets: Iterable[Sheet]) -> dict[int, MonthFacts]:
    """Facts of sheets as they stand now, by sheet; a few queries for thousands."""
    rows = list(sheets)
    return _of_sheets(rows, _surroundings(rows))


def _of_sheets(sheets: Iterable[Sheet], surroundings: _Surroundings) -> dict[int, MonthFacts]:
    rows = list(sheets)
    entries: dict[int, list[Entry]] = defaultdict(list)
    for each in DayEntry.objects.filter(sheet__in=rows).order_by("day"):
        entries[each.sheet_id].append(Entry(each.day, DayType(each.day_type), each.count))
    trips: dict[int, list[Trip]] = defaultdict(list)
    for trip in TripEntry.objects.filter(sheet__in=rows).order_by("day", "pk"):
        trips[trip.sheet_id].append(Trip(trip.day, trip.kilometres, trip.purpose, trip.expense))
    shifts = shifts_of(each.pk for each in rows if _is_employment(each))
    return {
        each.pk: surroundings.facts(
            each, each.period, tuple(entries[each.pk]), tuple(trips[each.pk]), tuple(shifts[each.pk])
        )
        for each in rows
    }


def facts_of_months(contract: Contract, months: Iterable[DateRange]) -> dict[DateRange, MonthFacts]:
    """Facts of a contract's calendar months as they stand now, also of months that have no sheet; by month.

    Months outside the contract are left out.
    """
    wanted = [month for month in months if month.overlap(contract.valid) is not None]
    if not wanted:
        return {}
    span = DateRange(wanted[0].start, wanted[-1].end)
    sheets = {each.period: each for each in Sheet.objects.filter(contract=contract, period__overlap=span)}
    for each in sheets.values():
        each.contract = contract
    without = [
        Sheet(contract=contract, period=month)
        for month in wanted
        if not any(period.overlap(month) for period in sheets)
    ]
    surroundings = _surroundings([*sheets.values(), *without])
    found = _of_sheets(sheets.values(), surroundings)
    facts = {period: found[each.pk] for period, each in sheets.items()}
    return facts | {each.period: surroundings.facts(each, each.period, (), ()) for each in without}


def facts_of_contracts(contracts: Iterable[Contract], month: DateRange) -> dict[int, MonthFacts]:
    """Facts of one month of many contracts as they stand now, by contract; a few queries for thousands.

    Contracts that are paid by the month need no sheet; of half months none is taken.
    """
    by_id = {each.pk: each for each in contracts}
    sheets = {each.contract_id: each for each in Sheet.objects.filter(contract__in=by_id, period=month)}
    for contract_id, sheet in sheets.items():
        sheet.contract = by_id[contract_id]
    without = [
        Sheet(contract=each, period=month)
        for pk, each in by_id.items()
        if pk not in sheets and ContractKind(each.kind) in PAID_BY_MONTH
    ]
    surroundings = _surroundings([*sheets.values(), *without])
    found = _of_sheets(sheets.values(), surroundings)
    facts = {contract_id: found[sheet.pk] for contract_id, sheet in sheets.items()}
    return facts | {sheet.contract_id: surroundings.facts(sheet, month, (), ()) for sheet in without}


def revision_facts(revision: SheetRevision) -> MonthFacts:
    """Facts of one revision: its frozen entries, trips and shifts with the contract's terms and events of now."""
    return facts_of_revisions([revision])[revision.pk]


def facts_of_revisions(revisions: Iterable[SheetRevision]) -> dict[int, MonthFacts]:
    """As `revision_facts`, by revision; a few queries for thousands (select_related("sheet__contract") saves two)."""
    rows = list(revisions)
    surroundings = _surroundings([each.sheet for each in rows])
    return {
        each.pk: surroundings.facts(
            each.sheet,
            each.period,
            thawed_entries(each.facts),
            thawed_trips(each.facts),
            thawed_shifts(each.facts),
        )
        for each in rows
    }


def standing_revisions() -> QuerySet[SheetRevision]:
    """The latest revision of each reviewed sheet.

    A sheet that is reopened and not reviewed again has none, since what was reviewed is known to be wrong.
    """
    later = SheetRevision.objects.filter(sheet=OuterRef("sheet"), number__gt=OuterRef("number"))
    return SheetRevision.objects.filter(~Exists(later), sheet__state=Sheet.State.REVIEWED)


def revisions_to_pay(organisation_id: int, kinds: Collection[str], until: date) -> QuerySet[SheetRevision]:
    """Standing revisions of these kinds of contract whose period ends by `until`.

    Paid ones are among them: payroll knows which it has paid.
    """
    return (
        standing_revisions()
        .filter(
            organisation_id=organisation_id,
            sheet__contract__kind__in=[str(kind) for kind in kinds],
            period__endswith__lte=until + ONE_DAY,
        )
        .select_related("sheet__contract")
        .order_by("sheet__contract__number", "period", "pk")
    )


def frozen_facts(sheet: Sheet) -> dict[str, Any]:
    """Entries, trips and shifts of a sheet as exact JSON, for its revision."""
    frozen: dict[str, Any] = {
        "entries": [
            {"day": each.day.isoformat(), "type": each.day_type, "count": figure(each.count)}
            for each in DayEntry.objects.filter(sheet=sheet).order_by("day")
        ],
        "trips": [
            {
                "day": each.day.isoformat(),
                "kilometres": figure(each.kilometres),
                "origin": each.origin,
                "destination": each.destination,
                "purpose": each.purpose,
                "expense": figure(each.expense),
                "receipt": each.receipt_id,
            }
            for each in TripEntry.objects.filter(sheet=sheet).order_by("day", "pk")
        ],
    }
    if _is_employment(sheet):
        frozen["shifts"] = frozen_shifts(sheet.pk)
    return frozen


def thawed_entries(facts: Mapping[str, Any]) -> tuple[Entry, ...]:
    return tuple(_entry(each["day"], each["type"], each["count"]) for each in facts["entries"])


@lru_cache(maxsize=4096)
def _entry(day: str, day_type: str, count: str) -> Entry:
    """Equal entries are one value."""
    return Entry(date.fromisoformat(day), DayType(day_type), Decimal(count))


def thawed_trips(facts: Mapping[str, Any]) -> tuple[Trip, ...]:
    return tuple(
        Trip(date.fromisoformat(each["day"]), Decimal(each["kilometres"]), each["purpose"], Decimal(each["expense"]))
        for each in facts["trips"]
    )


@dataclass(frozen=True, slots=True)
class _Surroundings:
    """Terms, events and, for assistants, what lies around the periods: by contract."""

    terms: Mapping[int, tuple[Terms, ...]]
    events: Mapping[int, list[Recorded]]
    nearby: Mapping[int, list[Nearby]]
    _cut: dict[tuple[int, DateRange], tuple[Terms, ...]] = field(default_factory=dict)
    _plain: dict[tuple[str, DateRange, DateRange, int], MonthFacts] = field(default_factory=dict)  # equal ones are one

    def facts(
        self,
        sheet: Sheet,
        month: DateRange,
        entries: tuple[Entry, ...],
        trips: tuple[Trip, ...],
        shifts: tuple[Shift, ...] = (),
    ) -> MonthFacts:
        contract, contract_id = sheet.contract, sheet.contract_id
        nearby = self.nearby.get(contract_id)
        terms = self._within(self.terms.get(contract_id, ()), month)
        if not (entries or trips or shifts or nearby or contract_id in self.events):
            key = (contract.kind, contract.valid, month, id(terms))  # `self._cut` keeps them
            if (known := self._plain.get(key)) is None:
                kind = ContractKind(contract.kind)
                known = self._plain[key] = MonthFacts(kind, contract.valid, month, terms, entries=(), trips=())
            return known
        return MonthFacts(
            kind=ContractKind(contract.kind),
            contract=contract.valid,
            month=month,
            terms=terms,
            entries=entries,
            trips=trips,
            events=in_month(self.events[contract_id], month) if contract_id in self.events else (),
            shifts=shifts,
            around=around(nearby, sheet.pk, month, reach_of(terms)) if nearby else None,
        )

    def _within(self, terms: tuple[Terms, ...], month: DateRange) -> tuple[Terms, ...]:
        """Terms cut to a month: the same facts, whichever other months are asked for beside it. Made once for all that
        have these terms."""
        key = (id(terms), month)  # `self.terms` keeps them
        found = self._cut.get(key)
        if found is None:
            parts = ((each, each.valid.overlap(month)) for each in terms)
            found = self._cut[key] = tuple(
                each if part == each.valid else replace(each, valid=part) for each, part in parts if part is not None
            )
        return found


def _surroundings(sheets: Collection[Sheet]) -> _Surroundings:
    """What the facts of sheets need of their contracts, over all days that the sheets have."""
    if not sheets:
        return _Surroundings({}, {}, {})
    contracts = {each.contract_id: each.contract for each in sheets}
    edges = [each.period.edges for each in sheets]
    days = DateRange(min(start for start, _ in edges), max(end for _, end in edges))
    terms = terms_facts(list(contracts.values()), days)
    by_reach: dict[timedelta, list[int]] = defaultdict(list)
    for pk, each in contracts.items():
        if each.kind == ContractKind.PERSONAL_ASSISTANCE:
            by_reach[reach_of(terms[pk])].append(pk)
    nearby: dict[int, list[Nearby]] = {}
    for reach, chosen in by_reach.items():
        nearby |= near(chosen, days, reach)
    return _Surroundings(terms, events_of(contracts, days.edges[1]), nearby)


def _is_employment(sheet: Sheet) -> bool:
    return bool(sheet.contract.kind == ContractKind.PERSONAL_ASSISTANCE)
