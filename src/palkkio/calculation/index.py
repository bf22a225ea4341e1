"""The yearly index of care fees: what an agreed fee becomes on 1 January.

A payday pays terms as they stand; the change of the year makes new dated terms, by these values, after a preview.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from palkkio.core.money import ZERO, to_cents
from palkkio.rules import Figure, Profile, RateNotConfirmed, figure

WAGE_COEFFICIENT = "index/wage_coefficient"
COST_OF_LIVING = "index/cost_of_living"


class IndexMode(StrEnum):
    """How a payer revises a class or rate (X4, B3)."""

    INDEX = "index"  # by the wage coefficient, as the Acts say of all fees
    LEGAL_MINIMUM = "legal_minimum"  # the minimum of the new year
    COUNCIL_DECISION = "council_decision"  # what the county decides: nothing is computed
    FROZEN = "frozen"  # stays as it is


@dataclass(frozen=True, slots=True)
class Revision:
    """A fee of the year before and what it becomes on 1 January, in EUR a month.

    after        None: the county decides it
    coefficient  the quotient's two figures where an index was used
    lifted       by how much the minimum of the law raised it
    """

    year: int
    before: Decimal
    after: Decimal | None
    coefficient: tuple[Figure, Figure] | None = None
    lifted: Decimal = ZERO


def revised(
    fee: Decimal, year: int, *, mode: IndexMode, minimum: str | None = None, is_lower_on_request: bool = False
) -> Revision:
    """What `fee` of the year before becomes on 1 January of `year` (X1, X2).

    fee                  EUR a month
    minimum              key of the law's minimum for it; None: it has none
    is_lower_on_request  agreed below the minimum at the carer's request: indexed, not lifted
    The old fee times the quotient of the two years' wage coefficients, rounded half up to cents once; then at least the
    minimum. Raises RateNotConfirmed where a figure that is needed is not confirmed.
    Law: 937/2005 6 §, 263/2015 16 §, 395/2006 96 §.
    """
    if mode is IndexMode.COUNCIL_DECISION:
        return Revision(year, fee, None)
    coefficient = None
    after = fee
    if mode is IndexMode.INDEX:
        coefficient = figure(WAGE_COEFFICIENT).on(date(year, 1, 1)), figure(WAGE_COEFFICIENT).on(date(year - 1, 1, 1))
        after = to_cents(fee * coefficient[0].value / coefficient[1].value)
    if minimum is None or (is_lower_on_request and mode is not IndexMode.LEGAL_MINIMUM):
        return Revision(year, fee, after, coefficient)
    least = figure(minimum).on(date(year, 1, 1)).value
    if mode is IndexMode.LEGAL_MINIMUM:
        return Revision(year, fee, least)
    return Revision(year, fee, max(after, least), coefficient, max(least - after, ZERO))


def revised_allowance(amount: Decimal, year: int, *, falls: bool, minimum: str | None = None) -> Revision:
    """What an expense allowance of the year before becomes on 1 January of `year` (K7).

    The old amount times the quotient of the cost-of-living indices of the Octobers before, rounded half up to cents
    once; then at least the minimum where that is known. It concerns agreed higher amounts too.

    falls  a falling index lowers the amount, as the section says; False: a separate Act has blocked it, as in 2010
    Raises RateNotConfirmed where an index that is needed is not confirmed. Law: 263/2015 19 §.
    """
    index = figure(COST_OF_LIVING).on(date(year, 1, 1)), figure(COST_OF_LIVING).on(date(year - 1, 1, 1))
    after = to_cents(amount * index[0].value / index[1].value)
    if not falls:
        after = max(after, amount)
    least = None if minimum is None else known_minimum(minimum, year)
    if least is None:
        return Revision(year, amount, after, index)
    return Revision(year, amount, max(after, least), index, max(least - after, ZERO))


def by_index(amount: Decimal, year: int, chosen: Profile, *, minimum: str | None, is_allowance: bool) -> Revision:
    """What the index of a year makes of a fee, or of an expense allowance as the payer has chosen.

    A fee's minimum that is not confirmed yet stops nothing: the pay is lifted to it when it is. Raises RateNotConfirmed
    where the index is not confirmed.
    """
    if is_allowance:
        falls = chosen.choice("falling_index_lowers_allowances", date(year, 1, 1)).value == "yes"
        return revised_allowance(amount, year, falls=falls, minimum=minimum)
    known = minimum if minimum is None or known_minimum(minimum, year) is not None else None
    return revised(amount, year, mode=IndexMode.INDEX, minimum=known)


def known_minimum(key: str, year: int) -> Decimal | None:
    """The law's minimum of a year; None where it is not confirmed: the engine lifts to it when it is."""
    try:
        return figure(key).on(date(year, 1, 1)).value
    except RateNotConfirmed:
        return None
