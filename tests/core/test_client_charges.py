"""Client charges for the carer's statutory days off."""

from datetime import date
from decimal import Decimal

from palkkio.calculation.client_charges import ClientCharge, PartOfDayOff, client_charges, in_month
from palkkio.core.days import DateRange
from palkkio.core.problems import Problem, ProblemCode

WHOLE = Decimal(24)


def charged(*parts: PartOfDayOff, statutory_days: int = 36) -> tuple[ClientCharge, ...]:
    return client_charges(parts, statutory_days=statutory_days)[0]


def test_each_full_day_off_is_charged_once():
    """OHT-7: three days of 2018 are 34.20."""
    made = charged(*(PartOfDayOff(date(2018, 6, day), WHOLE) for day in (1, 2, 3)))
    assert [each.amount for each in made] == [Decimal("11.40")] * 3
    assert made[0].working.law == "734/1992 6 b §"


def test_a_day_off_in_three_parts_is_one_charge():
    made = charged(*(PartOfDayOff(date(2018, 6, day), Decimal(8)) for day in (20, 5, 12)))
    assert [(each.on, each.amount) for each in made] == [(date(2018, 6, 20), Decimal("11.40"))]


def test_a_rest_of_hours_is_not_charged_and_lapses_with_the_year():
    parts = [PartOfDayOff(date(2023, 12, 30), Decimal(20)), PartOfDayOff(date(2024, 1, 2), Decimal(20))]
    assert charged(*parts) == ()


def test_the_charge_is_that_of_the_day():
    made = charged(PartOfDayOff(date(2023, 12, 31), WHOLE), PartOfDayOff(date(2024, 1, 1), WHOLE))
    assert [each.amount for each in made] == [Decimal("11.60"), Decimal("12.80")]


def test_no_more_days_are_charged_than_the_act_gives():
    assert len(charged(*(PartOfDayOff(date(2024, 6, day), WHOLE) for day in range(1, 5)), statutory_days=3)) == 3


def test_a_service_that_is_free_by_law_stays_free():
    assert charged(PartOfDayOff(date(2024, 6, 1), WHOLE, is_free=True)) == ()


def test_a_charge_that_is_not_confirmed_is_not_guessed():
    """D4: 13.70 of 2026 was computed, not seen."""
    made, problems = client_charges([PartOfDayOff(date(2026, 5, 1), WHOLE)], statutory_days=36)
    key = "informal_care/client_charge_per_day_off"
    assert (made, problems) == ((), (Problem(ProblemCode.RATE_NOT_CONFIRMED, key, date(2026, 5, 1)),))


def test_charges_go_to_invoicing_by_month():
    made = charged(PartOfDayOff(date(2024, 5, 31), WHOLE), PartOfDayOff(date(2024, 6, 1), WHOLE))
    assert [each.on for each in in_month(made, DateRange.of_month(2024, 6))] == [date(2024, 6, 1)]
