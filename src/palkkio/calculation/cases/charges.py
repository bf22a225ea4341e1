"""Days off that a case says were taken, and what the care recipient is charged for them: never a part of the pay."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from palkkio.calculation.cases.keys import Keys
from palkkio.calculation.client_charges import HOURS_OF_A_DAY, ClientCharge, PartOfDayOff, client_charges, in_month
from palkkio.calculation.facts import PayFacts
from palkkio.core.money import ZERO
from palkkio.core.problems import Problem
from palkkio.rules import under

STATUTORY_DAYS = 36  # a year: three a month, where care binds


class Charged(NamedTuple):
    """Charges of a month, and the days off of it whose charge is not confirmed: those are not charged."""

    charges: tuple[ClientCharge, ...]
    problems: tuple[Problem, ...]


def charges_of(given: Keys, facts: PayFacts) -> Charged:
    """Charges of the case's month for `days_off_taken`. Raises CaseError naming key and line.

    Rows of other months of the year belong to them: hours of days taken in parts add up over the year.
    """
    parts = [_part(row) for row in given.mappings("days_off_taken")]
    most = int(given.number("statutory_days_off")) if "statutory_days_off" in given else STATUTORY_DAYS
    with under(facts.profile):
        charges, problems = client_charges(parts, statutory_days=most)
    month = facts.months[0].month
    return Charged(in_month(charges, month), tuple(each for each in problems if each.day is None or each.day in month))


def compared_charges(expect: Keys, charged: Charged) -> list[str]:
    """In what the charges depart from those expected, a sentence each; what is not written is free."""
    found = []
    if "client_charge" in expect:
        wanted, got = expect.money("client_charge"), sum((each.amount for each in charged.charges), ZERO)
        if wanted != got:
            found.append(f"client_charge: expected {wanted}, got {got} ({got - wanted:+})")
            found += [f"not charged: {problem.code} {problem.figure} {problem.day}" for problem in charged.problems]
    return found


def _part(row: Keys) -> PartOfDayOff:
    row.only("day", "hours", "free")
    hours = row.number("hours", most=24) if "hours" in row else Decimal(HOURS_OF_A_DAY)
    if hours <= 0:
        row.fail("hours", "'hours' is more than 0")
    return PartOfDayOff(row.day("day"), hours, is_free=row.boolean("free", default=False))
