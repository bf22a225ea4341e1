"""Assistants are paid twice a month, by the same run as carers (EMP-2, PAY-6)."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from palkkio.core.clock import HELSINKI
from palkkio.core.days import DateRange, halves
from palkkio.core.payslip import ContractKind, TaxCardKind
from palkkio.core.viewer import RoleKind
from palkkio.entries.models import Sheet, Shift
from palkkio.entries.queries import sheets_due
from palkkio.messages.actions import send_reminders
from palkkio.messages.queries import notices_of
from palkkio.payroll.queries import preview, proposals, scheduled_paydays
from tests import factories
from tests.apps.payroll.scene import MAY, Payroll, payroll

pytestmark = pytest.mark.django_db
FIRST, SECOND = halves(MAY)
MIDDLE_OF_JUNE = date(2026, 6, 15)


def on(month: int, day: int) -> datetime:
    return datetime(2026, month, day, 10, tzinfo=HELSINKI)


def assistants_sheets(house: Payroll) -> tuple[Sheet, Sheet]:
    """Both halves of May of one assistant, with a shift of eight hours in each; nobody has approved them."""
    factories.pays(house.place, ContractKind.PERSONAL_ASSISTANCE, values=factories.HALVES)
    person = factories.person(house.place, "Aino", "Avustaja")
    factories.viewer(person, RoleKind.ASSISTANT)
    factories.bank_account(person)
    contract = factories.assistance(house.place, person.pk, rates={"hourly": "14.50"}, agreement="statute")
    factories.open_gate(house.place, contract.employer_id)
    house.card(person.pk, kind=TaxCardKind.WAGE)
    sheets = []
    for half, day in ((FIRST, 5), (SECOND, 19)):
        sheet = Sheet.objects.create(organisation_id=house.place.id, contract=contract, period=half)
        moments = (datetime(2026, 5, day, hour, tzinfo=HELSINKI) for hour in (8, 16))
        factories.shift(sheet, *moments)
        sheets.append(sheet)
    return sheets[0], sheets[1]


def test_each_half_is_paid_on_its_own_day_by_the_run_of_that_day():
    """EMP-2, R4: days 1 to 15 on the last day of the month, the rest on the 15th of the next."""
    house = payroll()
    first, second = assistants_sheets(house)
    rows = {row.payday: row for row in scheduled_paydays(house.place.id, date(2026, 5, 18))}
    assert rows[date(2026, 5, 29)].periods == (
        (factories.APRIL, ("substitute_care", "other_commission")),
        (FIRST, ("personal_assistance",)),
    )
    assert rows[MIDDLE_OF_JUNE].periods == ((SECOND, ("personal_assistance",)),)

    factories.approve(first, on(5, 17))
    factories.approve(second, on(5, 31))
    (slip,) = house.paid(date(2026, 5, 29), on(5, 20))
    assert {line.period for line in slip.lines.all()} == {FIRST}
    run = house.propose(MIDDLE_OF_JUNE, on(6, 5))
    assert run.contract_kinds == ["personal_assistance"]
    assert proposals(run).get().gross == Decimal("116.00")  # 8 hours


def test_late_approval_moves_the_hours_to_the_next_payday_with_their_own_period():
    """R5, EMP-2: the half month that was meant stays on the payslip, and the preview says that it is late."""
    house = payroll()
    first, second = assistants_sheets(house)
    house.month(house.contract(), month=factories.APRIL, at=on(5, 2))  # a carer's, so that there is something to pay
    house.paid(date(2026, 5, 29), on(5, 20))
    shown = preview(first, today=date(2026, 5, 22))
    assert (shown.is_late, shown.payday, shown.deadline) == (True, MIDDLE_OF_JUNE, date(2026, 5, 18))

    factories.approve(first, on(5, 22))
    factories.approve(second, on(6, 1))
    (slip,) = house.paid(MIDDLE_OF_JUNE, on(6, 5))

    assert {line.period for line in slip.lines.all()} == {FIRST, SECOND}
    assert slip.gross == Decimal("232.00")


def test_unapproved_hours_never_reach_payroll():
    """R7"""
    house = payroll()
    assistants_sheets(house)
    assert proposals(house.propose(MIDDLE_OF_JUNE, on(6, 5))).count() == 0


def test_the_employer_is_told_of_hours_that_wait_and_the_assistant_of_an_empty_half_month():
    """EMP-2: on the day after the half month, and three days and one day before the 18th and the 3rd."""
    house = payroll()
    first, second = assistants_sheets(house)
    second.refresh_from_db()
    Shift.objects.filter(sheet=second).delete()
    found = {
        day: [(each.sheet_id, each.person_id, each.is_approval) for each in sheets_due(house.place.id, today=day)]
        for day in DateRange.of_days(date(2026, 5, 10), date(2026, 6, 5))
    }
    hours = [(first.pk, first.contract.employer_id, True)]
    empty = [(second.pk, second.contract.carer_id, False)]
    assert {day: rows for day, rows in found.items() if rows} == {
        date(2026, 5, 15): hours,
        date(2026, 5, 16): hours,
        date(2026, 5, 17): hours,
        date(2026, 5, 31): empty,
        date(2026, 6, 2): empty,
    }
    assert send_reminders(house.place.id, today=date(2026, 5, 16), at=on(5, 16)) == 1
    assert send_reminders(house.place.id, today=date(2026, 5, 16), at=on(5, 16)) == 0
    employer = factories.viewer(first.contract.employer, RoleKind.EMPLOYER)
    assert [(each.kind, each.object_id) for each in notices_of(employer)] == [("hours_to_approve", first.pk)]
