"""Entries and trips of one month, by the terms in force on each day."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date
from decimal import Decimal

from palkkio.calculation.facts import Entry, MonthFacts, Trip
from palkkio.calculation.kilometres import limit_for
from palkkio.calculation.sheet import ONE, Sheet
from palkkio.core.days import DateRange
from palkkio.core.money import ZERO, to_cents
from palkkio.core.payslip import DayType, Line, LineCode, Working
from palkkio.core.problems import ProblemCode
from palkkio.rules import RateNotConfirmed
from palkkio.rules.tags import is_unverified

# day type -> (line code, unit, key of the rate); unpaid cancelled days make no line
PAID_TYPES: dict[DayType, tuple[LineCode, str, str]] = {
    DayType.CARE: (LineCode.CARE_DAY, "day", "care"),
    DayType.VISIT: (LineCode.VISIT, "visit", "visit"),
    DayType.HOURS: (LineCode.HOUR, "hour", "hour"),
    DayType.TRAINING: (LineCode.TRAINING_DAY, "day", "training"),
    DayType.NOTICE: (LineCode.NOTICE_DAY, "day", "notice"),
    DayType.CANCELLED: (LineCode.CANCELLED_DAY, "day", "cancelled"),
    DayType.LOCUM: (LineCode.LOCUM_DAY, "day", "locum"),
}
_COUNTED = frozenset({DayType.VISIT, DayType.HOURS})
_WITH_EXPENSES = frozenset({DayType.CARE, DayType.LOCUM, *_COUNTED})  # days on which care was given
_CAPS = {DayType.VISIT: "visits", DayType.HOURS: "hours"}


class Entered:
    """What was entered in a month, being added to its sheet in order of days.

    contract  the days of the contract with its end as it came to be; None: it never ran
    """

    def __init__(self, sheet: Sheet, contract: DateRange | None) -> None:
        self.sheet = sheet
        self.contract = contract
        self.seen: set[tuple[date, DayType]] = set()
        self.counted = _counted_before(sheet.month)
        self.days_with_expenses: set[date] = set()
        self.expenses: list[tuple[date, Decimal]] = []

    def add_all(self) -> None:
        for entry in sorted(self.sheet.month.entries, key=lambda each: each.day):
            self.add_entry(entry)
        self.add_trips()

    def add_trips(self) -> None:
        for trip in sorted(self.sheet.month.trips, key=lambda each: each.day):
            self._add_trip(trip)
        if self.expenses:
            self.sheet.extra.append(self._expense_line())

    def add_entry(self, entry: Entry) -> None:
        """Pays one entry by the rate of its type. Raises ValueError if it is outside the month or entered twice."""
        if not self.takes(entry) or entry.type not in PAID_TYPES:
            return
        code, unit, key = PAID_TYPES[entry.type]
        if entry.type is DayType.LOCUM and not self._is_long_enough(entry):
            return
        ground = self.sheet.ground(key, entry.day)
        if ground is None:
            return
        count = self._within_cap(entry) if entry.type in _COUNTED else ONE
        if count <= 0:
            return
        piece = self.sheet.piece(code, unit, ground.rate.amount, code.lower())
        piece.add(entry.day, count, ground)
        if entry.type in _COUNTED:
            piece.inputs.append((entry.day.isoformat(), f"{count.normalize():f}"))
        elif entry.type is DayType.LOCUM:
            piece.inputs.append((entry.day.isoformat(), f"{entry.count.normalize():f}"))
        if entry.type in _WITH_EXPENSES:
            self._add_expense_of_day(entry.day)

    def takes(self, entry: Entry) -> bool:
        """True if the entry lies in the contract. Raises ValueError if it is outside the month or entered twice."""
        if not self._lies_inside(entry.day, entry.type):
            return False
        if (entry.day, entry.type) in self.seen:
            raise ValueError(f"{entry.type} is entered twice on {entry.day}")
        self.seen.add((entry.day, entry.type))
        return True

    def _is_long_enough(self, entry: Entry) -> bool:
        """A locum's day has the hours that the payer asks for (D6)."""
        least = self.sheet.choice("locum_min_hours", entry.day).value
        if least is None or entry.count >= Decimal(least):
            return True
        self.sheet.problem_of_day(ProblemCode.LOCUM_TOO_SHORT, "locum", entry.day)
        return False

    def _within_cap(self, entry: Entry) -> Decimal:
        """Visits or hours of the entry that the decision's cap of the month still allows, in order of days."""
        terms = self.sheet.terms_on(entry.day)
        name = _CAPS[entry.type]
        cap: Decimal | None = getattr(terms.caps, name) if terms is not None and terms.caps is not None else None
        at = (entry.type, entry.day.replace(day=1))
        used = self.counted[at]
        if cap is None or used + entry.count <= cap:
            self.counted[at] = used + entry.count
            return entry.count
        self.sheet.problem(ProblemCode.CAP_REACHED, f"caps/{name}", entry.day)
        self.counted[at] = max(cap, used)
        return max(cap - used, Decimal(0))

    def _add_expense_of_day(self, day: date) -> None:
        """The agreed expense of a day on which care was given, once whatever was done on it."""
        terms = self.sheet.terms_on(day)
        if terms is None or "expense_per_day" not in terms.rates or day in self.days_with_expenses:
            return
        self.days_with_expenses.add(day)
        if ground := self.sheet.ground("expense_per_day", day):
            piece = self.sheet.piece(LineCode.EXPENSE_ALLOWANCE, "day", ground.rate.amount, "expense_per_day")
            piece.add(day, ONE, ground)

    def _add_trip(self, trip: Trip) -> None:
        if not self._lies_inside(trip.day, "trip"):
            return
        if trip.expense:
            self.expenses.append((trip.day, trip.expense))
        if not trip.kilometres:
            return
        ground = self.sheet.ground("kilometre", trip.day)
        if ground is None or not ground.rate.amount:
            return
        try:
            limit = limit_for(self.sheet.month.kind, self.sheet.profile, trip.day)
        except RateNotConfirmed as error:
            self.sheet.problem(ProblemCode.RATE_NOT_CONFIRMED, error.figure, trip.day)
            return
        if is_unverified(limit.tag):
            self.sheet.problem(ProblemCode.RATE_NOT_VERIFIED, limit.key, trip.day)
        paid = ground.rate.amount
        free = min(paid, limit.value)
        for code, of in ((LineCode.KILOMETRES, free), (LineCode.KILOMETRES_TAXABLE, paid - free)):
            if not of:
                continue
            piece = self.sheet.piece(code, "km", of, code.lower())
            if not piece.days:
                piece.inputs += [
                    ("rate_paid", str(paid)),
                    ("tax_free_limit", str(limit.value)),
                    ("tax_free_limit_source", limit.source),
                    ("tax_free_limit_tag", limit.tag),
                ]
            piece.add(trip.day, trip.kilometres, ground)
            piece.inputs.append((trip.day.isoformat(), f"{trip.kilometres.normalize():f}"))

    def _lies_inside(self, day: date, figure: str) -> bool:
        month = self.sheet.month.month
        if day not in month:
            raise ValueError(f"{day} lies outside the period {month.first} – {month.last}")
        if self.contract is not None and day in self.contract:
            return True
        self.sheet.problem_of_day(ProblemCode.ENTRY_OUTSIDE_CONTRACT, figure, day)
        return False

    def _expense_line(self) -> Line:
        total = to_cents(sum((amount for _, amount in self.expenses), ZERO))
        working = Working(
            rule="trip_expense",
            days=tuple(sorted({day for day, _ in self.expenses})),
            inputs=tuple((day.isoformat(), str(amount)) for day, amount in self.expenses),
        )
        return Line(
            code=LineCode.TRIP_EXPENSE,
            quantity=ONE,
            unit="piece",
            of=total,
            amount=total,
            period=self.sheet.month.month,
            working=working,
            is_taxable=False,
            is_pensionable=False,
        )


