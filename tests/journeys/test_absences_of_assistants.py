"""An assistant falls ill and another stands in; an assistant takes leave; an employer approves late. In Finnish."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from palkkio.core.days import halves
from palkkio.entries.actions.leave import adjust_leave
from tests import factories
from tests.apps.payroll.scene import MAY
from tests.journeys import steps
from tests.journeys.household import (
    ONLY_ASSISTANTS,
    at_desk,
    half_month,
    household,
    moment,
    on_phone,
    press,
    shown,
)
from tests.journeys.test_a_half_month import add_shift
from tests.journeys.test_a_month import email_of

if TYPE_CHECKING:
    from playwright.sync_api import FilePayload, Page

pytestmark = [pytest.mark.journey, pytest.mark.long, pytest.mark.django_db(transaction=True)]
DEADLINE = date(2026, 5, 18)
FIRST, SECOND = halves(MAY)
SCAN: FilePayload = {"name": "todistus.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 todistus"}


def approve(employer: Page, name: str) -> None:
    """The employer opens an assistant's hours, which no alert stands on, and approves them."""
    employer.goto("/hours/")
    employer.locator("main .listed a", has_text=name).first.click()
    assert employer.locator(".alerts").count() == 0
    press(employer, "Approve the hours")
    employer.locator("main .listed", has_text=steps.words("Approved")).first.wait_for()


def newest_payslip(assistant: Page) -> str:
    assistant.goto("/payslips/")
    assistant.locator("main a[href^='/payslips/']").first.click()
    assistant.locator("main h1").wait_for()
    return shown(assistant)


def test_the_sick_one_gets_sick_pay_and_the_substitute_pay_for_own_shifts(
    transactional_db: None, open_page: Callable[..., Page], settings: Any
) -> None:
    """EMP-7, R16, R20."""
    home = household(settings, DEADLINE)

    # Given an assistant who planned three shifts, and reports on the phone that four days went by ill
    aila = on_phone(open_page, home.aila.carer_id)
    hers = half_month(aila, "1.–15.5.2026")
    for day in ("2026-05-11", "2026-05-12", "2026-05-13"):
        add_shift(aila, hers, day, "10", "14")
    aila.goto(hers)
    aila.get_by_role("link", name=steps.words("Report sick leave")).click()
    aila.locator("[name=first]").fill("11.5.2026")
    aila.locator("[name=last]").fill("14.5.2026")
    press(aila, "Send to the county")

    # then the certificate is asked, sent in, and the shifts stand as planned and not worked
    aila.locator("#id_file").set_input_files(SCAN)
    press(aila, "Send the certificate")
    aila.get_by_role("link", name=steps.words("Open the attachment")).wait_for()
    reported = aila.url
    aila.goto(hers)
    assert shown(aila).count(steps.words("planned, not worked")) == 3

    # when the substitute enters own shifts at the same times in an own calendar
    yrjo = on_phone(open_page, home.yrjo.carer_id)
    his = half_month(yrjo, "1.–15.5.2026")
    for day in ("2026-05-11", "2026-05-12"):
        add_shift(yrjo, his, day, "10", "14")

    # and staff accept the illness with its certificate
    handler = open_page(width=1280, height=800)
    factories.app(home.house.handler)
    steps.sign_in(handler, email_of(home.house.handler.account_id))
    handler.goto("/desk/changes/")
    handler.locator("main table a, main .listed a").first.click()
    handler.get_by_role("link", name=steps.words("Open the attachment")).wait_for()
    press(handler, "Accept the change")
    handler.wait_for_url("**/desk/changes/")
    aila.goto(reported)
    assert steps.words("Accepted") in shown(aila)

    # and the employer approves both: two who do not work at once are no overlap
    employer = at_desk(open_page, home.employer_id)
    approve(employer, "Aila Avustaja")
    approve(employer, "Yrjö Avustaja")

    # then both are paid: the planned hours as sick pay, the substitute's as worked
    slips = home.house.paid(date(2026, 5, 29), moment(5, 20), **ONLY_ASSISTANTS)
    gross = {slip.contract_id: slip.gross for slip in slips}
    assert gross == {home.aila.pk: Decimal("174.00"), home.yrjo.pk: Decimal("116.00")}  # 12 and 8 hours at 14.50
    home.today_is(date(2026, 6, 1))
    for page, sum_ in ((aila, "174,00"), (yrjo, "116,00")):
        assert sum_ in newest_payslip(page)


