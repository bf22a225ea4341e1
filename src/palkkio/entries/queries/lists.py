"""Lists: the periods of a payee, the trips of a year, what sheets are called."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Sum

from palkkio.core.days import DateRange
from palkkio.core.payslip import DayType
from palkkio.core.problems import WrongState
from palkkio.core.viewer import Viewer
from palkkio.entries import access
from palkkio.entries.models import DayEntry, Sheet, Shift, TripEntry
from palkkio.entries.queries.sheet import counts_of, timetable_of, trip_row
from palkkio.entries.values import SheetLabel, SheetRow, TripRow
from palkkio.organisations.queries import Timetable, day_types, timetables

PEOPLE = ("contract__carer", "contract__recipient")
LENGTH = F("end_at") - F("start_at")  # of a shift


def with_care_days(found: QuerySet[Sheet]) -> QuerySet[Sheet]:
    """Leaves out sheets whose month the contract no longer holds (it ended earlier than was known), unless somebody
    has saved them.
    """
    return found.filter(Q(period__overlap=F("contract__valid")) | Q(version__gt=1))


def periods_of(viewer: Viewer, contract_id: int | None = None) -> list[SheetRow]:
    """The viewer's care periods, past and coming, the oldest first (CARE-1).

    For staff the contract is required: theirs is the queue.
    """
    if contract_id is None and viewer.is_staff:
        raise ValueError("Name the contract whose periods are listed")
    return _rows(viewer, access.sheets(viewer), contract_id)


def periods_of_employer(viewer: Viewer, *, on: date | None = None) -> list[SheetRow]:
    """Half months of all assistants of the employer that the viewer is, or acts for, the oldest first.

    on  those that hold this day; None: all
    """
    found = access.employed_sheets(viewer)
    return _rows(viewer, found if on is None else found.filter(period__contains=on))


def _rows(viewer: Viewer, sheets: QuerySet[Sheet], contract_id: int | None = None) -> list[SheetRow]:
    found = with_care_days(sheets).select_related(*PEOPLE)
    if contract_id is not None:
        found = found.filter(contract_id=contract_id)
    found = found.annotate(trip_count=Count("trips")).order_by("period", "contract__number", "pk")
    rows = list(found)
    types: dict[int, list[DayType]] = defaultdict(list)
    for sheet_id, day_type in DayEntry.objects.filter(sheet__in=rows).values_list("sheet_id", "day_type"):
        types[sheet_id].append(DayType(day_type))
    kinds = {each.contract.kind for each in rows}
    worked = _worked([each.pk for each in rows if each.contract.is_employment])
    offered = {kind: day_types(viewer.organisation_id, kind) for kind in kinds}
    dates = {
        kind: timetables_of(viewer.organisation_id, kind, {each.period for each in rows if each.contract.kind == kind})
        for kind in kinds
    }
    return [
        SheetRow(
            id=each.pk,
            period=each.period,
            state=str(each.state),
            is_returned=each.state == Sheet.State.OPEN and bool(each.returned_reason),
            is_confirmed_on_behalf=each.is_confirmed_on_behalf,
            channel=str(each.channel),
            contract_id=each.contract_id,
            contract_number=each.contract.number,
            contract_kind=each.contract.kind,
            carer_name=each.contract.carer.name,
            recipient_name=each.contract.recipient.name if each.contract.recipient else "",
            counts=counts_of(types[each.pk], offered[each.contract.kind]),
            trips=each.trip_count,
            timetable=dates[each.contract.kind].get(each.period),
            shifts=worked[each.pk][0],
            hours=worked[each.pk][1],
            version=each.version,
            carer_id=each.contract.carer_id,
        )
        for each in rows
    ]


def hours_worked() -> Subquery:
    """Of the sheet that is asked for; None without shifts."""
    worked = Shift.objects.filter(sheet=OuterRef("pk"), is_scheduled=False).order_by().values("sheet")
    return Subquery(worked.annotate(hours=Sum(LENGTH)).values("hours"))


def _worked(sheet_ids: Collection[int]) -> Mapping[int, tuple[int, timedelta]]:
    """Number of shifts, and hours that were worked, by sheet; no query without sheets of assistants."""
    found: dict[int, tuple[int, timedelta]] = defaultdict(lambda: (0, timedelta()))
    if sheet_ids:
        length = Sum(LENGTH, filter=Q(is_scheduled=False), default=timedelta())
        rows = Shift.objects.filter(sheet__in=sheet_ids).order_by().values("sheet")
        for sheet_id, number, hours in rows.annotate(number=Count("pk"), hours=length).values_list(
            "sheet", "number", "hours"
        ):
            found[sheet_id] = (number, hours)
    return found


def timetables_of(organisation_id: int, kind: str, months: Collection[DateRange]) -> dict[DateRange, Timetable]:
    """Deadlines and paydays by month; a month for which none is set is left out."""
    try:
        return timetables(organisation_id, kind, months)
    except WrongState:
        found = {month: timetable_of(organisation_id, kind, month) for month in months}
        return {month: each for month, each in found.items() if each is not None}


def contracts_of(sheet_ids: Iterable[int]) -> set[int]:
    """Ids of the contracts of sheets; who may see those was asked before."""
    return set(Sheet.objects.filter(pk__in=list(sheet_ids)).values_list("contract_id", flat=True))


def labels(sheet_ids: Iterable[int]) -> dict[int, SheetLabel]:
    """What sheets are called, by id; who may see them was asked before."""
    found = Sheet.objects.filter(pk__in=list(sheet_ids)).select_related(*PEOPLE)
    return {
        each.pk: SheetLabel(
            id=each.pk,
            period=each.period,
            state=str(each.state),
            contract_id=each.contract_id,
            contract_number=each.contract.number,
            contract_kind=each.contract.kind,
            carer_id=each.contract.carer_id,
            carer_name=each.contract.carer.name,
            recipient_name=each.contract.recipient.name if each.contract.recipient else "",
        )
        for each in found
    }


def trips_of_year(viewer: Viewer, year: int, person_id: int | None = None) -> list[TripRow]:
    """Trips of a calendar year by day, for the carer's own tax deductions (PAY-3).

    person_id  carer whose trips; required for staff, else all whom the viewer is or acts for
    """
    if person_id is None and viewer.is_staff:
        raise ValueError("Name the carer whose trips are listed")
    found = TripEntry.objects.filter(
        sheet__in=access.sheets(viewer), day__gte=date(year, 1, 1), day__lt=date(year + 1, 1, 1)
    ).select_related("sheet__contract__recipient")
    if person_id is not None:
        found = found.filter(sheet__contract__carer_id=person_id)
    return [trip_row(each, each.sheet) for each in found.order_by("day", "pk")]
