"""One sheet as a page shows it, and its history."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model

from palkkio.core.clock import HELSINKI, day_of
from palkkio.core.days import DateRange
from palkkio.core.finland import public_holidays
from palkkio.core.payslip import DayType
from palkkio.core.problems import WrongState
from palkkio.core.viewer import Viewer
from palkkio.entries import content, rights
from palkkio.entries.models import DayEntry, Sheet, SheetChange, SheetRevision, Shift, TripEntry
from palkkio.entries.values import Can, ChangeLine, ChangeRow, DayCell, SheetView, ShiftRow, TripRow
from palkkio.organisations.queries import Timetable, day_types, deadline_and_payday

if TYPE_CHECKING:
    from palkkio.people.models import Person


def sheet_view(
    sheet: Sheet, *, viewer: Viewer | None = None, today: date | None = None, language: str = "fi"
) -> SheetView:
    """All that a page shows of the sheet.

    viewer    for `can`: what they may do now; None: nothing
    today     for `can`, the day marked as today and `is_late`; needed where a viewer is given
    language  of the names of public holidays: fi, sv, en
    """
    entries = list(DayEntry.objects.filter(sheet=sheet))
    contract = sheet.contract
    shifts = list(Shift.objects.filter(sheet=sheet).order_by("start_at", "end_at")) if contract.is_employment else []
    entered_by = {each.entered_by_id for each in entries} | {each.entered_by_id for each in shifts}
    names = names_of(
        sheet.organisation_id, {sheet.confirmed_by_id, sheet.reviewed_by_id, sheet.keyed_by_id, *entered_by}
    )
    timetable = timetable_of(sheet.organisation_id, contract.kind, sheet.period)
    offered = offered_to(sheet)
    is_late = timetable is not None and today is not None and today > timetable.deadline
    before, after = _around(sheet)
    return SheetView(
        id=sheet.pk,
        version=sheet.version,
        state=str(sheet.state),
        period=sheet.period,
        organisation_id=sheet.organisation_id,
        contract_id=contract.pk,
        contract_number=contract.number,
        contract_kind=contract.kind,
        pays_trips=contract.pays_trips,
        unit_id=contract.unit_id,
        carer_id=contract.carer_id,
        carer_name=contract.carer.name,
        recipient_id=contract.recipient_id,
        recipient_name=contract.recipient.name if contract.recipient else "",
        days=_cells(sheet, entries, names, today, language),
        day_types=offered,
        counts=counts_of((DayType(each.day_type) for each in entries), offered),
        trips=tuple(trip_row(each, sheet) for each in TripEntry.objects.filter(sheet=sheet).order_by("day", "pk")),
        note=sheet.note,
        channel=str(sheet.channel),
        scan_id=sheet.scan_id,
        signed_on=sheet.signed_on,
        keyed_by=names.get(sheet.keyed_by_id, ""),
        confirmed_at=sheet.confirmed_at,
        confirmed_by=names.get(sheet.confirmed_by_id, ""),
        is_confirmed_on_behalf=sheet.is_confirmed_on_behalf,
        returned_reason=sheet.returned_reason,
        returned_at=sheet.returned_at,
        reviewed_at=sheet.reviewed_at,
        reviewed_by=names.get(sheet.reviewed_by_id, ""),
        revision=SheetRevision.objects.filter(sheet=sheet).count(),
        last_care_day=rights.last_care_day(sheet),
        timetable=timetable,
        is_late=is_late and sheet.state != Sheet.State.REVIEWED,
        asks_for_email=asks_for_email(contract.carer),
        can=Can() if viewer is None or today is None else rights.may_now(sheet, viewer, today=today),
        previous_id=before,
        next_id=after,
        shifts=tuple(shift_row(each, names) for each in shifts),
    )


def offered_to(sheet: Sheet) -> tuple[DayType, ...]:
    """Types of day on offer; an assistant's days are shifts, so that only leave is ticked (EMP-6)."""
    return (DayType.LEAVE,) if sheet.contract.is_employment else day_types(sheet.organisation_id, sheet.contract.kind)


def asks_for_email(person: Person) -> bool:
    """The period's notes ask for the e-mail that one uses, while it is not known (CARE-17)."""
    return not person.email


def history(sheet: Sheet) -> list[ChangeRow]:
    """Every save of the sheet, the newest first: who, when, what, before and after (CARE-13)."""
    changes = list(SheetChange.objects.filter(sheet=sheet).order_by("-version"))
    names = names_of(sheet.organisation_id, {each.by_id for each in changes})
    present = content.Standing(sheet)
    return [
        ChangeRow(
            id=change.pk,
            version=change.version,
            at=change.at,
            action=change.action,
            is_staff=change.is_staff,
            by_name=names.get(change.by_id, ""),
            reason=change.reason,
            lines=_lines(change),
            can_undo=(
                change.action in content.CONTENT_ACTIONS
                and all(present.get(key) == value for key, value in change.after.items())
            ),
        )
        for change in changes
    ]