def test_leave_is_taken_down_to_what_is_earned_and_paid(
    transactional_db: None, open_page: Callable[..., Page], settings: Any
) -> None:
    """EMP-6, R15: two weekdays of the year before are left; 12 000 / 200 is 60 a day, of which two days give 1.8."""
    june = date(2026, 6, 3)
    home = household(settings, june, first=date(2026, 4, 1), employed_since=date(2025, 4, 1))
    opening = {"kind": "opening", "year": "1.4.2025", "days": "2", "pay": "12000", "days_worked": "200"}
    told = {**opening, "reason": "Edellisen palkanmaksajan luettelo 31.3.2026"}
    for contract in (home.aila, home.yrjo):
        adjust_leave(contract.pk, by=home.house.proposer, at=moment(6, 1), values=told)

    # Given an assistant who sees two days that are earned
    aila = on_phone(open_page, home.aila.carer_id)
    aila.goto(f"/contracts/{home.aila.pk}/")
    assert "2 arkipäivää" in shown(aila)

    # when two are ticked, and a third one
    hers = half_month(aila, "16.–31.5.2026")
    add_shift(aila, hers, "2026-05-21", "10", "14")
    aila.goto(hers)
    for name in ("ma 18.5.", "ti 19.5.", "ke 20.5."):
        day = aila.locator("#days li", has=aila.locator("b", has_text=name))
        day.locator("form button").click()
        aila.locator("#days").wait_for()

    # then the third one is refused in words, and nothing is left
    assert aila.locator("#days .chip", has_text=steps.words("Leave day")).count() == 2
    aila.goto(f"/contracts/{home.aila.pk}/")
    assert "0 arkipäivää" in shown(aila)

    # when the employer approves and the half month is paid
    employer = at_desk(open_page, home.employer_id)
    approve(employer, "Aila Avustaja")
    (slip,) = home.house.paid(date(2026, 6, 15), moment(6, 5), **ONLY_ASSISTANTS)
    assert slip.gross == Decimal("166.00")  # 4 hours at 14.50 and 108.00
    home.today_is(date(2026, 6, 15))

    # then the payslip says what the leave was paid
    assert "108,00" in newest_payslip(aila)


def test_hours_approved_late_are_paid_on_the_next_payday_under_their_own_half_month(
    transactional_db: None, open_page: Callable[..., Page], settings: Any
) -> None:
    """EMP-2, R5."""
    home = household(settings, DEADLINE)
    aila = on_phone(open_page, home.aila.carer_id)
    hers = half_month(aila, "1.–15.5.2026")
    add_shift(aila, hers, "2026-05-12", "10", "14")

    # Given hours that nobody approved by the 18th
    home.today_is(date(2026, 5, 30))
    assert home.house.propose(date(2026, 5, 29), moment(5, 20), **ONLY_ASSISTANTS).proposals.count() == 0

    # when the employer approves them, told that they are late
    employer = at_desk(open_page, home.employer_id)
    employer.goto("/hours/")
    assert "ma 18.5." in shown(employer)
    approve(employer, "Aila Avustaja")

    # then they go to the next payday
    aila.goto(hers)
    assert "15.6." in aila.locator(".flow-say").first.inner_text()
    (slip,) = home.house.paid(date(2026, 6, 15), moment(6, 5), **ONLY_ASSISTANTS)
    assert [line.period for line in slip.lines.all()] == [FIRST]
    home.today_is(date(2026, 6, 15))
    paid = newest_payslip(aila)
    assert "15.6.2026" in paid
    assert "1.–15.5.2026" in paid
