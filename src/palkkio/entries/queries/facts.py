"""What payroll reads: the facts of a month as it stands, and those that a review froze."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from palkkio.calculation.facts import Entry, MonthFacts, Terms, Trip
from palkkio.contracts.queries import terms_facts
from palkkio.core.days import ONE_DAY, DateRange
from palkkio.core.payslip import ContractKind, DayType
from palkkio.entries.content import figure
from palkkio.entries.models import DayEntry, Sheet, SheetRevision, TripEntry


def month_facts(sheets: Iterable[Sheet]) -> dict[int, MonthFacts]:
    """Facts of sheets as they stand now, by sheet; a few queries for thousands."""
    rows = list(sheets)
    entries: dict[int, list[Entry]] = defaultdict(list)
    for each in DayEntry.objects.filter(sheet__in=rows).order_by("day"):
        entries[each.sheet_id].append(Entry(each.day, DayType(each.day_type), each.count))
    trips: dict[int, list[Trip]] = defaultdict(list)
    for trip in TripEntry.objects.filter(sheet__in=rows).order_by("day", "pk"):
        trips[trip.sheet_id].append(Trip(trip.day, trip.kilometres, trip.purpose, trip.expense))
    terms = _terms(rows)
    return {each.pk: _facts(each, each.period, terms, tuple(entries[each.pk]), tuple(trips[each.pk])) for each in rows}


def revision_facts(revision: SheetRevision) -> MonthFacts:
    """Facts of one revision: its frozen entries and trips with the terms of the contract as they stand now."""
    return facts_of_revisions([revision])[revision.pk]


def facts_of_revisions(revisions: Iterable[SheetRevision]) -> dict[int, MonthFacts]:
    """As `revision_facts`, by revision; a few queries for thousands (select_related("sheet__contract") saves two)."""
    rows = list(revisions)
    terms = _terms([each.sheet for each in rows])
    return {
        each.pk: _facts(each.sheet, each.period, terms, thawed_entries(each.facts), thawed_trips(each.facts))
        for each in rows
    }


def revisions_to_pay(organisation_id: int, kinds: Collection[str], until: date) -> QuerySet[SheetRevision]:
    """The latest revision of each reviewed sheet of these kinds of contract whose period ends by `until`.

    Paid ones are among them: payroll knows which it has paid. A sheet that is reopened and not reviewed again is not
    there, since what was reviewed is known to be wrong.
    """
    later = SheetRevision.objects.filter(sheet=OuterRef("sheet"), number__gt=OuterRef("number"))
    return (
        SheetRevision.objects.filter(
            ~Exists(later),
            organisation_id=organisation_id,
            sheet__state=Sheet.State.REVIEWED,
            sheet__contract__kind__in=[str(kind) for kind in kinds],
            period__endswith__lte=until + ONE_DAY,
        )
        .select_related("sheet__contract")
        .order_by("sheet__contract__number", "period", "pk")
    )


def frozen_facts(sheet: Sheet) -> dict[str, Any]:
    """Entries and trips of a sheet as exact JSON, for its revision."""
    return {
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


def thawed_entries(facts: Mapping[str, Any]) -> tuple[Entry, ...]:
    return tuple(
        Entry(date.fromisoformat(each["day"]), DayType(each["type"]), Decimal(each["count"]))
        for each in facts["entries"]
    )


def thawed_trips(facts: Mapping[str, Any]) -> tuple[Trip, ...]:
    return tuple(
        Trip(date.fromisoformat(each["day"]), Decimal(each["kilometres"]), each["purpose"], Decimal(each["expense"]))
        for each in facts["trips"]
    )


def _terms(sheets: Collection[Sheet]) -> Mapping[int, tuple[Terms, ...]]:
    """Terms by contract, over all days that the sheets have."""
    if not sheets:
        return {}
    contracts = {each.contract_id: each.contract for each in sheets}
    edges = [each.period.edges for each in sheets]
    days = DateRange(min(start for start, _ in edges), max(end for _, end in edges))
    found: Mapping[int, tuple[Terms, ...]] = terms_facts(list(contracts.values()), days)
    return found


def _facts(
    sheet: Sheet,
    month: DateRange,
    terms: Mapping[int, tuple[Terms, ...]],
    entries: tuple[Entry, ...],
    trips: tuple[Trip, ...],
) -> MonthFacts:
    # Terms are cut to the month: the same facts, whichever other months are asked for beside it.
    return MonthFacts(
        kind=ContractKind(sheet.contract.kind),
        contract=sheet.contract.valid,
        month=month,
        terms=tuple(
            replace(each, valid=part)
            for each in terms.get(sheet.contract_id, ())
            if (part := each.valid.overlap(month)) is not None
        ),
        entries=entries,
        trips=trips,
    )
