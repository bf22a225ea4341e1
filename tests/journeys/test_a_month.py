"""A carer's month: calendar → confirmation → review → run approved by a second person → payslip, bank file, report.

Four people, in Finnish, in a phone-sized and in a desktop-sized window.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

import pytest
from lxml import etree

from tests import factories
from tests.apps.payroll.scene import NOW, payroll
from tests.journeys import steps

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.apps.payroll.scene import Payroll

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

SIZES = {"phone": {"width": 360, "height": 740, "touch": True}, "desktop": {"width": 1280, "height": 800}}
ACCOUNTS = {"CARE_DAY": "4520", "WITHHOLDING": "2920", "PENSION": "2921", "NET": "2980"}


@pytest.fixture
def house(transactional_db: None) -> Payroll:
    """A county with one carer, whose month of May has not begun to be recorded."""
    from palkkio.entries.actions import ensure_sheets
    from palkkio.reporting import actions as reporting

    house = payroll()
    administrator = factories.administrator(house.place)
    for code, account in ACCOUNTS.items():
        reporting.map_account(by=administrator, at=NOW, contract_kind="", code=code, account=account, first="1.1.2026")
    house.contract(name="Mallikas")
    for staff in (house.handler, house.proposer, house.approver):
        factories.app(staff)
    ensure_sheets(house.place.id, today=factories.TODAY)
    return house


def email_of(account_id: int) -> str:
    from palkkio.accounts.queries import account

    return account(account_id).email


def email_of_person(person_id: int) -> str:
    from palkkio.accounts.queries import account_of

    account = account_of(person_id)
    assert account is not None
    return account.email


@pytest.mark.parametrize("size", ["phone", pytest.param("desktop", marks=pytest.mark.long)])
def test_a_carers_month_goes_from_the_calendar_to_the_bank_account(
    house: Payroll, open_page: Callable[..., Page], database_url: str, size: str
) -> None:
    window = SIZES[size]
    work = partial(steps.worker_takes_its_turn, database_url) if size == "desktop" else steps.worker_in_this_process

    # Given a carer who records two care days of May and confirms the period (CARE-3, CARE-5, CARE-8)
    carer = open_page(**window)
    steps.sign_in(carer, email_of_person(house.contracts[0].carer_id))
    if "/me/check" in carer.url:
        carer.get_by_role("button", name="Oikein").click()
    carer.goto("/periods/")
    steps.follow(carer, carer.locator("main a", has_text="Toukokuu 2026").first)
    carer.get_by_role("button", name="Monisyöttö").click()
    for day in ("2026-05-15", "2026-05-16"):
        carer.locator(f'label.day:has(input[value="{day}"])').click()
    carer.get_by_role("button", name="Muokkaa päiviä").click()
    carer.locator("#calendar .panel").get_by_text("Hoitopäivä", exact=True).click()
    carer.get_by_role("button", name="Tallenna ja sulje").click()
    carer.get_by_text("Tallennettu").first.wait_for()
    carer.get_by_role("button", name="Vahvista").click()
    carer.get_by_text("Hyvinvointialue tarkistaa").first.wait_for()
    sheet_address = carer.url

    # when a handler reviews it (CARE-9)
    handler = open_page(**window)
    steps.sign_in(handler, email_of(house.handler.account_id))
    handler.goto("/desk/queue/?view=confirmed")
    handler.locator("#review tbody a", has_text="Mallikas").first.click()
    handler.locator("#queue-detail").get_by_role("button", name=steps.words("Review the period")).click()
    handler.locator("[role=status]", has_text="1").first.wait_for()
    sheet_id = int(sheet_address.rstrip("/").split("/")[-1])
    assert _state(sheet_id) == "reviewed"

    # and a payroll clerk proposes the run (PAY-7)
    proposer = open_page(**window)
    steps.sign_in(proposer, email_of(house.proposer.account_id))
    proposer.goto("/desk/runs/")
    steps.follow(proposer, proposer.get_by_role("button", name=steps.words("Propose the run")).first)
    run_address = proposer.url
    work()
    proposer.goto(run_address)
    assert proposer.locator(".gate button[aria-disabled=true]").count() == 1  # who proposed does not approve

    # and another one approves it
    approver = open_page(**window)
    steps.sign_in(approver, email_of(house.approver.account_id))
    approver.goto(run_address)
    steps.follow(approver, approver.locator(".gate form button").first)
    work()
    approver.goto(run_address)
    payment_file = steps.download(approver, 'a[href*="/files/"]:has-text("Maksu")')
    report = steps.download(approver, 'a[href*="/files/"]:has-text("tulorekisteri")')
    approver.get_by_role("button", name=steps.words("Mark as given to the bank")).click()

    # then the carer sees the money, and payslip, bank file and report say the same
    carer.goto("/payslips/")
    steps.follow(carer, carer.locator("main a[href^='/payslips/']").first)
    payslip = steps.text_of(steps.download(carer, 'a[href$="/pdf/"]'))
    (paid,) = steps.amounts_of(payment_file).values()
    assert paid == Decimal("157.45")  # 195.10 less 12 % 23.41 and 7.30 % 14.24
    assert steps.written(paid) in payslip
    sums = {
        each.findtext(".//TransactionCode"): each.findtext(".//Amount")
        for each in etree.fromstring(report).iter("Transaction")
    }
    assert sums == {"319": "195.10", "402": "23.41", "413": "14.24"}
    carer.goto(sheet_address)
    assert "30.6." in carer.locator(".flow-say").first.inner_text()


def _state(sheet_id: int) -> str:
    from palkkio.entries.models import Sheet

    return Sheet.objects.get(pk=sheet_id).state
