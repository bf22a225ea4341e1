"""The personal hourly pay of a day (henkilökohtainen tuntipalkka): agreed or by the table, never under the table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from palkkio.calculation.assistance.agreement import Agreement, agreement_on
from palkkio.calculation.facts import AssistantTerms, RateFact, Terms
from palkkio.calculation.sheet import Sheet
from palkkio.core.days import add_months
from palkkio.core.money import ZERO, to_cents
from palkkio.core.problems import ProblemCode
from palkkio.rules import Figure, RateNotConfirmed, figure, keys_of, of_figures

TABLE = "assistance/hourly_pay"
STEPS = "assistance/agreement/experience_steps"
WEEKS_IN_MONTH = "assistance/agreement/weeks_in_month"
COMPENSATION_2023 = "assistance/agreement/compensation_2023"
RISE = "assistance/agreement/rise_of_personal_pay"
PAY_GROUPS = ("A", "B1", "B2", "C")
AREAS = ("capital", "rest")
DEFAULT_GROUP = "A"
FULL_TIME_HOURS = Decimal(40)


class HourlyPay:
    """Hourly pay by day of one employment; what stands in the way is noted on the sheet."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._is_step_from_its_day = sheet.choice("experience_step_from").value == "same_day"
        self._terms: dict[date, Terms | None] = {}
        self._agreements: dict[date, Agreement | None] = {}
        self._rates: dict[date, RateFact | None] = {}
        self._experience: dict[tuple[int, date], int] = {}
        self.of_table: dict[int, tuple[tuple[str, str], ...]] = {}  # id of a rate -> what picked it from the table

    def terms_on(self, day: date) -> Terms | None:
        """Terms of the day; for a day beside the period whose terms are not known, the nearest ones."""
        if day not in self._terms:
            found = self._sheet.terms_on(day)
            if found is None and day not in self._sheet.month.month:
                found = min(self._sheet.month.terms, key=lambda terms: _distance(terms, day), default=None)
            self._terms[day] = found
        return self._terms[day]

    def assistant_on(self, day: date) -> AssistantTerms | None:
        terms = self.terms_on(day)
        return terms.assistant if terms is not None else None

    def agreement_on(self, day: date) -> Agreement | None:
        """The agreement of the day, or None with the problem noted."""
        if day not in self._agreements:
            self._agreements[day] = self._agreement(day)
        return self._agreements[day]

    def on(self, day: date) -> RateFact | None:
        """The hourly pay of `day` in EUR, or None with the problem noted.

        An agreed pay stays as it is; under the agreement it is lifted to the pay table where the table is known, and an
        unknown table only makes a note. Without one the table pays, and an unknown figure of it holds the payee.
        """
        if day not in self._rates:
            self._rates[day] = self._rate(day)
        return self._rates[day]

    def _agreement(self, day: date) -> Agreement | None:
        terms = self.assistant_on(day)
        if terms is None:
            self._sheet.problem(ProblemCode.CONTRACT_TERM_MISSING, "assistant", day)
            return None
        try:
            return agreement_on(day, terms, self._sheet.month.events)
        except RateNotConfirmed as error:
            self._sheet.problem(ProblemCode.RATE_NOT_CONFIRMED, error.figure, error.day)
            return None

    def _rate(self, day: date) -> RateFact | None:
        sheet, terms, agreement = self._sheet, self.terms_on(day), self.agreement_on(day)
        if terms is None or terms.assistant is None or agreement is None:
            return None
        agreed = terms.assistant.hourly
        if agreed is not None and not sheet.may_pay(agreed, "hourly", day):
            return None
        if agreement is Agreement.STATUTE:
            if agreed is None:
                sheet.problem(ProblemCode.CONTRACT_TERM_MISSING, "hourly", day)
            return agreed
        table = self._by_table(terms, terms.assistant, day)
        if table.rate is None:
            code = ProblemCode.RATE_NOT_CONFIRMED if agreed is None else ProblemCode.RATE_NOT_VERIFIED
            sheet.problem(code, table.figure, day)
            return agreed
        if agreed is not None and (agreed.amount >= table.rate.amount or not terms.assistant.is_lifted):
            return agreed
        if agreed is not None:
            sheet.problem(ProblemCode.BELOW_MINIMUM, "hourly", day)
        self.of_table[id(table.rate)] = table.picked_by
        return table.rate

    def _by_table(self, terms: Terms, assistant: AssistantTerms, day: date) -> TableRate:
        group = assistant.pay_group
        if group != DEFAULT_GROUP and not assistant.is_pay_group_decided:
            self._sheet.problem(ProblemCode.PAY_GROUP_WITHOUT_DECISION, group, day)
            group = DEFAULT_GROUP
        step_day = self._step_day(terms, day)
        months = self._experience.get((id(terms), step_day))
        if months is None:
            months = self._experience[id(terms), step_day] = experience_on(step_day, terms, assistant)
        return _table_rate(group, assistant.area, step_of(months, day), day)

    def _step_day(self, terms: Terms, day: date) -> date:
        """The day whose full months of experience count for `day`."""
        start, _ = self._sheet.month.month.edges
        if self._is_step_from_its_day or day < start:
            return day
        return start if terms.valid.start is None else max(start, terms.valid.start)


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
