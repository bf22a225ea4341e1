"""An assistant's half month: phone → approval on the 18th → run → payslip, bank file, report of the household.

In Finnish. The assistant sees no alert that follows from what is granted (EMP-4); the employer sees it and says why the
hours are right (R13).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from lxml import etree

from palkkio.core.clock import Clock
from palkkio.core.payslip import ContractKind, TaxCardKind
from palkkio.core.viewer import RoleKind
from tests import factories
from tests.apps.payroll.scene import payroll
from tests.journeys import steps
from tests.journeys.test_a_month import SIZES, email_of, email_of_person
from tests.web_portal.scene import map_accounts

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.apps.payroll.scene import Payroll

pytestmark = [pytest.mark.journey, pytest.mark.long, pytest.mark.django_db(transaction=True)]
DEADLINE = date(2026, 5, 18)


@pytest.fixture
def house(transactional_db: None, settings: Any) -> Payroll:
    """A household employer who is in order, with an assistant and a decision of 30 hours a month between 8 and 20."""
    from palkkio.entries.actions import ensure_sheets

    settings.PALKKIO_CLOCK = Clock(DEADLINE)
    house = payroll()
    map_accounts(house.place)
    factories.pays(house.place, ContractKind.PERSONAL_ASSISTANCE, values=factories.HALVES)
    eero, aino = factories.person(house.place, "Eero", "Työnantaja"), factories.person(house.place, "Aino", "Avustaja")
    factories.viewer(eero, RoleKind.EMPLOYER)
    factories.viewer(aino, RoleKind.ASSISTANT)
    factories.bank_account(aino)
    contract = factories.assistance(
        house.place, aino, employer=eero, rates={"hourly": "14.50"}, agreement="statute", first=date(2026, 5, 4)
    )
    house.contracts.append(contract)
    house.card(aino.pk, kind=TaxCardKind.WAGE)
    factories.open_gate(house.place, eero)
    factories.decision(house.place, eero)
    for staff in (house.proposer, house.approver):
        factories.app(staff)
    ensure_sheets(house.place.id, today=DEADLINE)
    return house


def test_a_half_month_goes_from_the_phone_to_the_bank_account(
    house: Payroll, open_page: Callable[..., Page], database_url: str
) -> None:
    (contract,) = house.contracts

    # Given an assistant who records two shifts on a phone; one that overlaps is refused beside its field (EMP-1)
    assistant = open_page(**SIZES["phone"])
    come_in(assistant, contract.carer_id)
    assistant.goto("/periods/")
    steps.follow(assistant, assistant.locator("main a", has_text="1.–15.5.2026").first)
    sheet_address = assistant.url
    add_shift(assistant, sheet_address, "2026-05-12", "8.00", "12.00")
    add_shift(assistant, sheet_address, "2026-05-12", "11.00", "13.00")
    assistant.locator(".error-summary, [role=alert]").first.wait_for()
    add_shift(assistant, sheet_address, "2026-05-13", "18.00", "21.00")
    assistant.get_by_text("7 h", exact=True).first.wait_for()
    assert assistant.locator("#alerts-title").count() == 0  # the time that is granted ends at 20

    # when the employer sees the alert, and approves with a written reason on the last day (EMP-2, EMP-5, R13)
    employer = open_page(**SIZES["desktop"])
    come_in(employer, contract.employer_id)
    employer.goto("/hours/")
    steps.follow(employer, employer.locator("main .listed a", has_text="Aino Avustaja").first)
    assert "20" in employer.locator(".alerts").first.inner_text()
    employer.locator("textarea[name=confirmation]").fill("Sovittu ilta, kysyin sosiaalityöntekijältä.")
    employer.get_by_role("button", name=steps.words("Approve the hours")).click()
    employer.locator("main .listed", has_text=steps.words("Approved")).first.wait_for()

    # and payroll pays it on the last day of the month with a second person's approval (EMP-2, PAY-7)
    proposer = open_page(**SIZES["desktop"])
    steps.sign_in(proposer, email_of(house.proposer.account_id))
    proposer.goto("/desk/runs/")
    steps.follow(proposer, proposer.get_by_role("button", name=steps.words("Propose the run")).first)
    run_address = proposer.url
    steps.worker_takes_its_turn(database_url, today=DEADLINE)
    approver = open_page(**SIZES["desktop"])
    steps.sign_in(approver, email_of(house.approver.account_id))
    approver.goto(run_address)
    assert "29.5.2026" in approver.locator("h1").first.inner_text()
    steps.follow(approver, approver.locator(".gate form button").first)
    steps.worker_takes_its_turn(database_url, today=DEADLINE)
    approver.goto(run_address)
    payment_file = steps.download(approver, 'a[href*="/files/"]:has-text("Maksu")')
    report = etree.fromstring(report_of_the_household(run_address, contract.employer_id))

    # then bank file, report and payslip say the same, and the household is the employer (PAY-6, PAY-9, EMP-12)
    (paid,) = steps.amounts_of(payment_file).values()
    assert paid == Decimal("81.01")  # 101.50 less 12 % 12.18, 7.30 % 7.41 and 0.89 % 0.90
    assert b"<Cd>SALA</Cd>" in payment_file
    sums = {each.findtext(".//TransactionCode"): each.findtext(".//Amount") for each in report.iter("Transaction")}
    assert sums == {"201": "101.50", "402": "12.18", "413": "7.41", "414": "0.90"}
    assistant.goto("/payslips/")
    assistant.locator("main a[href^='/payslips/']").first.click()
    assert steps.written(paid) in steps.text_of(steps.download(assistant, 'a[href$="/pdf/"]'))
    employer.goto("/costs/")
    costs = employer.locator("main").inner_text()
    assert "101,50" in costs
    assert "81,01" not in costs
    assistant.goto(sheet_address)
    assert "29.5." in assistant.locator(".flow-say").first.inner_text()


def report_of_the_household(run_address: str, employer_id: int) -> bytes:
    """The one delivery of the run: in the household's name, not in that of the county that pays."""
    from palkkio.documents.queries import content
    from palkkio.reporting.models import Delivery

    made = Delivery.objects.get(run=int(run_address.rstrip("/").rpartition("/")[2]))
    assert made.employer_id == employer_id
    return content(made.file)


def come_in(page: Page, person_id: int) -> None:
    steps.sign_in(page, email_of_person(person_id))
    if "/me/check" in page.url:
        page.get_by_role("button", name="Oikein").click()


def add_shift(page: Page, sheet_address: str, day: str, start: str, end: str) -> None:
    page.goto(f"{sheet_address}shifts/add/?day={day}")
    page.locator("[name=start]").fill(start)
    page.locator("[name=end]").fill(end)
    page.get_by_role("button", name=steps.words("Save the shift")).click()
