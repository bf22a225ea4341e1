"""What is frozen of a result: what was paid; how it was worked out is told again from the facts (BEY-1)."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from palkkio.calculation.facts import PayFacts
from palkkio.calculation.frozen import from_json, is_without_working, sums_from_json, to_json
from palkkio.calculation.frozen_text import frozen_text, paid_text
from palkkio.calculation.paid import is_paid_the_same
from palkkio.calculation.pay import pay
from palkkio.core.payslip import LineCode, PayResult

from .assistants import period, shift
from .facts import care, facts, month
from .test_frozen import everything


def assistants() -> PayFacts:
    worked = (shift("2026-05-05T08:00", 8), shift("2026-05-09T14:00", 8))
    return facts(period(date(2026, 5, 1), date(2026, 5, 15), *worked))


def corrected() -> PayFacts:
    """Less care than was paid before: the lines become a receivable."""
    before = pay(facts(month(*care(4, 5, 6, 7))))
    return replace(facts(month(*care(4))), paid_before=before.lines)


RESULTS = {
    "everything": everything,
    "assistants": assistants,
    "corrected": corrected,
    "nothing": lambda: facts(month()),
}


@pytest.fixture(params=RESULTS.values(), ids=RESULTS.keys())
def result(request: pytest.FixtureRequest) -> PayResult:
    return pay(request.param())


def paid(result: PayResult) -> PayResult:
    """What a proposal keeps of a result, read back."""
    told = json.loads(paid_text(result))
    assert is_without_working(told)
    kept: PayResult = from_json(told)
    return kept


def test_what_was_paid_is_kept_and_its_problems_stand_beside_it(result: PayResult):
    kept = paid(result)
    assert paid(kept) == kept
    assert kept.problems == ()
    assert not is_without_working(to_json(result))


@pytest.mark.parametrize("of", RESULTS.values(), ids=RESULTS.keys())
def test_a_run_freezes_what_an_explained_result_freezes(of: Callable[[], PayFacts]):
    """BEY-1: a run makes no working that it does not keep."""
    known = of()
    assert paid_text(pay(known, explains=False)) == paid_text(pay(known))


def test_what_is_claimed_back_is_explained_in_a_run():
    known = corrected()
    assert pay(known, explains=False).overpaid == pay(known).overpaid


def test_equal_shifts_that_are_not_one_object_have_the_same_text():
    one, other = assistants(), assistants()
    assert one.months[0].shifts[0] is not other.months[0].shifts[0]
    assert frozen_text(one) == frozen_text(other) == frozen_text(one)
    changed = replace(other, months=(replace(other.months[0], shifts=other.months[0].shifts[1:]),))
    assert from_json(json.loads(frozen_text(changed))) == changed


def test_amounts_stay_and_the_working_goes(result: PayResult):
    """BEY-1: an explanation is derived from the frozen facts, not stored."""
    kept = paid(result)
    assert is_paid_the_same(result, kept)
    assert (kept.gross, kept.net, kept.receivable) == (result.gross, result.net, result.receivable)
    assert not any(each.working.law or each.working.source for each in (*kept.lines, *kept.deductions, *kept.employer))
    assert [each.working.rule for each in kept.lines] == [each.working.rule for each in result.lines]
    assert kept.overpaid == result.overpaid
    assert sums_from_json(json.loads(paid_text(result))) == sums_from_json(json.loads(frozen_text(result)))


def test_the_facts_tell_the_working_again():
    known = everything()
    again = pay(from_json(json.loads(frozen_text(known))))
    assert is_paid_the_same(again, paid(pay(known)))
    assert again == pay(known)


def test_another_amount_is_not_paid_the_same():
    result = pay(everything())
    first = result.lines[0]
    other = replace(result, lines=(replace(first, amount=first.amount + Decimal("0.01")), *result.lines[1:]))
    assert not is_paid_the_same(result, other)
    assert is_paid_the_same(
        result, replace(result, lines=(replace(first, working=replace(first.working, law="1 §")), *result.lines[1:]))
    )


def test_a_line_keeps_the_matter_and_the_reason_that_it_is_about():
    """PAY-11, BEY-9: what a recovery pays back is asked of payslips; a one-off line is named by its reason."""
    result = pay(replace(everything(), recovery=Decimal("10.00"), recovery_number="2026-7"))
    inputs = {each.code: dict(each.working.inputs) for each in paid(result).lines}
    assert inputs[LineCode.RECOVERY] == {"recovery": "2026-7"}
    assert inputs[LineCode.ONE_OFF] == {"reason": 'Ä "quoted"'}
    (kilometres,) = [each for each in paid(result).lines if each.code == LineCode.KILOMETRES]
    assert kilometres.working.days