def names_of(organisation_id: int, account_ids: Iterable[int | None]) -> Mapping[int | None, str]:
    """Names of accounts as the organisation knows their people."""
    known = {each for each in account_ids if each is not None}
    rows = (
        get_user_model()
        .objects.filter(pk__in=known, people__person__organisation_id=organisation_id)
        .values_list("pk", "people__person__given_names", "people__person__family_name")
    )
    return {pk: f"{given} {family}".strip() for pk, given, family in rows}


def timetable_of(organisation_id: int, kind: str, month: DateRange) -> Timetable | None:
    """Deadline and payday of a care month; None where the organisation has set no schedule."""
    try:
        return deadline_and_payday(organisation_id, kind, month)
    except WrongState:
        return None


def counts_of(types: Iterable[DayType], offered: Iterable[DayType] = ()) -> tuple[tuple[DayType, int], ...]:
    """Number of days by type, in the order in which the types are offered, then others."""
    found = Counter(types)
    order = [*offered, *(each for each in DayType if each not in set(offered))]
    return tuple((each, found[each]) for each in order if found[each])


def trip_row(trip: TripEntry, sheet: Sheet) -> TripRow:
    contract = sheet.contract
    return TripRow(
        id=trip.pk,
        sheet_id=sheet.pk,
        day=trip.day,
        kilometres=_plain(trip.kilometres),
        origin=trip.origin,
        destination=trip.destination,
        purpose=trip.purpose,
        expense=trip.expense,
        receipt_id=trip.receipt_id,
        channel=str(trip.channel),
        contract_number=contract.number,
        recipient_name=contract.recipient.name if contract.recipient else "",
    )


def shift_row(shift: Shift, names: Mapping[int | None, str]) -> ShiftRow:
    return ShiftRow(
        id=shift.pk,
        start=shift.start_at.astimezone(HELSINKI),
        end=shift.end_at.astimezone(HELSINKI),
        decision=shift.decision,
        is_scheduled=shift.is_scheduled,
        note=shift.note,
        channel=str(shift.channel),
        entered_by=names.get(shift.entered_by_id, ""),
    )


def _cells(
    sheet: Sheet, entries: Iterable[DayEntry], names: Mapping[int | None, str], today: date | None, language: str
) -> tuple[DayCell, ...]:
    inside = rights.care_days(sheet)
    by_day = {each.day: each for each in entries}
    cells = []
    for day in sheet.period:
        entry = by_day.get(day)
        cells.append(
            DayCell(
                day=day,
                day_type=DayType(entry.day_type) if entry else None,
                count=_plain(entry.count) if entry else Decimal(1),
                channel=str(entry.channel) if entry else "",
                is_inside=inside is not None and day in inside,
                holiday=public_holidays(day.year, language).get(day, ""),
                is_today=day == today,
                week=day.isocalendar().week,
                entered_by=names.get(entry.entered_by_id, "") if entry else "",
                entered_at=entry.entered_at if entry else None,
            )
        )
    return tuple(cells)


def _plain(number: Decimal) -> Decimal:
    """3.5 for 3.5000."""
    return Decimal(content.figure(number))


def _around(sheet: Sheet) -> tuple[int | None, int | None]:
    """Ids of the sheets of the same contract before and after."""
    start, end = sheet.period.edges
    others = Sheet.objects.filter(contract_id=sheet.contract_id)
    before = others.filter(period__endswith__lte=start).order_by("-period").values_list("pk", flat=True).first()
    after = others.filter(period__startswith__gte=end).order_by("period").values_list("pk", flat=True).first()
    return before, after


def _lines(change: SheetChange) -> tuple[ChangeLine, ...]:
    if change.action not in content.CONTENT_ACTIONS:
        return ()
    found = []
    for key, after in sorted(change.after.items()):
        before: Any = change.before.get(key)
        day = content.day_of(key)
        if key == content.NOTE:
            found.append(ChangeLine("note", None, _text(before), _text(after)))
        elif key == content.SOURCE:
            found.append(ChangeLine("source", None, before, after))
        elif key.startswith(content.SHIFT):
            started = datetime.fromisoformat((after or before)["start"])
            found.append(ChangeLine("shift", day_of(started), before, after))
        elif day:
            found.append(ChangeLine("day", day, before, after))
        else:
            found.append(ChangeLine("trip", date.fromisoformat((after or before)["day"]), before, after))
    return tuple(found)


def _text(value: str | None) -> Mapping[str, object] | None:
    return None if value is None else {"text": value}
