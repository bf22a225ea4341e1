"""One contract's month being turned into lines: pieces added up by code and rate, and what stands in the way."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from palkkio.calculation.facts import MonthFacts, RateFact, Terms
from palkkio.core.days import DateRange
from palkkio.core.money import to_cents
from palkkio.core.payslip import ContractKind, Line, LineCode, Working
from palkkio.core.problems import Problem, ProblemCode
from palkkio.core.slots import made_often
from palkkio.rules import Choice, Profile
from palkkio.rules.tags import Tag, is_unverified, pays

ONE = Decimal(1)
NOT_CONFIRMED, NOT_VERIFIED = ProblemCode.RATE_NOT_CONFIRMED, ProblemCode.RATE_NOT_VERIFIED
_LAW = {ContractKind.SUBSTITUTE_CARE: "937/2005 4 a §"}
_ORDER: dict[str, int] = {code: at for at, code in enumerate(LineCode)}
TAX_FREE = frozenset({LineCode.KILOMETRES, LineCode.TRIP_EXPENSE, LineCode.DAILY_ALLOWANCE})
_NO_PENSION = TAX_FREE | {LineCode.KILOMETRES_TAXABLE, LineCode.EXPENSE_ALLOWANCE, LineCode.START_UP_ALLOWANCE}


def doubt_of(rate: RateFact, day: date) -> ProblemCode | None:
    """RATE_NOT_CONFIRMED if an amount may not be used on `day`, RATE_NOT_VERIFIED if it pays with a note; else None."""
    if not pays(rate.tag) or (rate.valid is not None and day not in rate.valid):
        return NOT_CONFIRMED
    return NOT_VERIFIED if is_unverified(rate.tag) else None


def is_pensionable(code: LineCode, kind: ContractKind) -> bool:
    """False for costs; but what an employee is paid above the tax-free part of a kilometre is wage."""
    if code is LineCode.KILOMETRES_TAXABLE and kind is ContractKind.PERSONAL_ASSISTANCE:
        return True
    return code not in _NO_PENSION


@made_often
@dataclass(frozen=True, slots=True)
class Ground:
    """The rate that a piece is paid by, and the days of the terms that hold it."""

    rate: RateFact
    terms_valid: DateRange

    @property
    def valid(self) -> DateRange:
        """The days for which the rate was decided, else those of the terms; the shell may have cut the terms."""
        return self.rate.valid or self.terms_valid


@dataclass(slots=True)
class Piece:
    """Days of one code and rate, being added up."""

    code: LineCode
    unit: str
    of: Decimal
    rule: str
    law: str = ""  # where the rate names none of its own
    per: Decimal = ONE
    quantity: Decimal = Decimal(0)
    days: list[date] = field(default_factory=list)
    inputs: list[tuple[str, str]] = field(default_factory=list)
    grounds: dict[int, Ground] = field(default_factory=dict)

    def add(self, day: date, quantity: Decimal, ground: Ground) -> None:
        self.quantity += quantity
        self.days.append(day)
        self.grounds.setdefault(id(ground.rate), ground)

    def add_days(self, days: Iterable[date], quantity: Decimal, ground: Ground) -> None:
        self.quantity += quantity
        self.days += days
        self.grounds.setdefault(id(ground.rate), ground)

    def has(self, ground: Ground) -> bool:
        """True if it was added to by this very ground, whose inputs it has noted then."""
        return self.grounds.get(id(ground.rate)) is ground

    def note(self, inputs: Iterable[tuple[str, str]]) -> None:
        """Inputs that are not there yet, in order."""
        self.inputs += [each for each in inputs if each not in self.inputs]


class Sheet:
    """Pieces and problems of one month, under the payer's choices."""

    def __init__(self, month: MonthFacts, profile: Profile) -> None:
        self.month = month
        self.profile = profile
        self.pieces: dict[tuple[LineCode, Decimal, str], Piece] = {}
        self.problems: dict[tuple[str, str, date | None], Problem] = {}
        self.extra: list[Line] = []
        self._undoubted: dict[tuple[str, int], Ground] = {}  # that pay on all days of some terms, by key

    def choice(self, key: str, day: date | None = None) -> Choice:
        """The payer's choice in force on `day`; None: on the first day of the period, for how a period is counted."""
        return self.profile.choice(key, self.month.month.start if day is None else day)

    def terms_on(self, day: date) -> Terms | None:
        for terms in self.month.terms:
            if day in terms.valid:
                return terms
        return None

    def ground(self, key: str, day: date) -> Ground | None:
        """The rate in force on `day`, or None with the problem noted."""
        terms = self.terms_on(day)
        known = self._undoubted.get((key, id(terms)))
        if known is not None:
            return known
        rate = terms.rates.get(key) if terms is not None else None
        if terms is None or rate is None:
            self.problem(ProblemCode.CONTRACT_TERM_MISSING, f"rates/{key}", day)
            return None
        found = Ground(rate, terms.valid) if self.may_pay(rate, f"rates/{key}", day) else None
        if found is not None and self._pays_throughout(rate, terms):
            self._undoubted[key, id(terms)] = found
        return found

    def _pays_throughout(self, rate: RateFact, terms: Terms) -> bool:
        """True if an amount may be used on all days of its terms in the period, and nothing is to be noted of it."""
        if is_unverified(rate.tag):
            return False
        if rate.valid is None:
            return True
        here = terms.valid.overlap(self.month.month)
        return here is not None and rate.valid.covers(here)

    def may_pay(self, rate: RateFact, figure: str, day: date) -> bool:
        """True if the amount may be used on `day`; notes it where not, and where it pays unverified."""
        doubt = doubt_of(rate, day)
        if doubt is not None:
            self.problem(doubt, figure, day)
        return doubt is not NOT_CONFIRMED

    def problem(self, code: ProblemCode, figure: str, day: date) -> None:
        """Notes a problem once per figure, with its first day."""
        noted = self.problems.get((code, figure, None))
        if noted is None or (noted.day is not None and day < noted.day):
            self.problems[code, figure, None] = Problem(code, figure, day)

    def problem_of_day(self, code: ProblemCode, figure: str, day: date) -> None:
        """Notes a problem once for each day."""
        self.problems[code, figure, day] = Problem(code, figure, day)

    def piece(self, code: LineCode, unit: str, of: Decimal, rule: str, *, law: str = "", per: Decimal = ONE) -> Piece:
        piece = self.pieces.get((code, of, rule))
        if piece is None:
            law = law or ("" if unit == "km" else _LAW.get(self.month.kind, ""))
            piece = self.pieces[code, of, rule] = Piece(code, unit, of, rule, law, per)
        return piece

    def lines(self) -> tuple[Line, ...]:
        """Lines in the order of their codes, then of their first day."""
        made = [self._line(piece) for piece in self.pieces.values() if piece.quantity]
        made += self.extra
        made.sort(key=lambda line: (_ORDER[line.code], line.working.days))
        return tuple(made)

    def _line(self, piece: Piece) -> Line:
        grounds = list(piece.grounds.values())
        tags = [ground.rate.tag for ground in grounds]
        tags += [value for name, value in piece.inputs if name == "tax_free_limit_tag"]
        working = Working(
            rule=piece.rule,
            law=joined(ground.rate.law for ground in grounds) or piece.law,
            source=joined(ground.rate.source for ground in grounds),
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
            amount=to_cents(piece.quantity * piece.of / piece.per),
            period=self.month.month,
            working=working,
            is_taxable=piece.code not in TAX_FREE,
            is_pensionable=is_pensionable(piece.code, self.month.kind),
            per=piece.per,
        )


def joined(words: Iterable[str]) -> str:
    """The different words, in order."""
    return "; ".join(dict.fromkeys([word for word in words if word]))


def _hull(ranges: Sequence[DateRange]) -> DateRange:
    """From the first day of any to the last day of any."""
    if len(ranges) == 1:
        return ranges[0]
    starts, ends = [each.start for each in ranges], [each.end for each in ranges]
    return DateRange(
        None if None in starts else min(start for start in starts if start is not None),
        None if None in ends else max(end for end in ends if end is not None),
    )
