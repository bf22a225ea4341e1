"""Days off that a case says were taken, and what the care recipient is charged for them: never a part of the pay."""

from __future__ import annotations

from decimal import Decimal

from palkkio.calculation.cases.keys import Keys
from palkkio.calculation.client_charges import HOURS_OF_A_DAY, ClientCharge, PartOfDayOff, client_charges, in_month
from palkkio.calculation.facts import PayFacts
from palkkio.core.money import ZERO
from palkkio.rules import under

STATUTORY_DAYS = 36  # a year: three a month, where care binds


def charges_of(given: Keys, facts: PayFacts) -> tuple[ClientCharge, ...]:
    """Charges of the case's month for `days_off_taken`. Raises CaseError naming key and line.

    Rows of other months of the year belong to them: hours of days taken in parts add up over the year.
    """
    parts = [_part(row) for row in given.mappings("days_off_taken")]
    most = int(given.number("statutory_days_off")) if "statutory_days_off" in given else STATUTORY_DAYS
    with under(facts.profile):
        charges, _ = client_charges(parts, statutory_days=most)
    return in_month(charges, facts.months[0].month)


def compared_charges(expect: Keys, charges: tuple[ClientCharge, ...]) -> list[str]:
    """In what the charges depart from those expected, a sentence each; what is not written is free."""
    found = []
    if "client_charge" in expect:
        wanted, got = expect.money("client_charge"), sum((each.amount for each in charges), ZERO)
        if wanted != got:
            found.append(f"client_charge: expected {wanted}, got {got} ({got - wanted:+})")
    return found


def _part(row: Keys) -> PartOfDayOff:
    row.only("day", "hours", "free")
    hours = row.number("hours", most=24) if "hours" in row else Decimal(HOURS_OF_A_DAY)
    if hours <= 0:
        row.fail("hours", "'hours' is more than 0")
    return PartOfDayOff(row.day("day"), hours, is_free=row.boolean("free", default=False))
