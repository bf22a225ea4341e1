"""Monthly fees: one line for each code, fee and rule, by the days on which it was in force."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from palkkio.calculation.care_days import Stretch, stretches
from palkkio.calculation.facts import RateFact, Terms
from palkkio.calculation.proration import shares
from palkkio.calculation.sheet import Ground, Sheet
from palkkio.core.days import DateRange
from palkkio.core.payslip import ContractKind, LineCode
from palkkio.core.problems import ProblemCode
from palkkio.rules import Figure, RateNotConfirmed, figure

LONGEST_MONTH = 31
PER_MONTH = frozenset({"monthly_fee", "monthly"})  # keys of rates that are paid by calendar months


@dataclass(frozen=True, slots=True)
class Fee:
    """What one code pays for a full month, in EUR, and its ground.

    of   for all clients; `rate` holds the ground
    law  where the rate names none of its own
    """

    code: LineCode
    of: Decimal
    rate: RateFact
    rule: str
    law: str = ""
    inputs: tuple[tuple[str, str], ...] = ()


FeesOf = Callable[[Sheet, Terms, date], Sequence[Fee]]


def add_monthly(sheet: Sheet, contract: DateRange | None, fees_of: FeesOf, edges: Iterable[date | None] = ()) -> None:
    """Adds the monthly fees of the sheet's month, cut where anything changes.

    fees_of  fees in force on a day under some terms; notes in the sheet what is missing, with its first day
    edges    further days on which a rate changes
    """
    month = sheet.month.month
    decided = [rate.valid for terms in sheet.month.terms for rate in terms.rates.values() if rate.valid is not None]
    decided += [row.valid for rows in sheet.profile.figures.values() for row in rows]
    found = stretches(sheet, contract, [*edges, *(edge for days in decided for edge in (days.start, days.end))])
    counted, per = shares(month, found, sheet.choice("proration").value or "actual_days")
    unpaid = _unpaid_inputs(found)
    for stretch, count in zip(found, counted, strict=True):
        if stretch.unpaid:
            continue
        first, _ = stretch.days.edges
        if stretch.terms is None:
            sheet.problem(ProblemCode.CONTRACT_TERM_MISSING, "terms", first)
            continue
        for fee in fees_of(sheet, stretch.terms, first):
            piece = sheet.piece(fee.code, "day", fee.of, fee.rule, law=fee.law, per=Decimal(per))
            piece.add_days(stretch.days, Decimal(count), Ground(fee.rate, stretch.terms.valid))
            piece.note((*fee.inputs, ("of_days", str(per)), *unpaid))


def _unpaid_inputs(found: Sequence[Stretch]) -> list[tuple[str, str]]:
    """Days without a fee as inputs of the working: ("unpaid/carer_ill", "2018-03-12/2018-03-20")."""
    return [(f"unpaid/{each.unpaid}", f"{each.days.first}/{each.days.last}") for each in found if each.unpaid]


def is_by_month(kind: ContractKind, terms: Iterable[Terms]) -> bool:
    """True if something is paid for calendar months."""
    return kind is ContractKind.INFORMAL_CARE or any(not PER_MONTH.isdisjoint(each.rates) for each in terms)


def is_calendar_month(days: DateRange) -> bool:
    start, end = days.edges
    return start.day == end.day == 1 and (end - start).days <= LONGEST_MONTH


def limit_of_law(sheet: Sheet, key: str, day: date) -> Figure | None:
    """The law's lower or upper limit `key` on `day`; None with a yellow note where it is not confirmed.

    An unknown limit holds nobody whose amount is agreed.
    """
    try:
        return figure(key).on(day)
    except RateNotConfirmed as error:
        sheet.problem(ProblemCode.RATE_NOT_VERIFIED, error.figure, day)
        return None
