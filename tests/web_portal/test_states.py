"""Where is my money (BEY-4) in words, and why this much (PAY-8), as plain values."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from palkkio.core.days import DateRange
from palkkio.payroll.values import DeductionView, LineView
from palkkio.web import rule_words, state_words
from palkkio.web.pay_lines import pay_lines
from palkkio.web.states import Money, Stage
from tests import factories

MAY, APRIL = factories.MAY, factories.APRIL
MONEY = Money(
    stage=Stage.OPEN,
    period=MAY,
    today=date(2026, 6, 1),
    payday=date(2026, 6, 30),
    deadline=date(2026, 6, 3),
    review_by=date(2026, 6, 17),
)


@pytest.fixture(autouse=True)
def english() -> Generator[None]:
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("money", "lead", "rest"),
    [
        (
            MONEY,
            "Record the days and confirm at the latest on Wednesday 3 June.",
            "Then the money is on your account on Tuesday 30 June.",
        ),
        (
            replace(MONEY, stage=Stage.CONFIRMED),
            "The county reviews the entries at the latest on Wednesday 17 June.",
            "The money is on your account on Tuesday 30 June.",
        ),
        (
            replace(MONEY, stage=Stage.CONFIRMED, payday=date(2026, 7, 31), is_missed=True, review_by=date(2026, 5, 1)),
            "The county reviews the entries.",
            "It missed its own payroll run and goes to the next one. The money is on your account on Friday 31 July.",
        ),
        (
            replace(MONEY, stage=Stage.REVIEWED),
            "The county has reviewed the entries, and the fee waits for the payroll run.",
            "The money is on your account on Tuesday 30 June.",
        ),
        (
            replace(MONEY, stage=Stage.AT_BANK),
            "The fee has been sent to the bank.",
            "The money is on your account on Tuesday 30 June.",
        ),
        (replace(MONEY, stage=Stage.PAID), "Paid to your account on Tuesday 30 June.", ""),
        (replace(MONEY, stage=Stage.NOTHING), "Nothing was recorded in this period, so no fee is paid.", ""),
    ],
)
def test_each_state_says_who_has_the_ball_and_the_next_date(money: Money, lead: str, rest: str) -> None:
    """BEY-4, CARE-10."""
    flow = state_words.flow(money)
    assert (flow.lead, flow.rest) == (lead, rest)


@pytest.mark.parametrize("stage", list(Stage))
def test_every_state_has_words_for_carer_and_staff(stage: Stage) -> None:
    """BEY-4: each state has its sentence, its line of six steps and its chip."""
    money = replace(MONEY, stage=stage, reason="A day is missing")
    for flow in (state_words.flow(money), state_words.desk_flow(money)):
        assert flow.lead
        assert len(flow.steps) == 6
        assert sum(step.state in ("now", "back") for step in flow.steps) <= 1
    assert state_words.chip(money).text


def line(**values: object) -> LineView:
    made: dict[str, object] = {
        "code": "CARE_DAY",
        "quantity": Decimal(2),
        "unit": "day",
        "of": Decimal("97.55"),
        "amount": Decimal("195.10"),
        "period": MAY,
        "rule": "care_day",
        "law": "937/2005 4 a §",
        "source": "Board 11.12.2025 § 151",
        "rate_valid": DateRange.of_days(date(2026, 1, 1), date(2026, 12, 31)),
        "tag": "V",
        "days": (date(2026, 5, 1), date(2026, 5, 2)),
        "inputs": (),
        "is_taxable": True,
        "is_pensionable": True,
        "is_correction": False,
        **values,
    }
    return LineView(**made)  # type: ignore[arg-type]


def test_line_opens_to_its_inputs_rule_rate_law_and_days() -> None:
    """PAY-8, BEY-1."""
    drawn = pay_lines([line()], [], gross=Decimal("195.10"), net=Decimal("195.10"), main_period=MAY)[0]
    assert (drawn.name, drawn.quantity) == ("Care days", "2 days × 97,55")
    assert drawn.why is not None
    assert drawn.why.calculation == "2 days × 97,55\xa0€ = 195,10\xa0€"
    facts = {fact.term: fact.text for fact in drawn.why.facts}
    assert facts["Rate"] == "97,55\xa0€ a day, in force 1.1.2026–31.12.2026"
    assert facts["Ground"] == "Act on Support for Informal Care 937/2005, 4 a §. Board 11.12.2025 § 151."
    assert facts["Rule"].startswith("Each day and night of care")
    assert drawn.why.month is not None
    assert set(drawn.why.month.marks) == {date(2026, 5, 1), date(2026, 5, 2)}


def test_correction_names_its_month_and_one_off_its_reason() -> None:
    """PAY-7: a correction is paid in the next run, per original period."""
    late = line(period=APRIL, quantity=Decimal(-1), amount=Decimal("-97.55"))
    extra = line(
        code="ONE_OFF", unit="piece", quantity=Decimal(1), inputs=(("reason", "Taxi"),), rule="one_off", days=()
    )
    drawn = pay_lines([late, extra], [], gross=None, net=None, main_period=MAY)
    assert [each.name for each in drawn] == ["Care days, April 2026", "One-off payment: Taxi"]
    assert drawn[0].quantity == "−1 day × 97,55"


def test_kilometres_tell_the_trips_and_the_tax_free_limit() -> None:
    """PAY-3, PAY-8."""
    driven = line(
        code="KILOMETRES",
        unit="km",
        quantity=Decimal("40.5"),
        of=Decimal("0.25"),
        amount=Decimal("10.13"),
        rule="kilometres",
        law="",
        inputs=(("tax_free_limit", "0.25"), ("tax_free_limit_source", "Letter"), ("2026-05-01", "40.5")),
    )
    why = pay_lines([driven], [], gross=None, net=None)[0].why
    assert why is not None
    facts = {fact.term: fact.text for fact in why.facts}
    assert facts["Tax-free limit"] == "0,25\xa0€ a kilometre"
    assert facts["Trips"] == "1.5. 40,5 km"


def test_tax_above_the_ceiling_is_told_in_two_parts() -> None:
    """PAY-8: which part is taxed by which rate."""
    tax = DeductionView(
        code="WITHHOLDING",
        amount=Decimal("42.00"),
        of=Decimal("200.00"),
        parts=((Decimal("100.00"), Decimal("12.0000")), (Decimal("100.00"), Decimal("30.0000"))),
        rule="withholding_by_card",
        law="1118/1996",
        source="",
        rate_valid=None,
        tag="V",
        inputs=(("base", "12.0000"), ("ceiling", "20000.00"), ("additional", "30.0000"), ("accumulated", "19900.00")),
    )
    drawn = pay_lines([], [tax], gross=None, net=None)[0]
    assert drawn.amount == Decimal("-42.00")
    assert drawn.quantity == "12,0\xa0% × 100,00 + 30,0\xa0% × 100,00"
    assert drawn.why is not None
    assert {"Base rate": "12,0\xa0%", "Income ceiling": "20\xa0000,00\xa0€"}.items() <= {
        fact.term: fact.text for fact in drawn.why.facts
    }.items()


def test_every_rule_of_the_calculation_has_plain_words() -> None:
    """PAY-8: a key that the calculation uses is worded."""
    import re
    from pathlib import Path

    import palkkio.calculation

    folder = Path(palkkio.calculation.__file__).parent
    files = [path for path in folder.rglob("*.py") if "cases" not in path.parts]
    used = {key for path in files for key in re.findall(r'rule="(\w+)"', path.read_text())}
    assert used
    assert sorted(key for key in used if not rule_words.rule_text(key)) == []
