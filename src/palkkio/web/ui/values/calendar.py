"""The month of care days: kinds of day, days, the calendar with what was typed into it."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class DayKind:
    """A type of day that the contract offers (päivän tyyppi).

    code   what the form posts, and what entries hold
    name   full name; `short` fits a phone's cell; `cell` is the name for a wide cell, with soft hyphens, "" for `name`
    price  EUR a day, None where the price is not one figure
    look   care, training, notice, cancelled, unpaid, leave, sick, shift or other: ground, shape and symbol
    """

    code: str
    name: str
    short: str
    price: Decimal | None = None
    look: str = "care"
    cell: str = ""

    @property
    def icon(self) -> str:
        return "calendar" if self.look == "other" else self.look


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """One day as the reader sees it.

    kind         what is entered, None when nothing is
    comments     number of comments on the day
    holiday      name of the public holiday
    is_open      the day can be picked: inside the contract, and entries are allowed on it
    closed_note  why it cannot, for instance "not in the contract"
    by_county    the entry was made by the county (CARE-12)
    extra        a short further word, for instance "24 km"
    """

    day: date
    kind: DayKind | None = None
    comments: int = 0
    holiday: str = ""
    is_open: bool = True
    closed_note: str = ""
    by_county: bool = False
    extra: str = ""

    @property
    def is_workday(self) -> bool:
        """Monday to Friday, not a public holiday: what "Valitse arkipäivät" picks (CARE-5)."""
        return self.day.weekday() < 5 and not self.holiday


@dataclass(frozen=True, slots=True)
class Calendar:
    """A month's calendar and its form.

    first       first day of the month
    days        every day of the month, in order
    kinds       types of day on offer
    action      address that the form posts to: day (several), type, comment, version, fill, do or undo
    version     version of the sheet that the reader saw, posted back
    is_locked   nothing can be entered; `locked_note` says why and who may
    picked      days that stay picked (after a refusal)
    typed       what was typed: type, comment, fill
    errors      by field: day, type, comment, fill; "" for the whole
    ask_fill    picked days already have entries: replace them, or fill only the empty ones (CARE-16)
    said        what the last save did; `undo` is the value that takes it back
    previous, following   (text, address) of the neighbouring months
    """

    first: date
    days: Sequence[CalendarDay]
    kinds: Sequence[DayKind]
    action: str
    today: date | None = None
    version: str = ""
    is_locked: bool = False
    locked_note: str = ""
    picked: frozenset[date] = frozenset()
    typed: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    ask_fill: bool = False
    said: str = ""
    undo: str = ""
    previous: tuple[str, str] | None = None
    following: tuple[str, str] | None = None
    title: str = ""
    intro: str = ""
    note: str = ""
    id: str = "calendar"

    def __post_init__(self) -> None:
        length = monthrange(self.first.year, self.first.month)[1]
        expected = [self.first.replace(day=number) for number in range(1, length + 1)]
        if [each.day for each in self.days] != expected:
            raise ValueError("A calendar needs each day of its month once, in order")

    @property
    def weeks(self) -> list[tuple[int, list[CalendarDay | None]]]:
        """Week number and seven cells, None outside the month."""
        cells: list[CalendarDay | None] = [None] * self.first.weekday() + list(self.days)
        cells += [None] * (-len(cells) % 7)
        start = self.first - timedelta(days=self.first.weekday())
        return [((start + timedelta(days=at)).isocalendar().week, cells[at : at + 7]) for at in range(0, len(cells), 7)]

    @property
    def undo_form(self) -> str:
        """Id of the small form that the undo button belongs to, so that Enter in the panel never undoes."""
        return f"{self.id}-undo"

    @property
    def counts(self) -> list[tuple[DayKind, int]]:
        """Kinds that are entered, with their number of days, in the order of `kinds`."""
        found: dict[str, tuple[DayKind, int]] = {}
        order = {kind.code: at for at, kind in enumerate(self.kinds)}
        for each in self.days:
            if each.kind:
                found[each.kind.code] = (each.kind, found.get(each.kind.code, (each.kind, 0))[1] + 1)
        return sorted(found.values(), key=lambda pair: order.get(pair[0].code, len(order)))


@dataclass(frozen=True, slots=True)
class MiniMonth:
    """A small month to look at: marks by day."""

    first: date
    marks: Mapping[date, DayKind]
    caption: str

    @property
    def weeks(self) -> list[list[tuple[date, DayKind | None] | None]]:
        length = monthrange(self.first.year, self.first.month)[1]
        days = [self.first.replace(day=number) for number in range(1, length + 1)]
        cells: list[tuple[date, DayKind | None] | None] = [None] * self.first.weekday()
        cells += [(day, self.marks.get(day)) for day in days]
        cells += [None] * (-len(cells) % 7)
        return [cells[at : at + 7] for at in range(0, len(cells), 7)]


def month_of_marks(calendar: Calendar, caption: str) -> MiniMonth:
    """The entries of `calendar` as a small month."""
    return MiniMonth(calendar.first, {each.day: each.kind for each in calendar.days if each.kind}, caption)
