"""The leave years that a run pays leave from: approved periods and the ledger of staff, with what was paid for work."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.db.models import Sum

from palkkio.calculation import frozen
from palkkio.calculation.assistance.absence_pay import Agreed, hourly_on, told_absences
from palkkio.calculation.assistance.leave import LeaveRule, leave_year
from palkkio.calculation.assistance.leave_facts import NOT_PAY_OF_WORK, PAY_OF_ABSENCE, PREMIUM
from palkkio.calculation.assistance.leave_ledger import employed_of, years_of_period
from palkkio.calculation.earnings import earning_lines
from palkkio.calculation.employment import LeaveYear
from palkkio.calculation.events import ABSENCES_OF_ASSISTANTS
from palkkio.calculation.facts import AssistantTerms, MonthFacts, Terms
from palkkio.contracts.queries import contracts_by_id, terms_facts
from palkkio.core.days import ONE_DAY, DateRange
from palkkio.core.money import ZERO
from palkkio.core.payslip import ContractKind, DayType
from palkkio.entries.queries.leave import Kept, Period, leave_kept
from palkkio.payroll.models import PayslipLine, Receivable
from palkkio.rules import Profile, RateNotConfirmed, under


@dataclass(frozen=True, slots=True)
class PaidForWork:
    """What payslips of one contract hold for one period and code, EUR."""

    period: DateRange
    code: str
    amount: Decimal


def with_leave(months: Mapping[int, MonthFacts], contract_of: Mapping[int, int], profile: str) -> dict[int, MonthFacts]:
    """The same facts with the leave years of those periods of employees that pay leave or end the employment.

    contract_of  contract by the same keys
    Six queries for any number of periods, and those of the terms where somebody was away; none where no leave is paid.
    What the period itself pays is added by the calculation; earlier periods among `months` count as they are paid now,
    the others as they were paid.
    """
    found = dict(months)
    chosen = {number: month for number, month in months.items() if _asks_for_leave(month)}
    if not chosen:
        return found
    contract_ids = {contract_of[number] for number in chosen}
    until = max(month.month.edges[1] for month in chosen.values())
    kept = leave_kept(contract_ids, until)
    paid = paid_for_work(contract_ids)
    for contract_id in contract_ids:
        own = [month for number, month in months.items() if contract_of[number] == contract_id]
        if len(own) > 1:
            paid[contract_id] = _as_paid_now(paid[contract_id], own, profile)
    terms = _terms_of_absences(kept, until)
    with under(profile) as choices:
        for number, month in chosen.items():
            contract_id = contract_of[number]
            whole = replace(month, terms=terms.get(contract_id, month.terms))
            years = _Years(whole, kept[contract_id], paid.get(contract_id, ()), choices)
            found[number] = replace(month, leave=years.of_period())
    return found


def paid_for_work(contract_ids: Collection[int]) -> dict[int, list[PaidForWork]]:
    """What was paid, less what was claimed back, by contract, period and code; leave pay is no pay of work."""
    found: dict[int, list[PaidForWork]] = defaultdict(list)
    rows = (
        PayslipLine.objects.filter(
            payslip__contract_id__in=contract_ids, payslip__is_cancelled=False, is_pensionable=True
        )
        .exclude(code__in=[code.value for code in NOT_PAY_OF_WORK])
        .values_list("payslip__contract_id", "period", "code")
        .annotate(sum=Sum("amount"))
        .order_by("payslip__contract_id", "period", "code")
    )
    for contract_id, *columns in rows:
        found[contract_id].append(PaidForWork(*columns))
    claims = Receivable.objects.filter(contract_id__in=contract_ids, is_cancelled=False)
    for contract_id, lines in claims.order_by("pk").values_list("contract_id", "lines"):
        for line in map(frozen.from_json, lines):
            if line.is_pensionable and line.code not in NOT_PAY_OF_WORK:
                found[contract_id].append(PaidForWork(line.period, line.code, line.amount))
    return found


def _as_paid_now(paid: Sequence[PaidForWork], months: Sequence[MonthFacts], profile: str) -> list[PaidForWork]:
    """What was paid, with the periods that are computed together as their facts pay them now."""
    found = list(paid)
    for month in months:
        try:
            lines, _problems = earning_lines(month, profile)
        except ValueError:
            continue  # the calculation of this period says what is wrong
        found = [each for each in found if each.period != month.month]
        found += [
            PaidForWork(line.period, line.code, line.amount)
            for line in lines
            if line.is_pensionable and line.code not in NOT_PAY_OF_WORK
        ]
    return found


def _asks_for_leave(month: MonthFacts) -> bool:
    if month.kind is not ContractKind.PERSONAL_ASSISTANCE:
        return False
    return _ends_in(month) or any(each.type is DayType.LEAVE for each in month.entries)


def _ends_in(month: MonthFacts) -> bool:
    end = month.contract.end
    return end is not None and end - ONE_DAY in month.month


def _terms_of_absences(kept: Mapping[int, Kept], until: date) -> dict[int, tuple[Terms, ...]]:
    """Terms of contracts since the first absence that is told; none is read where nobody was away."""
    onsets = {
        contract_id: min(days)
        for contract_id, each in kept.items()
        if (days := [event.days.start or until for event in each.events if isinstance(event, ABSENCES_OF_ASSISTANTS)])
    }
    if not onsets:
        return {}
    return terms_facts(contracts_by_id(onsets).values(), DateRange(min(onsets.values()), until))


@dataclass(frozen=True, slots=True)
class _Years:
    """The leave years of one period. `month`: its facts, with the terms since the first absence."""

    month: MonthFacts
    kept: Kept
    paid: Sequence[PaidForWork]
    profile: Profile

    def of_period(self) -> tuple[LeaveYear, ...]:
        """None where terms are missing or a figure is not confirmed: the calculation holds the payee and says why."""
        month = self.month
        found = _assistant_terms(month)
        if found is None:
            return ()
        day, terms = found
        start, end = month.month.edges
        leave = tuple(each.day for each in month.entries if each.type is DayType.LEAVE)
        told = self.kept.told(end, Period(month.month, month.shifts, leave))
        try:
            employed = employed_of(month.contract, terms, month.events, day)
            years = years_of_period(
                month.month, told, employed, ends=_ends_in(month), pay_of=lambda year: _paid_in(self.paid, year, start)
            )
            if employed.rule is LeaveRule.DAYS_14:
                return years  # the average daily pay leaves absences out
            return tuple(
                replace(
                    year, absences=told_absences(leave_year(year.first), told, employed, end, agreed_on=self._agreed)
                )
                for year in years
            )
        except RateNotConfirmed:
            return ()

    def _agreed(self, onset: date) -> Agreed:
        """What was agreed on the first day of an absence, in the pay period in which it lies."""
        period = next((each.days for each in self.kept.periods if onset in each.days), DateRange.month_of(onset))
        terms = next((each.assistant for each in self.month.terms if onset in each.valid), None)
        if terms is None:
            return Agreed(None, None)
        return Agreed(hourly_on(onset, replace(self.month, month=period), self.profile), terms.weekly_hours)


def _assistant_terms(month: MonthFacts) -> tuple[date, AssistantTerms] | None:
    """The latest terms of the period, and a day on which they hold."""
    for terms in reversed(month.terms):
        days = terms.valid.overlap(month.month)
        if terms.assistant is not None and days is not None:
            return days.edges[1] - ONE_DAY, terms.assistant
    return None


def _paid_in(paid: Iterable[PaidForWork], year: DateRange, before: date) -> LeaveYear:
    """Sums of what was paid for periods of a leave year that begin before the period in hand."""
    chosen = [each for each in paid if each.period.edges[0] in year and each.period.edges[0] < before]
    return LeaveYear(
        first=year.edges[0],
        pay=sum((each.amount for each in chosen if each.code not in PAY_OF_ABSENCE), ZERO),
        overtime_premium=sum((each.amount for each in chosen if each.code in PREMIUM), ZERO),
        absence_pay=sum((each.amount for each in chosen if each.code in PAY_OF_ABSENCE), ZERO),
    )
