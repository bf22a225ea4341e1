"""Which insurances a form of care has: that of carers by commission, or that of employees."""

from __future__ import annotations

from enum import StrEnum

from palkkio.core.payslip import ContractKind


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


def insured_as(kind: ContractKind) -> Insured:
    """Commissions are insured by the Public Sector Pensions Act, employment in a household by that of employees.

    Law: JuEL 81/2016 5 §; TyEL 395/2006.
    """
    return _BY_KIND[kind]
