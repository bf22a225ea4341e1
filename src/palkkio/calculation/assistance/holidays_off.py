"""Public holidays that are not worked: paid by the average daily working time, or by the Act on Independence Day."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, timedelta
from decimal import Decimal

from palkkio.calculation.assistance.agreement import LAW, Agreement
from palkkio.calculation.assistance.holidays import INDEPENDENCE_DAY, has_public_holidays, named_between, public_holiday
from palkkio.calculation.assistance.hourly_pay import HourlyPay
from palkkio.calculation.assistance.illness import illnesses, paid_days
from palkkio.calculation.assistance.worked import HOUR
from palkkio.calculation.events import ABSENCES_OF_ASSISTANTS, ChildIll, FamilyLeave, Sick
from palkkio.calculation.facts import AssistantTerms, MonthFacts, Shift
from palkkio.calculation.sheet import Sheet
from palkkio.core.clock import day_of
from palkkio.core.days import ONE_DAY
from palkkio.core.finland import SATURDAY, named_days
from palkkio.core.problems import ProblemCode
from palkkio.rules import figure

AVERAGE = "average_daily_hours"
INDEPENDENCE_DAY_AFTER = "assistance/statute/independence_day_after"
INDEPENDENCE_DAY_LAW = "388/1937"
DAYS_OF_WEEK = Decimal(5)


class HolidaysOff:
    """Paid hours of public holidays on which one assistant did not work."""

    def __init__(self, sheet: Sheet, pay: HourlyPay, worked: Collection[date], shifts: Collection[Shift]) -> None:
        self._sheet = sheet
        self._pay = pay
        self._worked = worked
        self._planned = [shift for shift in shifts if shift.is_scheduled]
        self._seconds: dict[date, int] = {}  # of named days, which weeks ask for again

    def within(self, start: date, end: date) -> Iterator[tuple[date, int]]:
        """Days from `start` to before `end` not worked and their paid seconds, in order, if any are paid.

        Raises RateNotConfirmed.
        """
        for day in named_between(start, end):
            seconds = self._seconds.get(day)
            if seconds is None:
                seconds = self._seconds[day] = self._seconds_on(day)
            if seconds:
                yield day, seconds

    def _seconds_on(self, day: date) -> int:
        """Paid seconds of a day that is named, 0 if it is worked or nothing is paid."""
        month = self._sheet.month
        if day in self._worked or day not in month.contract:
            return 0
        terms, agreement = self._pay.assistant_on(day), self._pay.agreement_on(day)
        if terms is None or agreement is None:
            return 0
        if self._is_by_agreement(day):
            return 0 if self._has_pay_of_absence(day) else self._average(day, terms)
        if _is_absent(month, day, ABSENCES_OF_ASSISTANTS):
            return 0
        return self._independence_day(day, terms, terms.since(month.contract))

    def law_on(self, day: date) -> str:
        """The ground of the pay of `day`."""
        return LAW if self._is_by_agreement(day) else INDEPENDENCE_DAY_LAW

    def _is_by_agreement(self, day: date) -> bool:
        """A public holiday of the agreement, after long enough an employment; the Act holds beside it."""
        terms = self._pay.assistant_on(day)
        if terms is None or self._pay.agreement_on(day) is not Agreement.HETA or not public_holiday(day):
            return False
        return has_public_holidays(day, terms.since(self._sheet.month.contract))

    def _has_pay_of_absence(self, day: date) -> bool:
        """An absence has its own pay, or none: a child's illness, family leave, illness.

        Not so the paid days of an illness that are paid by what was planned: a public holiday is never planned, and
        whoever had been well would have had it paid. Law: 55/2001 2:11.
        """
        month = self._sheet.month
        if _is_absent(month, day, (ChildIll, FamilyLeave)):
            return True
        illness = next((each for each in illnesses(month.events) if day in each.days), None)
        if illness is None:
            return False
        planned = {day_of(each.start) for each in self._planned}
        return day in planned or not any(each in illness.days for each in planned) or day not in paid_days(illness)

    def _independence_day(self, day: date, terms: AssistantTerms, since: date) -> int:
        """By 388/1937: the hours of the day that was planned, or an average day where it would have been worked."""
        if day != named_days(day.year)[INDEPENDENCE_DAY]:
            return 0
        needed = int(figure(INDEPENDENCE_DAY_AFTER).on(day).value)
        if _working_days(since, day) < needed:
            return 0
        planned = sum(
            int((each.end - each.start).total_seconds()) for each in self._planned if day_of(each.start) == day
        )
        if planned or day.weekday() >= SATURDAY:
            return planned
        return self._average(day, terms)

    def _average(self, day: date, terms: AssistantTerms) -> int:
        choice = self._sheet.choice(AVERAGE, day)
        if choice.value is not None:
            return int(Decimal(choice.value) * HOUR)
        if terms.weekly_hours is None:
            self._sheet.problem(ProblemCode.RATE_NOT_VERIFIED, AVERAGE, day)
            return 0
        return int(terms.weekly_hours / DAYS_OF_WEEK * HOUR)


def _is_absent(month: MonthFacts, day: date, absences: tuple[type[Sick | ChildIll | FamilyLeave], ...]) -> bool:
    """True if one of these absences was told of the day."""
    return any(isinstance(event, absences) and day in event.days for event in month.events)


def _working_days(since: date, until: date) -> int:
    """Mondays to Fridays from `since` to the day before `until`, counted up to two weeks."""
    first = max(since, until - timedelta(days=14)) if since != date.min else until - timedelta(days=14)
    count, day = 0, first
    while day < until:
        count += day.weekday() < SATURDAY
        day += ONE_DAY
    return count
