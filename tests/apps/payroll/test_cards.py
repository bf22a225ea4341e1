"""Tax cards: PAY-2, PAY-12, and which card holds on which day."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from palkkio.core.clock import HELSINKI
from palkkio.core.payslip import ContractKind, TaxCardKind
from palkkio.core.problems import InvalidInput, NotAllowed
from palkkio.payroll import actions
from palkkio.payroll.queries import payslip_view, tax_card_on
from tests import factories
from tests.apps.payroll.scene import (
    APRIL,
    IN_MAY,
    MAY,
    NOW,
    PAYDAY_OF_APRIL,
    card,
    money,
    payroll,
    proposal,
)

pytestmark = pytest.mark.django_db
INFORMAL = TaxCardKind.INFORMAL_CARE


def withheld(house, contract, days=10):
    house.month(contract, days)
    (slip,) = house.paid()
    return slip.withholding


def test_the_latest_card_valid_on_the_payday_is_used():
    house = payroll()
    contract = house.contract(card=False)
    person = contract.carer_id
    house.card(person, "10")
    house.card(person, "20", first=date(2026, 6, 30))
    house.card(person, "40", first=date(2026, 7, 1))
    assert withheld(house, contract) == money("195.10")


def test_a_card_of_another_kind_of_contract_is_not_used():
    """PAY-2: cards go by kind of contract."""
    house = payroll()
    contract = house.contract(card=False)
    house.card(contract.carer_id, "10", kind=TaxCardKind.WORK_COMPENSATION)
    house.month(contract)
    run = house.propose()
    assert proposal(run, contract).problem_codes == ["NO_TAX_CARD"]


def test_the_ceiling_counts_this_years_pay_from_the_cards_first_day():
    """12 % up to 1 500 EUR, 30 % above: April's 975.50 leave 524.50 of May's 975.50."""
    house = payroll()
    contract = house.contract(card=False)
    house.card(contract.carer_id, "12", ceiling="1500")
    house.month(contract, 10, APRIL)
    house.paid(PAYDAY_OF_APRIL, IN_MAY)
    house.month(contract, 10, MAY)
    (slip,) = house.paid()
    assert slip.withholding == money("198.24")  # 524.50 × 12 % + 451.00 × 30 %
    assert payslip_view(slip).card.accumulated == money("975.50")
    assert payslip_view(slip).year_to_date.gross == money("1951.00")


def test_a_changed_card_counts_from_its_own_first_day():
    house = payroll()
    contract = house.contract(card=False)
    house.card(contract.carer_id, "12", ceiling="1500")
    house.month(contract, 10, APRIL)
    house.paid(PAYDAY_OF_APRIL, IN_MAY)
    house.card(contract.carer_id, "12", ceiling="1500", first=date(2026, 6, 1))
    house.month(contract, 10, MAY)
    (slip,) = house.paid()
    assert slip.withholding == money("117.06")


def test_what_was_paid_before_this_system_counts():
    house = payroll()
    contract = house.contract(card=False)
    house.card(contract.carer_id, "12", ceiling="1500", accumulated_before="1500")
    assert withheld(house, contract) == money("292.65")


def test_payslips_of_one_payday_use_up_a_shared_ceiling_in_contract_number_order():
    """PAY-12."""
    house = payroll()
    carer = factories.carer(house.place)
    house.card(carer.person_id, "12", ceiling="1000")
    first = house.contract(carer=carer, card=False)
    second = house.contract(carer=carer, card=False)
    house.month(second)
    house.month(first)
    slips = {slip.contract_id: slip for slip in house.paid()}
    assert slips[first.pk].number < slips[second.pk].number
    assert slips[first.pk].withholding == money("117.06")
    assert slips[second.pk].withholding == money("288.24")  # 24.50 × 12 % + 951.00 × 30 %


def test_contracts_of_other_kinds_do_not_share_a_ceiling():
    house = payroll()
    carer = factories.carer(house.place)
    house.card(carer.person_id, "12", ceiling="1000")
    house.card(carer.person_id, "12", ceiling="1000", kind=TaxCardKind.WORK_COMPENSATION)
    house.month(house.contract(carer=carer, card=False))
    house.month(house.contract(carer=carer, card=False, kind=ContractKind.OTHER_COMMISSION))
    assert [slip.withholding for slip in house.paid()] == [money("117.06"), money("117.06")]


def test_without_a_card_it_is_red_and_set_aside_it_pays_at_sixty_per_cent():
    """PAY-2: no card is red before approval; set aside by a clerk it pays at the statutory 60 %."""
    house = payroll()
    contract = house.contract(card=False)
    house.month(contract)
    run = house.propose()
    assert proposal(run, contract).is_blocked
    actions.set_aside(run.pk, contract.pk, "NO_TAX_CARD", by=house.approver, at=NOW, reason="Card is on its way")
    assert not proposal(run, contract).is_blocked
    (slip,) = house.produce(run)
    assert slip.withholding == money("585.30")
    assert slip.tax_card is None


def test_a_card_keyed_in_while_the_run_waits_repairs_the_proposal():
    """PAY-2: staff can key in a card from paper."""
    house = payroll()
    contract = house.contract(card=False)
    house.month(contract)
    run = house.propose()
    actions.record_tax_card(
        contract.carer_id,
        by=house.proposer,
        at=NOW,
        kind=INFORMAL.value,
        first=date(2026, 6, 1),
        base=Decimal("15.5"),
        ceiling=Decimal(10000),
        additional=Decimal(35),
    )
    run.refresh_from_db()
    assert run.proposal == 2
    assert not proposal(run, contract).is_blocked
    (slip,) = house.produce(run)
    assert slip.withholding == money("151.20")


def test_in_january_the_last_card_of_the_old_year_holds_with_its_accumulation_begun_anew():
    house = payroll()
    contract = house.contract(card=False)
    old = card(house.place, contract.carer_id, "12", accumulated_before="29000")
    assert tax_card_on(contract.carer_id, INFORMAL, date(2027, 1, 29)) == old
    assert tax_card_on(contract.carer_id, INFORMAL, date(2027, 2, 26)) is None
    from palkkio.payroll.past import accumulated

    assert accumulated(old, date(2027, 1, 29), {}) == 0
    assert accumulated(old, date(2026, 12, 31), {}) == 29000


def test_a_card_that_cannot_be_is_refused_beside_its_field():
    house = payroll()
    contract = house.contract(card=False)
    at = datetime(2026, 6, 8, tzinfo=HELSINKI)
    with pytest.raises(InvalidInput) as refused:
        actions.record_tax_card(
            contract.carer_id,
            by=house.proposer,
            at=at,
            kind="salary",
            first=date(2026, 6, 1),
            last=date(2026, 5, 1),
            base=Decimal(120),
            ceiling=Decimal(-1),
            additional=Decimal(30),
        )
    assert {error.field for error in refused.value.errors} == {
        "kind",
        "last",
        "base",
        "ceiling",
        "accumulates_from",
    }


def test_a_clerk_does_not_key_in_their_own_card():
    house = payroll()
    with pytest.raises(NotAllowed):
        actions.record_tax_card(
            house.proposer.person_id,
            by=house.proposer,
            at=NOW,
            kind=INFORMAL.value,
            first=date(2026, 6, 1),
            base=Decimal(1),
            ceiling=None,
            additional=Decimal(1),
        )


def test_pay_made_for_a_later_day_counts_against_the_ceiling_too():
    """An extra run of the 15th, made after the run of the 30th, does not use the same part of the ceiling again."""
    house = payroll()
    carer = factories.carer(house.place)
    house.card(carer.person_id, "12", ceiling="975.50")
    first, second = house.contract(carer=carer, card=False), house.contract(carer=carer, card=False)
    house.month(first)
    house.paid()
    house.month(second)
    (slip,) = house.paid(date(2026, 6, 15), only_contracts=[second.pk])
    assert slip.withholding == money("292.65")
