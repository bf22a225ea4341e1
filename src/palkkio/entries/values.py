"""What pages and later stages read of sheets: frozen values, no rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from palkkio.core.clock import day_of
from palkkio.core.days import DateRange
from palkkio.core.payslip import ContractKind, DayType
from palkkio.entries.tables.channels import BY_COUNTY

if TYPE_CHECKING:
    from palkkio.organisations.queries import Timetable


@dataclass(frozen=True, slots=True)
class DayCell:
    """One day of the period's month.

    day_type   None: nothing is entered
    count      visits or hours where the type is VISIT or HOURS, else 1
    channel    electronic, staff or paper; "" on an empty day
    is_inside  the day is inside the contract, so it can be entered
    holiday    name of the public holiday, ""
    week       ISO week number
    """

    day: date
    day_type: DayType | None = None
    count: Decimal = Decimal(1)
    channel: str = ""
    is_inside: bool = True
    holiday: str = ""
    is_today: bool = False
    week: int = 0
    entered_by: str = ""
    entered_at: datetime | None = None

    @property
    def by_county(self) -> bool:
        """Entered by the county, by phone or from paper (CARE-12)."""
        return self.channel in BY_COUNTY

    @property
    def is_workday(self) -> bool:
        """Monday to Friday and no public holiday (CARE-5)."""
        return self.day.weekday() < 5 and not self.holiday


@dataclass(frozen=True, slots=True)
class TripRow:
    """One trip of a sheet; `expense` in EUR by receipt."""

    id: int
    sheet_id: int
    day: date
    kilometres: Decimal
    origin: str
    destination: str
    purpose: str
    expense: Decimal
    receipt_id: int | None
    channel: str
    contract_number: str = ""
    recipient_name: str = ""

    @property
    def by_county(self) -> bool:
        return self.channel in BY_COUNTY


@dataclass(frozen=True, slots=True)
class ShiftRow:
    """One shift of an assistant, in the clock time of Finland; `day` is the one on which it begins."""

    id: int
    start: datetime
    end: datetime
    decision: str
    is_scheduled: bool
    note: str
    channel: str
    entered_by: str = ""

    @property
    def day(self) -> date:
        return day_of(self.start)

    @property
    def length(self) -> timedelta:
        """By the clock that knows no summer time."""
        return self.end.astimezone(UTC) - self.start.astimezone(UTC)

    @property
    def by_county(self) -> bool:
        return self.channel in BY_COUNTY


@dataclass(frozen=True, slots=True)
class Can:
    """What the viewer may do with the sheet now; `why` gives the message id of each refusal by name of the act."""

    enter: bool = False  # days, trips, note, undo
    confirm: bool = False
    confirm_on_behalf: bool = False
    return_sheet: bool = False
    review: bool = False
    reopen: bool = False
    key_in_paper: bool = False
    approve: bool = False  # an assistant's hours, by the employer
    return_shifts: bool = False
    why: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SheetView:
    """All that a page shows of a sheet (hoitojakso).

    period       the calendar month; `days` holds each day of it
    state        open, confirmed or reviewed; an open one with `returned_reason` was returned
    counts       entered days by type, in the order of `day_types`
    timetable    deadline and payday; None where the organisation has set no schedule
    is_late      today is past the deadline and the sheet is not reviewed: what misses the run goes to the next one
    revision     number of the latest review, 0: never reviewed
    previous_id, next_id   sheets of the same contract, before and after
    """

    id: int
    version: int
    state: str
    period: DateRange
    organisation_id: int
    contract_id: int
    contract_number: str
    contract_kind: str
    pays_trips: bool
    unit_id: int
    carer_id: int
    carer_name: str
    recipient_id: int | None
    recipient_name: str
    days: tuple[DayCell, ...]
    day_types: tuple[DayType, ...]
    counts: tuple[tuple[DayType, int], ...]
    trips: tuple[TripRow, ...]
    note: str
    channel: str
    scan_id: int | None
    signed_on: date | None  # on paper: the day of the employer's signature
    keyed_by: str
    confirmed_at: datetime | None
    confirmed_by: str
    is_confirmed_on_behalf: bool
    returned_reason: str
    returned_at: datetime | None
    reviewed_at: datetime | None
    reviewed_by: str
    revision: int
    last_care_day: date
    timetable: Timetable | None
    is_late: bool
    asks_for_email: bool
    can: Can
    previous_id: int | None = None
    next_id: int | None = None
    shifts: tuple[ShiftRow, ...] = ()

    @property
    def is_employment(self) -> bool:
        return self.contract_kind == ContractKind.PERSONAL_ASSISTANCE

    @property
    def hours(self) -> timedelta:
        """Hours that were worked, all shifts together."""
        return sum((each.length for each in self.shifts if not each.is_scheduled), timedelta())

    @property
    def first_day(self) -> date:
        return self.period.edges[0]

    @property
    def is_returned(self) -> bool:
        return self.state == "open" and bool(self.returned_reason)

    @property
    def is_empty(self) -> bool:
        return not self.counts and not self.trips and not self.shifts

    @property
    def days_entered(self) -> int:
        return sum(number for _, number in self.counts)

    def cell(self, day: date) -> DayCell | None:
        return next((each for each in self.days if each.day == day), None)


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A sheet in a list of periods (CARE-1)."""

    id: int
    period: DateRange
    state: str
    is_returned: bool
    is_confirmed_on_behalf: bool
    channel: str
    contract_id: int
    contract_number: str
    contract_kind: str
    carer_name: str
    recipient_name: str
    counts: tuple[tuple[DayType, int], ...]
    trips: int
    timetable: Timetable | None
    shifts: int = 0
    hours: timedelta = timedelta()
    version: int = 0
    carer_id: int = 0

    @property
    def days_entered(self) -> int:
        return sum(number for _, number in self.counts)

    @property
    def is_employment(self) -> bool:
        return self.contract_kind == ContractKind.PERSONAL_ASSISTANCE

    @property
    def is_empty(self) -> bool:
        return not self.counts and not self.trips and not self.shifts


