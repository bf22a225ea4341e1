"""Contributions of the payer beside the pay: what the work costs it, and what insurers and the register are told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from palkkio.calculation.deductions import by_figure
from palkkio.calculation.employee import between_ages, unemployment_base
from palkkio.calculation.employment import Employer, PensionPolicy
from palkkio.core.money import ZERO, percent_of
from palkkio.core.payslip import Contribution, ContributionCode, Deduction, Working
from palkkio.core.problems import Problem, ProblemCode
from palkkio.rules import RateNotConfirmed, figure
from palkkio.rules.tags import is_unverified

_SOCIAL = "social_insurance"
PENSION_TOTAL = {
    PensionPolicy.CONTRACT: f"{_SOCIAL}/tyel/total_of_contract_employer",
    PensionPolicy.TEMPORARY: f"{_SOCIAL}/tyel/total_of_temporary_employer",
}
UNEMPLOYMENT = f"{_SOCIAL}/unemployment/employer"
UNEMPLOYMENT_ABOVE = f"{_SOCIAL}/unemployment/employer_above"
WAGE_SUM = f"{_SOCIAL}/unemployment/wage_sum"
UNEMPLOYMENT_YEARLY_LIMIT = f"{_SOCIAL}/unemployment/yearly_limit"
HEALTH = f"{_SOCIAL}/health_insurance/employer"
HEALTH_AFTER_AGE = f"{_SOCIAL}/health_insurance/insured_after_age"
HEALTH_UNTIL_AGE = f"{_SOCIAL}/health_insurance/insured_until_age"
ACCIDENT_YEARLY_LIMIT = f"{_SOCIAL}/accident/yearly_limit"
AVERAGES = {
    "accident": (ContributionCode.ACCIDENT_INSURANCE, f"{_SOCIAL}/accident/average"),
    "group_life": (ContributionCode.GROUP_LIFE_INSURANCE, f"{_SOCIAL}/group_life/average"),
}
JUEL = "81/2016"
ACCIDENT = "459/2015"
_Made = tuple[list[Contribution], list[Problem]]


def of_employee(
    months: Mapping[date, Decimal],
    born: date | None,
    paid_on: date,
    employer: Employer,
    pension: Deduction | None,
) -> tuple[tuple[Contribution, ...], tuple[Problem, ...]]:
    """The employer's contributions for an employee on one payday, and yellow notes on what is unknown or estimated.

    months   insurable EUR by the first day of the month in which they were earned
    pension  the employee's own part: the employer's share is the total of the same pay less it
    An unknown percentage holds nobody: its contribution is left out with RATE_NOT_VERIFIED. Accident and group life
    insurance go by the employer's policies; without them the average of all employers is an estimate, and says so.
    Law: TyEL 395/2006, 555/1998, 771/2016, 459/2015.
    """
    parts: tuple[Callable[[], _Made], ...] = (
        lambda: _pension(paid_on, employer, pension),
        lambda: _unemployment(months, born, paid_on, employer),
        lambda: _health(months, born, paid_on),
        lambda: _by_policy("accident", months, paid_on, employer),
        lambda: _by_policy("group_life", months, paid_on, employer),
    )
    made: list[Contribution] = []
    problems: list[Problem] = []
    for part in parts:
        try:
            contributions, notes = part()
        except RateNotConfirmed as error:
            problems.append(Problem(ProblemCode.RATE_NOT_VERIFIED, error.figure, error.day))
            continue
        made += contributions
        problems += notes
    problems += [
        Problem(ProblemCode.RATE_NOT_VERIFIED, f"employer/{each.code.lower()}", paid_on)
        for each in made
        if is_unverified(each.working.tag)
    ]
    return tuple(made), tuple(problems)


def of_carer(base: Decimal, fees: Decimal, employer: Employer | None) -> tuple[Contribution, ...]:
    """The payer's share of a carer's pension contribution (JuEL) and accident insurance, by its own percentages.

    base  EUR from which the carer's part of the pension was withheld
    fees  EUR of the payday that a carer is insured for, whatever their age
    What no percentage is known of is left out. Law: 81/2016; 937/2005 10 § and 459/2015.
    """
    asked = (
        ("pension", ContributionCode.PENSION_EMPLOYER, base, "employer_pension_of_carer", JUEL),
        ("accident", ContributionCode.ACCIDENT_INSURANCE, fees, "employer_accident", ACCIDENT),
    )
    made = []
    for key, code, of, rule, law in asked:
        rate = employer.rates.get(key) if employer is not None else None
        if rate is not None and of > 0:
            working = Working(rule, law, rate.source, tag="S")
            made.append(Contribution(code, percent_of(of, rate.percent), of, rate.percent, working))
    return tuple(made)


def _pension(paid_on: date, employer: Employer, part: Deduction | None) -> _Made:
    """The total by the policy less the employee's part, each rounded to the cent."""
    if part is None:
        return [], []
    own = employer.rates.get("pension")
    if own is None:
        found = figure(PENSION_TOTAL[employer.pension_policy]).on(paid_on)
        percent, working = found.value, by_figure("employer_pension", found)
    else:
        percent, working = own.percent, Working("employer_pension", "395/2006", own.source, tag="S")
    total = percent_of(part.of, percent)
    inputs = (("total", str(total)), ("employee_part", str(part.amount)))
    return [_made(ContributionCode.PENSION_EMPLOYER, total - part.amount, part.of, percent, working, inputs)], []


