"""The personal hourly pay of a day (henkilökohtainen tuntipalkka): agreed or by the table, never under the table."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from palkkio.calculation.assistance.agreement import GENERALLY_BINDING, Agreement, agreement_on
from palkkio.calculation.events import HetaMember
from palkkio.calculation.facts import AssistantTerms, RateFact, Terms
from palkkio.calculation.sheet import NOT_CONFIRMED, NOT_VERIFIED, Sheet, doubt_of
from palkkio.core.days import DateRange, add_months
from palkkio.core.money import ZERO, to_cents
from palkkio.core.problems import ProblemCode
from palkkio.core.slots import made_often
from palkkio.rules import Figure, RateNotConfirmed, figure, is_file, keys_of, of_figures

TABLE = "assistance/hourly_pay"
STEPS = "assistance/agreement/experience_steps"
WEEKS_IN_MONTH = "assistance/agreement/weeks_in_month"
COMPENSATION_2023 = "assistance/agreement/compensation_2023"
RISE = "assistance/agreement/rise_of_personal_pay"
PAY_GROUPS = ("A", "B1", "B2", "C")
AREAS = ("capital", "rest")
DEFAULT_GROUP = "A"
FULL_TIME_HOURS = Decimal(40)


@made_often
@dataclass(frozen=True, slots=True)
class Piece:
    """Days of a pay period on which nothing changes: what holds for their work, and what stands in the way.

    doubts_on_agreement, doubts_on_rate  problems by code and figure
    missing                              the figure without which the pay is not known; "": none
    """

    terms: Terms | None
    assistant: AssistantTerms | None
    agreement: Agreement | None
    rate: RateFact | None
    doubts_on_agreement: Sequence[tuple[ProblemCode, str]] = ()
    doubts_on_rate: Sequence[tuple[ProblemCode, str]] = ()
    missing: str = ""


class HourlyPay:
    """Hourly pay by day of one employment; what stands in the way is noted on the sheet.

    The pay period is cut where anything changes, and each piece looked up once.
    """

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._is_step_from_its_day = sheet.choice("experience_step_from").value == "same_day"
        self._starts = self._starts_of_pieces()
        self._first, self._end = sheet.month.month.edges
        self._pieces: dict[date, Piece] = {}  # by first day, or by a day beside the period
        self._noted: dict[int, date] = {}  # id of a piece -> the first day for which its doubts are on the sheet
        self.of_table: dict[int, tuple[tuple[str, str], ...]] = {}  # id of a rate -> what picked it from the table

    def terms_on(self, day: date) -> Terms | None:
        """Terms of the day; for a day beside the period whose terms are not known, the nearest ones."""
        return self._piece(day).terms

    def assistant_on(self, day: date) -> AssistantTerms | None:
        return self._piece(day).assistant

    def agreement_on(self, day: date) -> Agreement | None:
        """The agreement of the day, or None with the problem noted."""
        piece = self._piece(day)
        for code, figure_key in piece.doubts_on_agreement:
            self._sheet.problem(code, figure_key, day)
        return piece.agreement

    def on(self, day: date) -> RateFact | None:
        """The hourly pay of `day` in EUR, or None with the problem noted.

        An agreed pay stays as it is; under the agreement it is lifted to the pay table where the table is known, and an
        unknown table only makes a note. Without one the table pays, and an unknown figure of it holds the payee.
        Raises RateNotConfirmed where the steps of the table are not known.
        """
        return self.piece_on(day).rate

    def piece_on(self, day: date) -> Piece:
        """All that holds for the work of `day`, as `on` says of the hourly pay."""
        piece = self._piece(day)
        if piece.doubts_on_agreement or piece.doubts_on_rate:
            noted = self._noted.get(id(piece))
            if noted is None or day < noted:
                self._note(piece, day)
        if piece.missing:
            raise RateNotConfirmed(piece.missing, day)
        return piece

    def _note(self, piece: Piece, day: date) -> None:
        self._noted[id(piece)] = day
        for code, figure_key in (*piece.doubts_on_agreement, *piece.doubts_on_rate):
            self._sheet.problem(code, figure_key, day)

    def _piece(self, day: date) -> Piece:
        first = day
        if self._first <= day < self._end:
            first = self._first if len(self._starts) == 1 else self._starts[bisect_right(self._starts, day) - 1]
        found = self._pieces.get(first)
        if found is None:
            found = self._pieces[first] = self._looked_up(first)
        return found

    def _starts_of_pieces(self) -> list[date]:
        """The first day of the period, and the days on which terms, agreement or the figures of the table change."""
        month = self._sheet.month
        if self._is_step_from_its_day:
            return list(month.month)  # experience may grow on any day
        ranges = [each.days for each in month.events if isinstance(each, HetaMember)]
        starts: set[date] = set()
        for terms in month.terms:
            ranges.append(terms.valid)
            if (assistant := terms.assistant) is not None:
                if assistant.hourly is not None and assistant.hourly.valid is not None:
                    ranges.append(assistant.hourly.valid)
                starts |= _changes_of_figures(_group_of(assistant), assistant.area, month.month)
        starts |= {edge for days in ranges for edge in (days.start, days.end) if edge is not None}
        first, end = month.month.edges
        return [first, *sorted(day for day in starts if first < day < end)]

    def _looked_up(self, day: date) -> Piece:
        """What holds on `day`, and on all days of its piece."""
        month = self._sheet.month
        terms = self._sheet.terms_on(day)
        if terms is None and day not in month.month:
            terms = min(month.terms, key=lambda each: _distance(each, day), default=None)
        assistant = terms.assistant if terms is not None else None
        if terms is None or assistant is None:
            return Piece(terms, None, None, None, [(ProblemCode.CONTRACT_TERM_MISSING, "assistant")])
        try:
            agreement = agreement_on(day, assistant, month.events)
        except RateNotConfirmed as error:
            return Piece(terms, assistant, None, None, [(NOT_CONFIRMED, error.figure)])
        doubts: list[tuple[ProblemCode, str]] = []
        try:
            rate = self._rate(day, terms, assistant, agreement, doubts)
        except RateNotConfirmed as error:
            return Piece(terms, assistant, agreement, None, (), doubts, missing=error.figure)
        return Piece(terms, assistant, agreement, rate, (), doubts)

    def _rate(
        self,
        day: date,
        terms: Terms,
        assistant: AssistantTerms,
        agreement: Agreement,
        doubts: list[tuple[ProblemCode, str]],
    ) -> RateFact | None:
        agreed = assistant.hourly
        if agreed is not None and (doubt := doubt_of(agreed, day)) is not None:
            doubts.append((doubt, "hourly"))
            if doubt is NOT_CONFIRMED:
                return None
        if agreement is Agreement.STATUTE:
            if agreed is None:
                doubts.append((ProblemCode.CONTRACT_TERM_MISSING, "hourly"))
            return agreed
        group = _group_of(assistant)
        if group != assistant.pay_group:
            doubts.append((ProblemCode.PAY_GROUP_WITHOUT_DECISION, assistant.pay_group))
        months = experience_on(self._step_day(terms, day), terms, assistant)
        table = _table_rate(group, assistant.area, step_of(months, day), day)
        if table.rate is None:
            doubts.append((NOT_CONFIRMED if agreed is None else NOT_VERIFIED, table.figure))
            return agreed
        if agreed is not None and (agreed.amount >= table.rate.amount or not assistant.is_lifted):
            return agreed
        if agreed is not None:
            doubts.append((ProblemCode.BELOW_MINIMUM, "hourly"))
        self.of_table[id(table.rate)] = table.picked_by
        return table.rate

    def _step_day(self, terms: Terms, day: date) -> date:
        """The day whose full months of experience count for `day`."""
        start, _ = self._sheet.month.month.edges
        if self._is_step_from_its_day or day < start:
            return day
        return start if terms.valid.start is None else max(start, terms.valid.start)


def _group_of(assistant: AssistantTerms) -> str:
    """The pay group that is paid: one that is not decided is paid as the lowest."""
    return assistant.pay_group if assistant.is_pay_group_decided else DEFAULT_GROUP


@of_figures(maxsize=512)
def _changes_of_figures(group: str, area: str, days: DateRange) -> frozenset[date]:
    """Days among `days` on which the pay table of a group, its steps or whom the agreement binds may change."""
    files = (GENERALLY_BINDING, STEPS, f"{TABLE}/{area}/{group}")
    return frozenset(
        day for file in files if is_file(file) for key in keys_of(file) for day in figure(key).changes if day in days
    )


@dataclass(frozen=True, slots=True)
class TableRate:
    """What the pay table says; `rate` is None where its figure is unknown, or computed and not published."""

    figure: str
    rate: RateFact | None
    picked_by: tuple[tuple[str, str], ...]


def table_pay(group: str, area: str, months: int, day: date) -> Figure:
    """The figure of the pay table for a pay group, an area and full months of experience.

    Raises RateNotConfirmed if it is unknown for the day, or computed and not published.
    """
    key = f"{TABLE}/{area}/{group}/{step_of(months, day)}"
    try:
        return figure(key).on(day)
    except KeyError:
        raise RateNotConfirmed(key, day) from None


@of_figures(maxsize=8192)
def _table_rate(group: str, area: str, step: int, day: date) -> TableRate:
    picked_by = (("pay_group", group), ("area", area), ("experience_step", str(step)))
    try:
        found = table_pay(group, area, step, day)
    except RateNotConfirmed as error:
        return TableRate(error.figure, None, picked_by)
    rate = RateFact(found.value, found.source, found.law, found.tag, found.valid)
    return TableRate(found.key, rate, picked_by)


@of_figures(maxsize=8192)
def step_of(months: int, day: date) -> int:
    """The highest step of the tables of `day` that is full, in months; 0: none."""
    return max((step for step in _steps_on(day) if step <= months), default=0)


@of_figures(maxsize=2048)
def _steps_on(day: date) -> tuple[int, ...]:
    """Months of experience after which the tables of `day` have a step. Raises RateNotConfirmed."""
    return tuple(int(key.rpartition("/")[2]) for key in keys_of(STEPS) if figure(key).on(day).value)


def experience_on(day: date, terms: Terms, assistant: AssistantTerms) -> int:
    """Full months of experience on `day`: those of the first day of the terms, grown with the calendar."""
    start = assistant.experience_from or terms.valid.start
    if start is None or day <= start:
        return assistant.experience_months
    grown = (day.year - start.year) * 12 + day.month - start.month
    if day.day < start.day and add_months(start, grown) > day:
        grown -= 1
    return assistant.experience_months + grown


def monthly_pay(weekly_hours: Decimal, hourly: Decimal, day: date) -> Decimal:
    """Pay of a month in EUR where a monthly pay is agreed: weekly hours × hourly pay × weeks in a month."""
    return to_cents(weekly_hours * hourly * figure(WEEKS_IN_MONTH).on(day).value)


def compensation_2023(weekly_hours: Decimal, paid_on: date) -> Decimal:
    """The compensation of December 2023 in EUR, in proportion of full time; a one-off line of payroll pays it.

    Raises RateNotConfirmed on other days than those of that December.
    """
    share = min(weekly_hours, FULL_TIME_HOURS) / FULL_TIME_HOURS
    return to_cents(figure(COMPENSATION_2023).on(paid_on).value * share)


def risen(hourly: Decimal, day: date) -> Decimal:
    """A personal hourly pay after the rise of the agreement on `day`, for new terms from that day on.

    Raises RateNotConfirmed if no rise of that day is known.
    """
    rise = figure(RISE).on(day)
    if rise.valid.start != day:
        raise RateNotConfirmed(RISE, day)
    return max(hourly + rise.value, ZERO)


def _distance(terms: Terms, day: date) -> int:
    """Days between `day` and the nearest day of the terms."""
    if terms.valid.start is not None and day < terms.valid.start:
        return (terms.valid.start - day).days
    return (day - terms.valid.end).days if terms.valid.end is not None else 0
