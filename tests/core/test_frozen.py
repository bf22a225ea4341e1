"""Frozen facts and results come back exactly: payslips keep what they were computed from."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palkkio.calculation.assistance import assistant_lines
from palkkio.calculation.earnings import earning_lines
from palkkio.calculation.employment import LeaveAbsence, LeaveYear
from palkkio.calculation.events import (
    AbsenceReason,
    CarerIll,
    ChildIll,
    DaysOff,
    FamilyLeave,
    HetaMember,
    Notice,
    NoticeBy,
    RecipientAway,
    RecipientMovesOut,
    Sick,
    StartUp,
    Terminated,
)
from palkkio.calculation.facts import (
    Around,
    Caps,
    CareTerms,
    OneOff,
    OtherAbsence,
    Payee,
    PayFacts,
    RateFact,
    TaxCard,
    Terms,
    Trip,
)
from palkkio.calculation.frozen import from_json, to_json
from palkkio.calculation.frozen_text import frozen_text
from palkkio.calculation.pay import pay
from palkkio.core.days import DateRange
from palkkio.core.payslip import PayResult
from palkkio.core.problems import Problem, ProblemCode
from palkkio.rules import profile

from .assistants import PROFILE, period, shift
from .facts import CARD, MAY, PAYDAY, care, facts, month


def there_and_back(value: object) -> object:
    text = frozen_text(value)
    assert text == json.dumps(to_json(value), separators=(",", ":"), ensure_ascii=False)  # type: ignore[arg-type]
    return from_json(json.loads(text))


def everything() -> PayFacts:
    rate = RateFact(Decimal("97.5500"), "Board § 8", "937/2005 4 a §", "R", DateRange.of_days(date(2026, 1, 1), None))
    kilometre = RateFact(Decimal("0.55"))
    trips = (Trip(date(2026, 5, 8), Decimal("10.5"), "To the care recipient", Decimal("3.40")),)
    terms = (Terms(DateRange(None, None), {"care": rate, "kilometre": kilometre}),)
    return replace(
        facts(month(*care(8, 9), trips=trips, dated=terms)),
        one_offs=(OneOff(Decimal("50.00"), 'Ä "quoted"', MAY, is_pensionable=False),),
        paid_before=earning_lines(month(*care(8)), "default")[0],
        no_card_set_aside=True,
        union_dues=Decimal("1.3"),
    )


def test_facts_come_back_exactly():
    assert there_and_back(everything()) == everything()


def test_results_come_back_exactly():
    result = pay(everything())
    assert result.lines
    assert result.deductions
    assert result.problems
    assert there_and_back(result) == result


def test_the_same_result_comes_out_of_thawed_facts():
    """BEY-11: old months stay reproducible to the cent."""
    assert pay(there_and_back(everything())) == pay(everything())  # type: ignore[arg-type]


def test_digits_stay_as_they_were_written():
    frozen = to_json(everything())
    assert frozen["months"][0]["terms"][0]["rates"]["care"]["amount"] == "97.5500"


def test_ranges_of_days_say_first_and_last_day():
    assert to_json(pay(facts(month(*care(8)))))["lines"][0]["period"] == {"first": "2026-05-01", "last": "2026-05-31"}


def test_every_kind_of_event_and_term_comes_back_exactly():
    some, still = DateRange.of_days(date(2026, 5, 4), date(2026, 5, 9)), DateRange(date(2026, 5, 20), None)
    events = (
        CarerIll(some),
        RecipientAway(still, AbsenceReason.HEALTH),
        RecipientMovesOut(date(2026, 5, 12)),
        Notice(NoticeBy.CARER, date(2026, 5, 13)),
        Terminated(date(2026, 5, 14)),
        DaysOff(some),
        StartUp(Decimal("800.00"), date(2026, 5, 15), "Decision 12"),
    )
    care_terms = CareTerms("III", "II", ("pension",), Decimal(14), Decimal("60.5"))
    whole = Terms(DateRange(None, None), {}, care_terms, 2, Caps(Decimal(4)), OtherAbsence(None), 1)
    value = facts(replace(month(dated=(whole,)), events=events))
    assert there_and_back(value) == value


def test_the_employment_of_an_assistant_comes_back_exactly():
    some, still = DateRange.of_days(date(2026, 5, 4), date(2026, 5, 9)), DateRange(date(2026, 5, 20), None)
    may = date(2026, 5, 1), date(2026, 5, 15)
    worked = period(*may, shift("2026-05-02T20:00", 3), around=(shift("2026-04-30T08:00", 2),), pay_group="B1")
    paid = Around(worked.around.shifts if worked.around else (), assistant_lines(worked, PROFILE)[0])
    away = LeaveAbsence("illness", DateRange.of_days(date(2025, 5, 5), date(2025, 5, 9)), Decimal("12.51"))
    events = (Sick(some, True), ChildIll(some), FamilyLeave(still, "first"), HetaMember(still))
    leave = (LeaveYear(date(2025, 4, 1), Decimal("100.00"), absences=(away,)),)
    value = replace(worked, events=events, around=paid, leave=leave)
    assert value.around is not None
    assert value.around.paid
    assert there_and_back(value) == value
    assert assistant_lines(there_and_back(value), PROFILE) == assistant_lines(value, PROFILE)  # type: ignore[arg-type]


def test_months_frozen_before_there_were_events_come_back():
    """BEY-11: a payslip of the first months names neither events nor the further terms."""
    old = to_json(everything())
    for sheet in old["months"]:
        sheet.pop("events", None)
        for terms in sheet["terms"]:
            for key in ("care", "clients", "caps", "absence_other", "notice_months"):
                terms.pop(key, None)
    for line in old["paid_before"]:
        line.pop("per", None)
    old.pop("recovery", None)
    assert from_json(old) == everything()


def test_a_payers_own_profile_is_kept_whole():
    own = profile("western-uusimaa").with_overrides({"tax_free_kilometre": "0.30"})
    frozen = replace(everything(), profile=own)
    assert there_and_back(frozen) == frozen


def test_a_month_a_line_and_a_problem_can_be_frozen_alone():
    sheet = month(*care(8))
    (line,), _ = earning_lines(sheet, "default")
    problem = Problem(ProblemCode.RATE_NOT_CONFIRMED, "rates/care", date(2026, 5, 8))
    assert [there_and_back(each) for each in (sheet, line, problem)] == [sheet, line, problem]


def test_a_field_added_since_then_has_its_default():
    old = to_json(everything())
    assert "fund_fee" not in old  # it has its default
    del old["union_dues"]
    assert from_json(old) == replace(everything(), union_dues=Decimal("0.00"))


def test_other_json_is_refused():
    for data in ({}, {"type": "Viewer"}, {"type": None}):
        with pytest.raises(ValueError, match="Not a frozen value"):
            from_json(data)


days = st.dates(date(2018, 1, 1), date(2030, 1, 1))
decimals = st.decimals(min_value=-9999, max_value=9999, places=4)


@given(days, st.none() | days, st.none() | decimals, decimals, st.text(max_size=20), st.booleans())
def test_any_facts_come_back_exactly(
    paid_on: date, born: date | None, ceiling: Decimal | None, amount: Decimal, words: str, yes: bool
):
    card = TaxCard(amount, ceiling, abs(amount), paid_on, amount) if yes else None
    one_off = OneOff(amount, words, DateRange.month_of(paid_on), yes, not yes)
    value = PayFacts(paid_on, Payee(born, yes), (month(*care(8)),), card, words or "default", (one_off,))
    assert there_and_back(value) == value


def test_a_held_result_comes_back():
    held = PayResult(problems=(Problem(ProblemCode.RATE_NOT_CONFIRMED, "x", PAYDAY),), is_held=True)
    assert there_and_back(held) == held
    assert there_and_back(facts(card=CARD)) == facts(card=CARD)
