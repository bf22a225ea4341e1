"""The carer's part of the pension contribution."""

from datetime import date
from decimal import Decimal

import pytest

from palkkio.calculation.deductions import INSURED_AFTER_AGE, INSURED_UNTIL_AGE, is_insured, pension
from palkkio.calculation.facts import Payee
from palkkio.core.days import DateRange
from palkkio.core.payslip import Deduction, Line, Working
from palkkio.rules import RateNotConfirmed


def is_insured_carer(born: date, day: date, paid_on: date) -> bool:
    return is_insured(born, day, paid_on, INSURED_AFTER_AGE, INSURED_UNTIL_AGE)


def line(amount: str = "390.20", year: int = 2024, month: int = 2, is_pensionable: bool = True) -> Line:
    return Line(
        "CARE_DAY", Decimal(1), "day", Decimal(amount), Decimal(amount), DateRange.of_month(year, month),
        Working("care_day"), is_pensionable=is_pensionable,
    )  # fmt: skip


def part(born: date | None, paid_on: date, *lines: Line) -> Deduction:
    return pension(lines or (line(),), Payee(born), paid_on)


@pytest.mark.parametrize(
    ("paid_on", "basic", "raised"),
    [
        (date(2018, 6, 29), "6.35", "7.85"),
        (date(2019, 6, 28), "6.75", "8.25"),
        (date(2020, 6, 30), "7.15", "8.65"),
        (date(2021, 6, 30), "7.15", "8.65"),
        (date(2022, 6, 30), "7.15", "8.65"),
        (date(2025, 12, 31), "7.15", "8.65"),
        (date(2026, 1, 30), "7.30", "7.30"),
    ],
)
def test_the_day_of_payment_picks_the_percentage(paid_on: date, basic: str, raised: str):
    this_month = line("100.00", paid_on.year, paid_on.month)
    assert part(paid_on.replace(year=paid_on.year - 40, day=1), paid_on, this_month).parts == (
        (Decimal(100), Decimal(basic)),
    )
    assert part(paid_on.replace(year=paid_on.year - 57, day=1), paid_on, this_month).parts == (
        (Decimal(100), Decimal(raised)),
    )


@pytest.mark.parametrize(
    ("born", "percent"),
    [
        (date(1971, 3, 1), "7.15"),  # 53 in the month of payment, even on its first day
        (date(1971, 3, 31), "7.15"),
        (date(1971, 2, 28), "8.65"),  # the month after
        (date(1961, 3, 1), "8.65"),  # 63 in the month of payment: to its end
        (date(1961, 3, 31), "8.65"),
        (date(1961, 2, 28), "7.15"),
        (date(1968, 2, 29), "8.65"),  # born on a leap day
    ],
)
def test_the_raised_part_runs_from_the_month_after_53_to_the_month_of_63(born: date, percent: str):
    assert part(born, date(2024, 3, 28)).parts == ((Decimal("390.20"), Decimal(percent)),)


@pytest.mark.parametrize(
    ("born", "last_insured"),
    [
        (date(1957, 12, 31), (2025, 12)),  # 68
        (date(1958, 1, 1), (2027, 1)),  # 69
        (date(1961, 12, 31), (2030, 12)),  # 69
        (date(1962, 1, 1), (2032, 1)),  # 70
        (date(1970, 6, 15), (2040, 6)),
    ],
)
def test_insurance_ends_with_the_month_of_the_upper_age(born: date, last_insured: tuple[int, int]):
    month = DateRange.of_month(*last_insured)
    _, end = month.edges
    paid_on = date(2026, 6, 30)
    assert is_insured_carer(born, month.begins, paid_on)
    assert not is_insured_carer(born, end, paid_on)


def test_insurance_begins_the_month_after_the_17th_birthday():
    paid_on = date(2026, 6, 30)
    assert not is_insured_carer(date(2009, 5, 1), date(2026, 5, 1), paid_on)
    assert is_insured_carer(date(2009, 5, 1), date(2026, 6, 1), paid_on)
    assert is_insured_carer(date(2009, 4, 30), date(2026, 5, 1), paid_on)


def test_only_the_insured_months_of_a_payday_carry_pension():
    """Born 20 April 1957: April 2025 is insured, May is not."""
    made = part(date(1957, 4, 20), date(2025, 6, 30), line("100.00", 2025, 4), line("200.00", 2025, 5))
    assert (made.of, made.amount) == (Decimal("100.00"), Decimal("7.15"))


def test_no_age_means_the_basic_part():
    assert part(None, date(2024, 3, 28)).parts == ((Decimal("390.20"), Decimal("7.15")),)


def test_expenses_carry_no_pension():
    made = part(date(1984, 6, 1), date(2024, 3, 28), line("100.00"), line("50.00", is_pensionable=False))
    assert made.of == Decimal("100.00")


def test_who_is_not_insured_pays_nothing_and_the_working_says_why():
    assert part(date(1950, 1, 1), date(2024, 3, 28)).working.rule == "pension_not_insured_by_age"
    entrepreneur = pension((line(),), Payee(date(1984, 6, 1), is_self_insured=True), date(2024, 3, 28))
    assert (entrepreneur.amount, entrepreneur.working.rule) == (Decimal("0.00"), "pension_self_insured")


def test_the_contribution_of_2027_is_not_guessed():
    with pytest.raises(RateNotConfirmed, match="carer_pension"):
        part(date(1984, 6, 1), date(2027, 1, 29))


def test_the_working_names_the_dated_figure():
    """PAY-8."""
    working = part(date(1984, 6, 1), date(2024, 3, 28)).working
    assert (working.rule, working.law, working.tag) == ("carer_pension", "81/2016", "V")
    assert working.rate_valid == DateRange(date(2022, 1, 1), date(2026, 1, 1))
    assert "SISU" in working.source
