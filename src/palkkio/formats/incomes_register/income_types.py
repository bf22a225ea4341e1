"""Which income type (tulolaji) of the Incomes Register a line of a payslip is reported as: data with sources.

Tags: V read in the source, R recalled or inferred. Codes and their names are all V (register's code lists of 2022).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from palkkio.core.payslip import ContractKind, DeductionCode, LineCode

PENSION_INCLUDED = ((2, True),)


@dataclass(frozen=True, slots=True)
class IncomeType:
    """One income type with what is said beside the amount.

    insurance  insurance data to give: only where the type is not insured by default
    """

    code: int
    name: str  # Finnish, as in the register's list
    insurance: tuple[tuple[int, bool], ...] = ()
    has_periods: bool = True
    has_kilometres: bool = False
    has_allowances: bool = False
    tag: str = "V"
    source: str = ""


_INFORMAL_CARER = IncomeType(
    319,
    "Omaishoitajan palkkio",
    source="income type list; insured for pension and accident by default",
)
_SUBSTITUTE = IncomeType(
    319,
    "Omaishoitajan palkkio",
    tag="R",  # no page says it of substitutes: it follows their tax card, which is the informal carer's
    source="937/2005 4 a §, tax card of informal carers",
)
_FAMILY_CARER = IncomeType(328, "Perhehoitajan palkkio", source="income type list")
_COMMISSION = IncomeType(
    336,
    "Työkorvaus",
    PENSION_INCLUDED,
    tag="R",  # the type is V; that a payer under JuEL says the pension insurance beside it is recalled
    source="tax administration's pages on non-wage compensation",
)
_KILOMETRES = IncomeType(
    311,
    "Kilometrikorvaus (verovapaa)",
    has_periods=False,
    has_kilometres=True,
    # The pages on non-wage compensation say that nothing tax free can be paid beside it; the Income Tax Act and the
    # carers' associations say that commission carers have a tax-free part (0.25 EUR/km). To be confirmed by the payer.
    tag="R",
    source="1535/1992 71 § 3 mom.",
)
_TAXABLE_COSTS = IncomeType(
    353,
    "Veronalainen kustannusten korvaus",
    has_periods=False,
    tag="R",  # V: under JuEL costs are not pensionable and so not part of 336; the code for them is recalled
    source="tax administration's page on non-wage compensation, exception for payers under JuEL",
)
_DAILY_ALLOWANCE = IncomeType(331, "Päiväraha", has_periods=False, has_allowances=True, source="income type list")
_FAMILY_CARE_COSTS = IncomeType(
    327, "Perhehoitajan kustannusten korvaus", has_periods=False, tag="R", source="income type list"
)

_TIME_RATE = IncomeType(201, "Aikapalkka", source="income type list")
_TIME_RATE_R = IncomeType(
    201, "Aikapalkka", tag="R", source="income type list; that it holds for this line is recalled"
)
_WAGES: dict[LineCode, IncomeType] = {
    LineCode.BASE_PAY: _TIME_RATE,
    LineCode.EVENING: IncomeType(206, "Iltatyökorvaus", source="income type list"),
    LineCode.NIGHT: IncomeType(236, "Yötyökorvaus", source="income type list"),
    LineCode.SATURDAY: IncomeType(211, "Lauantaityökorvaus", source="income type list"),
    LineCode.SUNDAY: IncomeType(221, "Sunnuntaityökorvaus", source="income type list"),
    # Public holiday compensation is 216 or 201: to be confirmed by the payer.
    LineCode.PUBLIC_HOLIDAY: IncomeType(216, "Muu maksettu lisä", tag="R", source="income type list; 201 is possible"),
    LineCode.PUBLIC_HOLIDAY_OFF: _TIME_RATE_R,
    LineCode.OVERTIME_50: IncomeType(235, "Ylityökorvaus", source="income type list"),
    LineCode.OVERTIME_100: IncomeType(235, "Ylityökorvaus", source="income type list"),
    LineCode.SICK_PAY: _TIME_RATE_R,
    LineCode.LEAVE_PAY: _TIME_RATE_R,
    LineCode.LEAVE_BONUS: IncomeType(213, "Lomaraha", source="income type list"),
    LineCode.LEAVE_COMPENSATION: IncomeType(234, "Vuosilomakorvaus", source="income type list"),
    LineCode.KILOMETRES_TAXABLE: IncomeType(209, "Kilometrikorvaus (veronalainen)", source="income type list"),
    LineCode.ONE_OFF: _TIME_RATE_R,
    LineCode.RECOVERY: _TIME_RATE_R,  # negative: what is set off lowers the wage of the payday
}

_FEES = {
    ContractKind.INFORMAL_CARE: _INFORMAL_CARER,
    ContractKind.SUBSTITUTE_CARE: _SUBSTITUTE,
    ContractKind.FAMILY_CARE: _FAMILY_CARER,
    ContractKind.OTHER_COMMISSION: _COMMISSION,
}
_FEE_LINES = frozenset(
    {
        LineCode.CARE_FEE,
        LineCode.CARE_DAY,
        LineCode.VISIT,
        LineCode.HOUR,
        LineCode.TRAINING_DAY,
        LineCode.NOTICE_DAY,
        LineCode.CANCELLED_DAY,
        LineCode.LOCUM_DAY,
        LineCode.ONE_OFF,
        LineCode.RECOVERY,  # negative: what is set off lowers the fee of the payday; R
    }
)
_TAXABLE_COST_LINES = frozenset({LineCode.KILOMETRES_TAXABLE, LineCode.EXPENSE_ALLOWANCE, LineCode.START_UP_ALLOWANCE})

ONLY_WAGES = frozenset(_WAGES) - _FEE_LINES - _TAXABLE_COST_LINES  # lines that no commission has
WAGE_CODES = frozenset(kind.code for kind in _WAGES.values())
WITHHOLDING, PENSION, UNEMPLOYMENT, DISTRAINT, OTHER_DEDUCTION = 402, 413, 414, 417, 408
DEDUCTIONS: Mapping[str, int] = {
    DeductionCode.WITHHOLDING: WITHHOLDING,  # ennakonpidätys: V
    DeductionCode.PENSION: PENSION,  # työntekijän työeläkevakuutusmaksu: V
    DeductionCode.UNEMPLOYMENT: UNEMPLOYMENT,  # palkansaajan työttömyysvakuutusmaksu: V
    DeductionCode.DISTRAINT: DISTRAINT,  # ulosmittaus: V
    DeductionCode.UNION_DUES: OTHER_DEDUCTION,  # muu palkasta vähennettävä erä; that dues belong there: R
    DeductionCode.FUND_FEE: OTHER_DEDUCTION,
}


@lru_cache(maxsize=1024)
def income_type(contract_kind: str, line_code: str, *, is_taxable: bool = True) -> IncomeType | None:
    """Income type of one line; None if it stands on no report: costs paid tax free by receipt (R).

    Raises ValueError if the table does not know the line or the kind of contract.
    """
    if line_code == LineCode.KILOMETRES:
        return _KILOMETRES
    if line_code == LineCode.DAILY_ALLOWANCE:
        return _DAILY_ALLOWANCE
    if contract_kind == ContractKind.PERSONAL_ASSISTANCE:
        return _wage_type(line_code, is_taxable=is_taxable)
    if line_code in _TAXABLE_COST_LINES:
        return _FAMILY_CARE_COSTS if contract_kind == ContractKind.FAMILY_CARE else _TAXABLE_COSTS
    if line_code == LineCode.TRIP_EXPENSE or (line_code == LineCode.ONE_OFF and not is_taxable):
        return None
    if line_code in _FEE_LINES and contract_kind in _FEES:
        return _FEES[ContractKind(contract_kind)]
    raise ValueError(f"No income type is known for {line_code} of a contract of kind {contract_kind}")


def _wage_type(line_code: str, *, is_taxable: bool) -> IncomeType | None:
    """Wages are insured against everything by default, so no insurance data stand beside them: V."""
    if line_code == LineCode.TRIP_EXPENSE or (line_code == LineCode.ONE_OFF and not is_taxable):
        return None
    try:
        return _WAGES[LineCode(line_code)]
    except (KeyError, ValueError):
        raise ValueError(f"No income type is known for {line_code} of wages") from None
