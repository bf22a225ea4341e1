"""Distraint over all payslips of a payday (PAY-12), and by the authority's own instructions."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from palkkio.calculation.distraint import base, distraint, over_payday
from palkkio.calculation.facts import Distraint
from palkkio.calculation.pay import pay
from palkkio.core.payslip import DeductionCode

from .facts import care, facts, month

PAID_ON = date(2025, 6, 30)  # S of a month is 30 × 32.88 = 986.40
euros = st.decimals(0, 5000, places=2)


def test_two_payslips_of_a_payday_share_one_protected_portion():
    """1 200 and 800 EUR: of 2 000 EUR, which exceeds 2 S, a third is taken, 666.67: 400.00 and 266.67 by their nets."""
    first = distraint(Decimal("1200.00"), Distraint(after=Decimal("800.00")), PAID_ON)
    second = distraint(Decimal("800.00"), Distraint(before=Decimal("1200.00")), PAID_ON)
    assert (first.amount, second.amount) == (Decimal("400.00"), Decimal("266.67"))
    assert dict(first.working.inputs)["payday_net"] == "2000.00"
    assert dict(second.working.inputs)["payday_distraint"] == "666.67"


def test_alone_neither_of_them_would_have_been_distrained_as_much():
    alone = distraint(Decimal("800.00"), Distraint(), PAID_ON)
    assert alone.amount == Decimal("0.00")


def test_a_second_run_of_the_payday_takes_what_the_first_did_not():
    """1 200 EUR were paid and 142.40 taken (2/3 of 213.60); 800 more make 2 000, of which 666.67 are due."""
    later = distraint(Decimal("800.00"), Distraint(made=Decimal("1200.00"), taken=Decimal("142.40")), PAID_ON)
    assert later.amount == Decimal("524.27")
    assert dict(later.working.inputs)["payday_taken"] == "142.40"


def test_the_authoritys_own_instructions_go_before_the_scale():
    ordered = Distraint(amount=Decimal("150.00"))
    assert distraint(Decimal("800.00"), ordered, date(2026, 6, 30)).amount == Decimal("150.00")  # no figure is asked
    assert distraint(Decimal("90.00"), ordered, date(2026, 6, 30)).amount == Decimal("90.00")


@given(st.lists(euros, min_size=1, max_size=5), st.integers(0, 3), st.booleans())
def test_the_parts_of_a_payday_add_up_and_exceed_no_payslip(nets: list[Decimal], dependants: int, half: bool):
    order = Distraint(dependants, half)
    whole = distraint(sum(nets, Decimal("0.00")), order, PAID_ON).amount
    parts = [
        distraint(
            net,
            replace(order, before=sum(nets[:at], Decimal("0.00")), after=sum(nets[at + 1 :], Decimal("0.00"))),
            PAID_ON,
        ).amount
        for at, net in enumerate(nets)
    ]
    assert sum(parts) == whole
    assert all(0 <= part <= net for part, net in zip(parts, nets, strict=True))


def test_the_payday_of_a_payee_is_distrained_once():
    """Two contracts of 8 care days at 250.00 EUR: what is taken in all is what one payslip of the sum would lose."""
    sheet = month(*care(*range(1, 9)), rates={"care": "250.00"})
    plain = replace(facts(sheet), paid_on=PAID_ON)
    plain = replace(plain, tax_card=replace(plain.tax_card, valid_from=date(2025, 1, 1)))  # type: ignore[type-var]
    results = [pay(plain), pay(plain)]
    orders = over_payday(results, Distraint(dependants=1))
    made = [pay(replace(plain, distraint=order)) for order in orders]
    taken = [each.deduction(DeductionCode.DISTRAINT) for each in made]
    bases = [base(each.lines, each.deductions) for each in results]
    assert sum(taken) == distraint(sum(bases), Distraint(dependants=1), PAID_ON).amount > 0
    assert abs(taken[0] - taken[1]) <= Decimal("0.01")
    assert [base(each.lines, each.deductions) for each in made] == bases  # distraint does not lower its own base


def test_dues_of_an_amount_take_no_more_than_is_left():
    sheet = month(*care(1), rates={"care": "100.00"})
    asked = replace(facts(sheet), union_amount=Decimal("30.00"), fund_amount=Decimal("500.00"))
    made = pay(asked)
    assert made.deduction(DeductionCode.UNION_DUES) == Decimal("30.00")
    assert made.net == Decimal("0.00")
    assert made.deduction(DeductionCode.FUND_FEE) > 0


def test_a_plan_leaves_the_net_that_it_protects():
    """BEY-9: instalments with protected income."""
    sheet = month(*care(*range(1, 9)), rates={"care": "100.00"})
    asked = replace(facts(sheet), recovery=Decimal("300.00"), recovery_leaves=Decimal("500.00"))
    free = pay(replace(asked, recovery_leaves=Decimal("0.00")))
    made = pay(asked)
    assert free.net < 500
    assert Decimal("500.00") <= made.net < Decimal("500.02")
    (line,) = [each for each in made.lines if each.code == "RECOVERY"]
    assert -300 < line.amount < 0
    assert pay(replace(asked, recovery_leaves=Decimal("2000.00"))).gross == 800  # nothing is set off