def _counted_before(month: MonthFacts) -> dict[tuple[DayType, date], Decimal]:
    """Visits and hours by the first day of their calendar month, of the days of it before the period."""
    counted: dict[tuple[DayType, date], Decimal] = defaultdict(Decimal)
    for entry in month.beside.entries:
        if entry.type in _COUNTED and entry.day < month.month.begins:
            counted[entry.type, entry.day.replace(day=1)] += entry.count
    return counted


def capped(lines: tuple[Line, ...], sheet: Sheet) -> tuple[Line, ...]:
    """Fees lowered to the decision's cap in euros of the month, from the last line back; costs stand outside it.

    Where the cap changes inside the month, the last one holds.
    """
    caps = [
        (terms.valid.start, terms.caps.euros)
        for terms in sheet.month.terms
        if terms.caps is not None and terms.caps.euros is not None and terms.valid.overlap(sheet.month.month)
    ]
    if not caps:
        return lines
    _, cap = max(caps, key=lambda each: each[0] or date.min)
    above = sum((line.amount for line in (*lines, *_paid_in_month(sheet.month)) if line.is_pensionable), ZERO) - cap
    if above <= 0:
        return lines
    sheet.problem(ProblemCode.CAP_REACHED, "caps/euros", sheet.month.month.edges[0])
    kept = []
    for line in reversed(lines):
        less = min(line.amount, above) if line.is_pensionable else ZERO
        above -= less
        if not less:
            kept.append(line)
        elif line.amount > less:
            inputs = (*line.working.inputs, ("cap_euros", str(cap)), ("before_cap", str(line.amount)))
            kept.append(replace(line, amount=line.amount - less, working=replace(line.working, inputs=inputs)))
    return tuple(reversed(kept))


def _paid_in_month(month: MonthFacts) -> list[Line]:
    """Lines paid for days of the same calendar month before the period."""
    first = month.month.begins
    return [line for line in month.beside.paid if DateRange.month_of(first) == DateRange.month_of(line.period.begins)]
