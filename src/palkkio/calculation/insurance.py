"""Which insurances a form of care has: that of carers by commission, or that of employees."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from palkkio.core.money import to_cents
from palkkio.core.payslip import ContractKind

# The county insures these carers against accidents; the other commissions have no Act that says so.
ACCIDENT_INSURED = (ContractKind.INFORMAL_CARE, ContractKind.FAMILY_CARE, ContractKind.SUBSTITUTE_CARE)
DAYS_OF_AN_INSURED_YEAR = 360


class Insured(StrEnum):
    """How the payee is insured."""

    CARER = "carer"  # toimeksiantosuhde: JuEL, no unemployment contribution
    EMPLOYEE = "employee"  # työsuhde: TyEL, unemployment, health, accident, group life


_BY_KIND = {
    ContractKind.INFORMAL_CARE: Insured.CARER,
    ContractKind.FAMILY_CARE: Insured.CARER,
    ContractKind.SUBSTITUTE_CARE: Insured.CARER,
    ContractKind.OTHER_COMMISSION: Insured.CARER,
    ContractKind.PERSONAL_ASSISTANCE: Insured.EMPLOYEE,
}


def daily_earnings(fees: Decimal) -> Decimal:
    """Earnings of a day of a carer's accident insurance, EUR: a 360th of the fees of a year.

    Law: 937/2005 10 §; 263/2015 and 4 a § likewise; 459/2015.
    """
    return to_cents(fees / DAYS_OF_AN_INSURED_YEAR)


def insured_as(kind: ContractKind) -> Insured:
    """Commissions are insured by the Public Sector Pensions Act, employment in a household by that of employees.

    Law: JuEL 81/2016 5 §; TyEL 395/2006.
    """
    return _BY_KIND[kind]
