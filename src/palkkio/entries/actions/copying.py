"""Shifts copied to other days, a week repeated, and those of sick days marked as not worked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_noop as _

from palkkio.core.clock import HELSINKI, day_of
from palkkio.core.days import DateRange
from palkkio.core.problems import FieldError, InvalidInput
from palkkio.core.viewer import Viewer
from palkkio.entries import access, content
from palkkio.entries.actions.saving import Present, Wanted, save_content
from palkkio.entries.actions.shifts import NewShift, do_overlap, save_shifts, taken_times
from palkkio.entries.models import Channel, Sheet, SheetChange, Shift
from palkkio.entries.queries.shifts import midnight
from palkkio.entries.values import Typed
from palkkio.organisations.access import one

if TYPE_CHECKING:
    from palkkio.contracts.models import Contract

WEEK = timedelta(days=7)
MOST_WEEKS = 4


@dataclass(frozen=True, slots=True)
class Copied:
    """What a copy made.

    made     number of shifts
    skipped  days whose shifts were not copied: there is another shift at the time, or no open half month yet
    """

    changes: tuple[SheetChange, ...]
    made: int
    skipped: tuple[date, ...]


@transaction.atomic
def copy_day(sheet_id: int, *, by: Viewer, at: datetime, version: int, day: date, to: Collection[date]) -> Copied:
    """The shifts of a day on other days, at the same clock times. Raises InvalidInput, StaleSheet, NotAllowed."""
    return _copy(sheet_id, DateRange.of_days(day, day), [each - day for each in sorted(to)], by, at, version)


@transaction.atomic
def copy_week(sheet_id: int, *, by: Viewer, at: datetime, version: int, day: date, weeks: int = 1) -> Copied:
    """The shifts of the week of `day`, Monday to Sunday, repeated in as many weeks after it, at most four."""
    monday = day - timedelta(days=day.weekday())
    if not 1 <= weeks <= MOST_WEEKS:
        raise InvalidInput(FieldError("weeks", _("Choose from one to four weeks.")))
    source = DateRange(monday, monday + WEEK)
    return _copy(sheet_id, source, [WEEK * number for number in range(1, weeks + 1)], by, at, version)


def _copy(
    sheet_id: int, source: DateRange, offsets: Sequence[timedelta], by: Viewer, at: datetime, version: int
) -> Copied:
    own = one(access.enterable_sheets(by).select_related("contract"), sheet_id)
    shifts = _shifts_of(own.contract_id, source)
    if not shifts or not offsets:
        raise InvalidInput(FieldError("day", _("There is nothing to copy. Choose days that have shifts.")))
    wanted = [_moved(each, offset) for offset in offsets for each in shifts]
    sheets = list(
        access.enterable_sheets(by)
        .filter(contract_id=own.contract_id, period__overlap=DateRange.of_days(*_first_and_last(wanted)))
        .exclude(state=Sheet.State.REVIEWED)
        .exclude(channel=Channel.PAPER)
    )
    taken = taken_times(own.contract_id, [(each.start, each.end) for each in wanted])
    by_sheet: dict[int, list[NewShift]] = defaultdict(list)
    skipped: set[date] = set()
    for each in wanted:
        day, span = each.day, (each.start, each.end)
        sheet = next((row for row in sheets if day in row.period and day in own.contract.valid), None)
        if sheet is None or any(do_overlap(span, other) for other in taken):
            skipped.add(day)
        else:
            taken.append(span)
            by_sheet[sheet.pk].append(each)
    versions = {row.pk: row.version for row in sheets} | {own.pk: version}
    changes = [
        save_shifts(pk, by=by, at=at, version=versions[pk], shifts=made, action="copy_shifts")
        for pk, made in by_sheet.items()
    ]
    return Copied(tuple(changes), sum(map(len, by_sheet.values())), tuple(sorted(skipped)))


def mark_absent(contract: Contract, days: DateRange, *, by: Viewer, at: datetime) -> int:
    """The shifts of sick days are planned and not worked: paid as sick pay, no hours of a decision, no overlap (R16).

    Half months that were approved, here or on paper, stay as they are. Returns the number of shifts marked.
    """
    ids = (
        Shift.objects.filter(sheet__contract_id=contract.pk, is_scheduled=False, start_at__gte=midnight(days.edges[0]))
        .exclude(sheet__state=Sheet.State.REVIEWED)
        .exclude(sheet__channel=Channel.PAPER)
        .filter(start_at__lt=midnight(days.edges[1]))
        .values_list("sheet_id", flat=True)
        .distinct()
    )
    marked = 0
    for sheet in Sheet.objects.filter(pk__in=list(ids)).order_by("pk"):

        def wanted(_sheet: Sheet, present: Present) -> Mapping[str, content.Value]:
            return {
                key: value | {"is_scheduled": True}
                for key, value in present.items()
                if key.startswith(content.SHIFT)
                and not value["is_scheduled"]
                and day_of(datetime.fromisoformat(value["start"])) in days
            }

        change = save_content(sheet.pk, wanted, by=by, at=at, version=sheet.version, typed=Typed("mark_absent"))
        marked += len(change.after)
    return marked


def mark_present(contract: Contract, *, but: Collection[DateRange], by: Viewer, at: datetime) -> None:
    """The shifts that reports of absence have marked are worked again, where they still stand as that left them: the
    report was taken back, returned, or accepted for fewer days (R16).

    but  days on which the assistant is absent all the same
    Half months that were approved since, here or on paper, stay as they are.
    """
    marked = SheetChange.objects.filter(sheet__contract_id=contract.pk, action="mark_absent")
    marked = marked.exclude(sheet__state=Sheet.State.REVIEWED).exclude(sheet__channel=Channel.PAPER)
    for change in marked.select_related("sheet").order_by("sheet_id"):
        wanted, version = _as_before(change, but), change.sheet.version
        save_content(change.sheet_id, wanted, by=by, at=at, version=version, typed=Typed("mark_present"))


def _as_before(change: SheetChange, but: Collection[DateRange]) -> Wanted:
    def wanted(_sheet: Sheet, present: Present) -> Mapping[str, content.Value]:
        return {
            key: change.before[key]
            for key, value in change.after.items()
            if present.get(key) == value
            and not any(day_of(datetime.fromisoformat(value["start"])) in days for days in but)
        }

    return wanted


def _first_and_last(shifts: Sequence[NewShift]) -> tuple[date, date]:
    days = [each.day for each in shifts]
    return min(days), max(days)


def _shifts_of(contract_id: int, days: DateRange) -> list[NewShift]:
    start, end = days.edges
    rows = Shift.objects.filter(
        sheet__contract_id=contract_id, start_at__gte=midnight(start), start_at__lt=midnight(end), is_scheduled=False
    ).order_by("start_at")
    return [NewShift(each.start_at, each.end_at, each.decision, each.note) for each in rows]


def _moved(shift: NewShift, offset: timedelta) -> NewShift:
    """At the same times of the clock on the wall, some days later."""
    start, end = (each.astimezone(HELSINKI).replace(fold=0) + offset for each in (shift.start, shift.end))
    return replace(shift, start=start, end=end)