@dataclass(frozen=True, slots=True)
class SheetLabel:
    """What a sheet is called where another stage names it."""

    id: int
    period: DateRange
    state: str
    contract_id: int
    contract_number: str
    contract_kind: str
    carer_id: int
    carer_name: str
    recipient_name: str


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One touched thing of a save: a day, a trip, the note or the paper; empty before or after is None.

    what  day, trip, shift, note or source
    """

    what: str
    day: date | None
    before: Mapping[str, object] | None
    after: Mapping[str, object] | None


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One row of a sheet's history: who, when, what, before and after.

    is_staff  the county did it; else the carer
    can_undo  the touched things still stand as this save left them
    """

    id: int
    version: int
    at: datetime
    action: str
    is_staff: bool
    by_name: str
    reason: str
    lines: tuple[ChangeLine, ...]
    can_undo: bool


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed in a save that was refused, so that the page shows it beside what is saved (CARE-13)."""

    action: str
    days: tuple[date, ...] = ()
    day_type: DayType | None = None
    count: Decimal = Decimal(1)
    only_empty: bool = False
    day_types: Mapping[date, DayType] = field(default_factory=dict)  # paper: a type for each day
    values: Mapping[str, object] = field(default_factory=dict)  # of a trip
    text: str = ""  # note or reason


@dataclass(frozen=True, slots=True)
class BulkResult:
    """What a bulk review did: ids that went through, and the others with the message id of the refusal."""

    done: tuple[int, ...] = ()
    refused: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Where a sheet stands in a queue; `position` counts from 1, 0: it is not in it (then `next_id` is its first)."""

    previous_id: int | None
    next_id: int | None
    position: int
    total: int
