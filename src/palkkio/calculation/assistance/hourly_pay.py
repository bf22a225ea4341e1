"""The personal hourly pay of a day (henkilökohtainen tuntipalkka): agreed or by the table, never under the table."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from palkkio.calculation.assistance.agreement import Agreement, agreement_on
from palkkio.calculation.facts import AssistantTerms, RateFact, Terms
from palkkio.calculation.sheet import Sheet
from palkkio.core.days import add_months
from palkkio.core.money import ZERO, to_cents
from palkkio.core.problems import ProblemCode
from palkkio.rules import Figure, RateNotConfirmed, figure, keys_of

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
        self._by_day: dict[date, RateFact | None] = {}
        self.of_table: dict[int, tuple[tuple[str, str], ...]] = {}  # id of a rate -> what picked it from the table
        self._rates: dict[tuple[str, date], RateFact] = {}

    def terms_on(self, day: date) -> Terms | None:
        """Terms of the day; for a day beside the period whose terms are not known, the nearest ones."""
        found = self._sheet.terms_on(day)
        if found is not None or day in self._sheet.month.month or not self._sheet.month.terms:
            return found
        return min(self._sheet.month.terms, key=lambda terms: _distance(terms, day))

    def assistant_on(self, day: date) -> AssistantTerms | None:
        terms = self.terms_on(day)
        return terms.assistant if terms is not None else None

    def agreement_on(self, day: date) -> Agreement | None:
        """The agreement of the day, or None with the problem noted."""
        terms = self.assistant_on(day)
        if terms is None:
            self._sheet.problem(ProblemCode.CONTRACT_TERM_MISSING, "assistant", day)
            return None
        try:
            return agreement_on(day, terms, self._sheet.month.events)
        except RateNotConfirmed as error:
            self._sheet.problem(ProblemCode.RATE_NOT_CONFIRMED, error.figure, error.day)
            return None

    def on(self, day: date) -> RateFact | None:
        """The hourly pay of `day` in EUR, or None with the problem noted.

        An agreed pay stays as it is; under the agreement it is lifted to the pay table where the table is known, and an
        unknown table only makes a note. Without one the table pays, and an unknown figure of it holds the payee.
        """
        if day not in self._by_day:
            self._by_day[day] = self._found(day)
        return self._by_day[day]

    def _found(self, day: date) -> RateFact | None:
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
        try:
            table = self._by_table(terms, terms.assistant, day)
        except RateNotConfirmed as error:
            code = ProblemCode.RATE_NOT_CONFIRMED if agreed is None else ProblemCode.RATE_NOT_VERIFIED
            sheet.problem(code, error.figure, error.day)
            return agreed
        if agreed is None or agreed.amount < table.amount:
            if agreed is not None:
                sheet.problem(ProblemCode.BELOW_MINIMUM, "hourly", day)
            return table
        return agreed

    def _by_table(self, terms: Terms, assistant: AssistantTerms, day: date) -> RateFact:
        """The figure of the pay table. Raises RateNotConfirmed."""
        group = assistant.pay_group
        if group != DEFAULT_GROUP and not assistant.is_pay_group_decided:
            self._sheet.problem(ProblemCode.PAY_GROUP_WITHOUT_DECISION, group, day)
            group = DEFAULT_GROUP
        months = experience_on(self._step_day(terms, day), terms, assistant)
        found = table_pay(group, assistant.area, months, day)
        start, _ = found.valid.edges
        rate = self._rates.get((found.key, start))
        if rate is None:
            rate = RateFact(found.value, found.source, found.law, found.tag, found.valid)
            self._rates[found.key, start] = rate
            step = found.key.rpartition("/")[2]
            self.of_table[id(rate)] = (("pay_group", group), ("area", assistant.area), ("experience_step", step))
        return rate

    def _step_day(self, terms: Terms, day: date) -> date:
        """The day whose full months of experience count for `day`."""
        start, _ = self._sheet.month.month.edges
        if self._sheet.profile.choice("experience_step_from").value == "same_day" or day < start:
            return day
        return start if terms.valid.start is None else max(start, terms.valid.start)


def table_pay(group: str, area: str, months: int, day: date) -> Figure:
    """The figure of the pay table for a pay group, an area and full months of experience.

    Raises RateNotConfirmed if it is unknown for the day, or computed and not published.
    """
    step = max((step for step in _steps_on(day) if step <= months), default=0)
    try:
        return figure(f"{TABLE}/{area}/{group}/{step}").on(day)
    except KeyError:
        raise RateNotConfirmed(f"{TABLE}/{area}/{group}", day) from None


def _steps_on(day: date) -> list[int]:
    """Months of experience after which the tables of `day` have a step."""
    return [int(key.rpartition("/")[2]) for key in keys_of(STEPS) if figure(key).on(day).value]


def experience_on(day: date, terms: Terms, assistant: AssistantTerms) -> int:
    """Full months of experience on `day`: those of the first day of the terms, grown with the calendar."""
    start = terms.valid.start
    if start is None or day <= start:
        return assistant.experience_months
    grown = (day.year - start.year) * 12 + day.month - start.month
    if add_months(start, grown) > day:
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
