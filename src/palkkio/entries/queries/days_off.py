"""Days off of informal and family carers in a calendar year: earned, taken, and what the care recipient is charged
(OHT-6, OHT-7).

Nothing is stored here: charges are computed from the events as they stand, so that a late or withdrawn day off changes
them. Rows for invoicing, and their corrections, are payroll's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from palkkio.calculation.client_charges import HOURS_OF_A_DAY, ClientCharge, PartOfDayOff, client_charges
from palkkio.calculation.days_off import earned_in_family_care, earned_in_informal_care
from palkkio.contracts.queries import TermsPiece, terms_of
from palkkio.core.days import DateRange
from palkkio.core.payslip import ContractKind, DayType
from palkkio.core.problems import Problem, ProblemCode
from palkkio.entries.models import CareEvent, DayEntry, EventKind
from palkkio.rates.queries import profile_of, timelines
from palkkio.rules import RateNotConfirmed, under

if TYPE_CHECKING:
    from palkkio.contracts.models import Contract

CHARGE = ("client_charge", "")  # code and class of the organisation's own amount
WITH_DAYS_OFF = (ContractKind.INFORMAL_CARE, ContractKind.FAMILY_CARE)


@dataclass(frozen=True, slots=True)
class DaysOffOfYear:
    """One contract's days off in a calendar year.

    earned    by the Act, for the months of the contract in the year, until its end or the year's; None: not confirmed
    taken     full days of 24 hours; parts of days add up
    charges   to the care recipient, one for each full day that the Act gives; a service free by law makes none, nor
              does family care
    problems  days whose charge is not confirmed, or days off of a year that are not: nothing is charged then
    """

    earned: int | None
    taken: Decimal
    charges: tuple[ClientCharge, ...]
    problems: tuple[Problem, ...]


def days_off_of_year(contracts: Iterable[Contract], year: int) -> dict[int, DaysOffOfYear]:
    """By contract, for those of informal and family care; eight queries for any number.

    A month of informal care counts by the terms in force on its first day in the contract, one of family care by the
    days of the contract in it, or the care days entered where it is paid by the day. A day off without hours counts
    as 24.
    Law: 937/2005 4 §, 263/2015 13 §, 734/1992 6 b §.
    """
    by_id = {each.pk: each for each in contracts if each.kind in WITH_DAYS_OFF}
    days = DateRange.of_days(date(year, 1, 1), date(year, 12, 31))
    parts: dict[int, list[PartOfDayOff]] = defaultdict(list)
    rows = CareEvent.objects.filter(
        contract_id__in=by_id, kind=EventKind.DAYS_OFF, withdrawn_at__isnull=True, valid__overlap=days
    ).order_by("contract_id", "valid", "pk")
    for contract_id, valid, hours, is_free in rows.values_list("contract_id", "valid", "hours", "is_free"):
        inside = valid.overlap(days)
        parts[contract_id] += [PartOfDayOff(day, hours or HOURS_OF_A_DAY, is_free) for day in inside]
    terms = terms_of(by_id)
    entered = _care_days(by_id.values(), days)
    decided = {
        organisation_id: timelines(organisation_id, ContractKind.INFORMAL_CARE, days).get(CHARGE, [])
        for organisation_id in {each.organisation_id for each in by_id.values() if _is_charged(each)}
    }
    chosen = {each: profile_of(each) for each in {contract.organisation_id for contract in by_id.values()}}
    found = {}
    for contract_id, contract in by_id.items():
        earned: int | None = None
        charges: tuple[ClientCharge, ...] = ()
        problems: tuple[Problem, ...] = ()
        with under(chosen[contract.organisation_id]):
            try:
                earned = _earned(contract, contract.valid.overlap(days), terms[contract_id], entered[contract_id])
            except RateNotConfirmed as error:
                problems = (Problem(ProblemCode.RATE_NOT_CONFIRMED, error.figure, error.day),)
            if _is_charged(contract) and earned is not None:
                charges, problems = client_charges(
                    parts[contract_id], statutory_days=earned, decided=decided[contract.organisation_id]
                )
        taken = sum((each.hours for each in parts[contract_id]), Decimal(0)) / HOURS_OF_A_DAY
        found[contract_id] = DaysOffOfYear(earned, taken, charges, problems)
    return found


def earned_until(contract: Contract, day: date) -> int | None:
    """Days off that a contract of informal or family care has earned since the year began; None: not confirmed."""
    days = DateRange.of_days(date(day.year, 1, 1), day)
    with under(profile_of(contract.organisation_id)):
        try:
            return _earned(
                contract,
                contract.valid.overlap(days),
                terms_of([contract.pk])[contract.pk],
                _care_days([contract], days)[contract.pk],
            )
        except RateNotConfirmed:
            return None


def contracts_with_days_off(organisation_id: int, year: int, until: date) -> set[int]:
    """Contracts with days off told for a year up to a day."""
    days = DateRange.of_days(date(year, 1, 1), until)
    rows = CareEvent.objects.filter(
        organisation_id=organisation_id, kind=EventKind.DAYS_OFF, withdrawn_at__isnull=True, valid__overlap=days
    )
    return set(rows.values_list("contract_id", flat=True))


def _earned(contract: Contract, days: DateRange | None, terms: Iterable[TermsPiece], cared: Iterable[date]) -> int:
    """Statutory days off of one contract on its days in the year. Raises RateNotConfirmed."""
    if days is None:
        return 0
    if contract.kind == ContractKind.FAMILY_CARE:
        return earned_in_family_care(days, [each.valid for each in terms if each.is_by_day], cared)
    return earned_in_informal_care(days, [each.valid for each in terms if each.is_binding])


def _is_charged(contract: Contract) -> bool:
    return contract.kind == ContractKind.INFORMAL_CARE


def _care_days(contracts: Iterable[Contract], days: DateRange) -> dict[int, list[date]]:
    """Care days entered, by contract of family care."""
    family = [each.pk for each in contracts if each.kind == ContractKind.FAMILY_CARE]
    found: dict[int, list[date]] = defaultdict(list)
    if family:
        rows = DayEntry.objects.filter(sheet__contract_id__in=family, day_type=DayType.CARE)
        rows = rows.filter(day__gte=days.start, day__lt=days.end)
        for contract_id, day in rows.values_list("sheet__contract_id", "day"):
            found[contract_id].append(day)
    return found
