"""What a sheet will pay and what became of it: BEY-3, BEY-4, CARE-10."""

from __future__ import annotations

from datetime import date

import pytest

from palkkio.core.payslip import DayType
from palkkio.payroll import actions
from palkkio.payroll.queries import preview, runs_of_sheets
from palkkio.payroll.values import Missing
from tests import factories
from tests.apps.entries.scene import sheet_of
from tests.apps.payroll.scene import (
    APRIL,
    IN_MAY,
    MAY,
    NOW,
    PAYDAY,
    PAYDAY_OF_APRIL,
    PAYDAY_OF_JUNE,
    money,
    payroll,
)

pytestmark = pytest.mark.django_db
TODAY = factories.TODAY


def test_while_entering_one_sees_gross_net_payday_and_what_is_missing():
    """BEY-3."""
    house = payroll()
    contract = house.contract()
    sheet = sheet_of(contract)
    empty = preview(sheet, today=TODAY)
    assert (empty.gross, empty.net) == (money("0.00"), money("0.00"))
    assert empty.missing == (Missing.ENTRIES, Missing.CONFIRMATION, Missing.REVIEW)
    house.enter(sheet, 10)
    found = preview(sheet, today=TODAY)
    assert (found.gross, found.withholding, found.pension, found.net) == (
        money("975.50"),
        money("117.06"),
        money("71.21"),
        money("787.23"),
    )
    assert (found.payday, found.deadline, found.is_late) == (PAYDAY, date(2026, 6, 3), False)
    assert found.missing == (Missing.CONFIRMATION, Missing.REVIEW)
    assert found.card.base == 12
    house.review(sheet)
    sheet.refresh_from_db()
    assert preview(sheet).missing == ()
    (slip,) = house.paid()
    assert slip.net == found.net


def test_a_missing_card_and_account_are_told_before_the_run():
    house = payroll()
    person = factories.person(house.place, identity_code="")
    contract = house.contract(carer=factories.viewer(person, factories.RoleKind.CARER), card=False)
    sheet = sheet_of(contract)
    house.enter(sheet, 1)
    found = preview(sheet, today=TODAY)
    assert found.missing[2:] == (Missing.TAX_CARD, Missing.BANK_ACCOUNT, Missing.IDENTITY_CODE)
    assert found.withholding == money("58.53")
    actions.hold_person(contract.carer_id, by=house.proposer, at=NOW, reason="Wait")
    assert Missing.HOLD in preview(sheet, today=TODAY).missing


def test_where_a_rate_is_missing_the_known_lines_are_shown_and_no_net():
    house = payroll()
    sheet = sheet_of(house.contract())
    house.enter(sheet, {DayType.CARE: [1, 2], DayType.TRAINING: [3]})
    found = preview(sheet, today=TODAY)
    assert (found.gross, found.net) == (money("195.10"), None)
    assert Missing.RATE in found.missing
    assert found.problems == ("CONTRACT_TERM_MISSING",)


def test_what_misses_the_run_goes_to_the_next_one_and_says_so():
    """CARE-10: what misses the run goes to the next one and the page says so."""
    house = payroll()
    contract, late = house.contract(), house.contract(name="Myöhäinen")
    house.month(contract)
    sheet = sheet_of(late)
    house.enter(sheet, 1)
    run = house.propose()
    assert not preview(sheet, today=TODAY).is_late
    house.approve(run)
    found = preview(sheet, today=TODAY)
    assert (found.payday, found.is_late) == (PAYDAY_OF_JUNE, True)
    assert preview(sheet, today=date(2026, 7, 1)).payday == PAYDAY_OF_JUNE
    assert preview(sheet).payday == PAYDAY


def test_a_correction_previews_the_difference():
    house = payroll()
    contract = house.contract()
    april = house.month(contract, 10, APRIL)
    house.paid(PAYDAY_OF_APRIL, IN_MAY)
    house.enter(april, 12)
    found = preview(april, today=TODAY)
    assert (found.gross, found.is_correction, found.payday) == (money("195.10"), True, PAYDAY)
    house.enter(april, 9)
    found = preview(april, today=TODAY)
    assert (found.gross, found.receivable) == (money("0.00"), money("97.55"))


def test_where_the_money_is_follows_the_run():
    """BEY-4: in a run, then settled by a payslip."""
    house = payroll()
    contract = house.contract()
    sheet = house.month(contract)
    other = sheet_of(contract, APRIL)
    assert runs_of_sheets([sheet.pk, other.pk]) == {}
    run = house.propose()
    pay = runs_of_sheets([sheet.pk, other.pk])
    assert list(pay) == [sheet.pk]
    assert (pay[sheet.pk].run_state, pay[sheet.pk].payday, pay[sheet.pk].is_settled) == ("proposed", PAYDAY, False)
    house.approve(run)
    assert runs_of_sheets([sheet.pk])[sheet.pk].run_state == "approved"
    actions.produce_payslips(run.pk, at=NOW)
    actions.finish_run(run.pk, at=NOW)
    pay = runs_of_sheets([sheet.pk])
    assert (pay[sheet.pk].is_settled, pay[sheet.pk].net, pay[sheet.pk].revision) == (True, money("787.23"), 1)
    house.correct(sheet, 12)
    house.propose(is_extra=True)
    pay = runs_of_sheets([sheet.pk])[sheet.pk]
    assert (pay.is_settled, pay.revision, pay.run_state, pay.net) == (False, 2, "proposed", money("787.23"))


def test_a_sheet_left_out_of_a_run_is_not_in_it():
    house = payroll()
    contract = house.contract()
    sheet = house.month(contract)
    house.propose()
    actions.hold_person(contract.carer_id, by=house.proposer, at=NOW, reason="Wait")
    assert runs_of_sheets([sheet.pk]) == {}
    assert sheet.period == MAY
