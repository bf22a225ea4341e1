"""Earning lines of day-based fees: entries and trips of one month, by the terms in force on each day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from palkkio.calculation.facts import Entry, MonthFacts, RateFact, Terms, Trip
from palkkio.calculation.kilometres import tax_free_limit
from palkkio.core.days import DateRange
from palkkio.core.money import ZERO, to_cents
from palkkio.core.payslip import ContractKind, DayType, Line, LineCode, Working
from palkkio.core.problems import Problem, ProblemCode
from palkkio.rules import Profile, RateNotConfirmed
from palkkio.rules import profile as profile_named
from palkkio.rules.tags import Tag, is_unverified, pays

DAY_BASED = frozenset({ContractKind.SUBSTITUTE_CARE, ContractKind.OTHER_COMMISSION})

# day type -> (line code, unit, key of the rate); unpaid cancelled days make no line
PAID_TYPES: dict[DayType, tuple[LineCode, str, str]] = {
    DayType.CARE: (LineCode.CARE_DAY, "day", "care"),
    DayType.VISIT: (LineCode.VISIT, "visit", "visit"),
    DayType.HOURS: (LineCode.HOUR, "hour", "hour"),
    DayType.TRAINING: (LineCode.TRAINING_DAY, "day", "training"),
    DayType.NOTICE: (LineCode.NOTICE_DAY, "day", "notice"),
    DayType.CANCELLED: (LineCode.CANCELLED_DAY, "day", "cancelled"),
}
_COUNTED = frozenset({DayType.VISIT, DayType.HOURS})
_LAW = {ContractKind.SUBSTITUTE_CARE: "937/2005 4 a §"}
_ORDER = {code: at for at, code in enumerate(LineCode)}
_ONE = Decimal(1)


class NotCalculatedYet(ValueError):
    """A form of care whose calculation is not written: an answer, never a wrong result."""

    def __init__(self, kind: str) -> None:
        super().__init__(f"{kind}: This form of care is not calculated yet")
        self.kind = kind


def earning_lines(month: MonthFacts, profile: str | Profile) -> tuple[tuple[Line, ...], tuple[Problem, ...]]:
    """Earning lines of one contract's month, and what stands in the way of some.

    Pieces with the same code and rate are one line: their days are added, multiplied and rounded once. An entry
    without a rate in the terms makes CONTRACT_TERM_MISSING, one outside the contract ENTRY_OUTSIDE_CONTRACT, one whose
    rate or tax-free limit is not confirmed RATE_NOT_CONFIRMED; none of these makes a line.
    Raises NotCalculatedYet for other forms of care, ValueError for an entry outside `month` or entered twice.
    Law: for substitute carers 937/2005 4 a §; else by commission contract.
    """
    if month.kind not in DAY_BASED:
        raise NotCalculatedYet(month.kind)
    if isinstance(profile, str):
        profile = profile_named(profile)
    sheet = _Sheet(month, profile)
    for entry in sorted(month.entries, key=_day):
        sheet.add_entry(entry)
    for trip in sorted(month.trips, key=_day):
        sheet.add_trip(trip)
    return sheet.lines(), tuple(sheet.problems.values())


@dataclass(slots=True)
class _Piece:
    """Days of one code and rate, being added up."""

    code: LineCode
    unit: str
    of: Decimal
    rule: str
    quantity: Decimal = Decimal(0)
    days: list[date] = field(default_factory=list)
    inputs: list[tuple[str, str]] = field(default_factory=list)
    grounds: dict[int, _Ground] = field(default_factory=dict)

    def add(self, day: date, quantity: Decimal, ground: _Ground) -> None:
        self.quantity += quantity
        self.days.append(day)
        self.grounds.setdefault(id(ground.rate), ground)


@dataclass(frozen=True, slots=True)
class _Ground:
    """The rate that a piece is paid by, and the terms that hold it."""

    rate: RateFact
    terms: Terms

    @property
    def valid(self) -> DateRange:
        """The days for which the rate was decided, else those of the terms; the shell may have cut the terms."""
        return self.rate.valid or self.terms.valid


class _Sheet:
    """One month being turned into lines."""

    def __init__(self, month: MonthFacts, profile: Profile) -> None:
        self.month = month
        self.profile = profile
        self.pieces: dict[tuple[LineCode, Decimal], _Piece] = {}
        self.problems: dict[tuple[str, str, date | None], Problem] = {}
        self.seen: set[tuple[date, DayType]] = set()
        self.expenses: list[tuple[date, Decimal]] = []

    def add_entry(self, entry: Entry) -> None:
        if not self._lies_inside(entry.day, entry.type):
            return
        if (entry.day, entry.type) in self.seen:
            raise ValueError(f"{entry.type} is entered twice on {entry.day}")
        self.seen.add((entry.day, entry.type))
        if entry.type not in PAID_TYPES:
            return
        code, unit, key = PAID_TYPES[entry.type]
        ground = self._ground(key, entry.day)
        if ground is None:
            return
        piece = self._piece(code, unit, ground.rate.amount, code.lower())
        if entry.type in _COUNTED:
            piece.add(entry.day, entry.count, ground)
            piece.inputs.append((entry.day.isoformat(), f"{entry.count.normalize():f}"))
        else:
            piece.add(entry.day, _ONE, ground)

    def add_trip(self, trip: Trip) -> None:
        if not self._lies_inside(trip.day, "trip"):
            return
        if trip.expense:
            self.expenses.append((trip.day, trip.expense))
        if not trip.kilometres:
            return
        ground = self._ground("kilometre", trip.day)
        if ground is None or not ground.rate.amount:
            return
        try:
            limit = tax_free_limit(self.profile, trip.day)
        except RateNotConfirmed as error:
            self._problem(ProblemCode.RATE_NOT_CONFIRMED, error.figure, trip.day)
            return
        if is_unverified(limit.tag):
            self._problem(ProblemCode.RATE_NOT_VERIFIED, limit.key, trip.day)
        paid = ground.rate.amount
        free = min(paid, limit.value)
        for code, of in ((LineCode.KILOMETRES, free), (LineCode.KILOMETRES_TAXABLE, paid - free)):
            if not of:
                continue
            piece = self._piece(code, "km", of, code.lower())
            if not piece.days:
                piece.inputs += [
                    ("rate_paid", str(paid)),
                    ("tax_free_limit", str(limit.value)),
                    ("tax_free_limit_source", limit.source),
                    ("tax_free_limit_tag", limit.tag),
                ]
            piece.add(trip.day, trip.kilometres, ground)
            piece.inputs.append((trip.day.isoformat(), f"{trip.kilometres.normalize():f}"))

    def lines(self) -> tuple[Line, ...]:
        """Lines in the order of their codes, then of their first day."""
        made = [self._line(piece) for piece in self.pieces.values()]
        if self.expenses:
            made.append(self._expense_line())
        made.sort(key=lambda line: (_ORDER[LineCode(line.code)], line.working.days))
        return tuple(made)

    def _lies_inside(self, day: date, figure: str) -> bool:
        if day not in self.month.month:
            raise ValueError(f"{day} lies outside the period {self.month.month.first} – {self.month.month.last}")
        if day in self.month.contract:
            return True
        self.problems[ProblemCode.ENTRY_OUTSIDE_CONTRACT, figure, day] = Problem(
            ProblemCode.ENTRY_OUTSIDE_CONTRACT, figure, day
        )
        return False

    def _ground(self, key: str, day: date) -> _Ground | None:
        """The rate in force on `day`, or None with the problem noted."""
        terms = next((terms for terms in self.month.terms if day in terms.valid), None)
        rate = terms.rates.get(key) if terms is not None else None
        figure = f"rates/{key}"
        if terms is None or rate is None:
            self._problem(ProblemCode.CONTRACT_TERM_MISSING, figure, day)
            return None
        if not pays(rate.tag) or (rate.valid is not None and day not in rate.valid):
            self._problem(ProblemCode.RATE_NOT_CONFIRMED, figure, day)
            return None
        if is_unverified(rate.tag):
            self._problem(ProblemCode.RATE_NOT_VERIFIED, figure, day)
        return _Ground(rate, terms)

    def _problem(self, code: ProblemCode, figure: str, day: date) -> None:
        """Notes a problem once per figure, with its first day."""
        noted = self.problems.get((code, figure, None))
        if noted is None or (noted.day is not None and day < noted.day):
            self.problems[code, figure, None] = Problem(code, figure, day)

    def _piece(self, code: LineCode, unit: str, of: Decimal, rule: str) -> _Piece:
        piece = self.pieces.get((code, of))
        if piece is None:
            piece = self.pieces[code, of] = _Piece(code, unit, of, rule)
        return piece

    def _line(self, piece: _Piece) -> Line:
        grounds = list(piece.grounds.values())
        is_travel = piece.unit == "km"
        tags = [ground.rate.tag for ground in grounds]
        tags += [value for name, value in piece.inputs if name == "tax_free_limit_tag"]
        working = Working(
            rule=piece.rule,
            law=_joined(ground.rate.law for ground in grounds) or ("" if is_travel else _LAW.get(self.month.kind, "")),
            source=_joined(ground.rate.source for ground in grounds),
            rate_valid=_hull([ground.valid for ground in grounds]),
            tag=Tag.R if any(map(is_unverified, tags)) else tags[0],
            days=tuple(sorted(piece.days)),
            inputs=tuple(piece.inputs),
        )
        return Line(
            code=piece.code,
            quantity=piece.quantity,
            unit=piece.unit,
            of=piece.of,
            amount=to_cents(piece.quantity * piece.of),
            period=self.month.month,
            working=working,
            is_taxable=piece.code is not LineCode.KILOMETRES,
            is_pensionable=not is_travel,
        )

    def _expense_line(self) -> Line:
        total = to_cents(sum((amount for _, amount in self.expenses), ZERO))
        working = Working(
            rule="trip_expense",
            days=tuple(sorted({day for day, _ in self.expenses})),
            inputs=tuple((day.isoformat(), str(amount)) for day, amount in self.expenses),
        )
        return Line(
            code=LineCode.TRIP_EXPENSE,
            quantity=_ONE,
            unit="piece",
            of=total,
            amount=total,
            period=self.month.month,
            working=working,
            is_taxable=False,
            is_pensionable=False,
        )


def _day(of: Entry | Trip) -> date:
    return of.day


def _joined(words: Iterable[str]) -> str:
    """The different words, in order."""
    return "; ".join(dict.fromkeys(word for word in words if word))


def _hull(ranges: Sequence[DateRange]) -> DateRange:
    """From the first day of any to the last day of any."""
    if len(ranges) == 1:
        return ranges[0]
    starts, ends = [each.start for each in ranges], [each.end for each in ranges]
    return DateRange(
        None if None in starts else min(start for start in starts if start is not None),
        None if None in ends else max(end for end in ends if end is not None),
    )