def _unemployment(months: Mapping[date, Decimal], born: date | None, paid_on: date, employer: Employer) -> _Made:
    """By the lower percentage up to the wage sum of the year, above it the higher; nothing under the yearly limit."""
    base = unemployment_base(months, born, paid_on)
    if base <= 0:
        return [], []
    is_free, notes = _is_under(UNEMPLOYMENT_YEARLY_LIMIT, months, paid_on, employer)
    if is_free:
        return [], notes
    rate, before = figure(UNEMPLOYMENT).on(paid_on), employer.wages_of_year or ZERO
    within = min(base, max(figure(WAGE_SUM).on(paid_on).value - before, ZERO))
    working = by_figure("employer_unemployment", rate)
    code = ContributionCode.UNEMPLOYMENT_EMPLOYER
    made = [_made(code, percent_of(within, rate.value), within, rate.value, working)] if within else []
    if base > within:
        above = figure(UNEMPLOYMENT_ABOVE).on(paid_on)
        rest = base - within
        working = by_figure("employer_unemployment_above", above)
        made.append(_made(code, percent_of(rest, above.value), rest, above.value, working))
    return made, notes


def _health(months: Mapping[date, Decimal], born: date | None, paid_on: date) -> _Made:
    after, until = figure(HEALTH_AFTER_AGE).on(paid_on).value, figure(HEALTH_UNTIL_AGE).on(paid_on).value
    base = between_ages(months, born, after, until)
    if base <= 0:
        return [], []
    rate = figure(HEALTH).on(paid_on)
    working = by_figure("employer_health_insurance", rate)
    return [_made(ContributionCode.HEALTH_INSURANCE, percent_of(base, rate.value), base, rate.value, working)], []


def _by_policy(key: str, months: Mapping[date, Decimal], paid_on: date, employer: Employer) -> _Made:
    """Accident or group life insurance: by the policy, else by the average as an estimate."""
    code, average = AVERAGES[key]
    base = sum(months.values(), ZERO)
    if base <= 0:
        return [], []
    own = employer.rates.get(key)
    if own is not None:
        working = Working(f"employer_{key}", ACCIDENT if key == "accident" else "", own.source, tag="S")
        return [_made(code, percent_of(base, own.percent), base, own.percent, working)], []
    is_free, notes = _is_under(ACCIDENT_YEARLY_LIMIT, months, paid_on, employer)
    if is_free:
        return [], notes
    rate = figure(average).on(paid_on)
    notes.append(Problem(ProblemCode.RATE_NOT_VERIFIED, average, paid_on))
    working = by_figure(f"employer_{key}_estimated", rate)
    return [_made(code, percent_of(base, rate.value), base, rate.value, working)], notes


def _is_under(
    key: str, months: Mapping[date, Decimal], paid_on: date, employer: Employer
) -> tuple[bool, list[Problem]]:
    """Whether all wages of the employer's year, this payday's in them, stay within a yearly limit.

    Only asked where the year's wages are known; an unknown limit is taken as passed, with a yellow note.
    """
    if employer.wages_of_year is None:
        return False, []
    wages = employer.wages_of_year + sum(months.values(), ZERO)
    try:
        return wages <= figure(key).on(paid_on).value, []
    except RateNotConfirmed as error:
        return False, [Problem(ProblemCode.RATE_NOT_VERIFIED, error.figure, error.day)]


def _made(
    code: ContributionCode,
    amount: Decimal,
    base: Decimal,
    percent: Decimal,
    working: Working,
    inputs: tuple[tuple[str, str], ...] = (),
) -> Contribution:
    return Contribution(code, amount, base, percent, replace(working, inputs=inputs) if inputs else working)
