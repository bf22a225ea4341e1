"""The leave ledger on the contract's page, and what a household's insurances cost."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.test import Client

from palkkio.core.payslip import DayType
from palkkio.entries import actions as entries
from palkkio.entries.models import DayEntry, LeaveAdjustment, Sheet
from palkkio.people.households import actions as households
from tests import factories
from tests.web_desk import scene
from tests.web_portal.scene import sign_in

if TYPE_CHECKING:
    from palkkio.contracts.models import Contract
    from palkkio.core.viewer import Viewer

OPENING = {
    "kind": "opening",
    "year": "2025-04-01",
    "days": "24",
    "taken": "6",
    "pay": "12 000,00",
    "days_worked": "200",
    "reason": "From the payroll before",
}


def employment(may: scene.Scene) -> tuple[Contract, Viewer]:
    """An assistant whose two leave days of May are approved."""
    assistant = factories.carer(may.place, "Avustaja", "Aino")
    dates = {"first": date(2026, 4, 1), "employed_since": date(2025, 4, 1)}
    contract = factories.assistance(may.place, assistant.person_id, rates={"hourly": "14.50"}, **dates)
    entries.ensure_sheets(may.place.id, today=factories.TODAY)
    sheet = Sheet.objects.get(contract=contract, period__contains=date(2026, 5, 18))
    made = {"organisation_id": may.place.id, "sheet": sheet, "entered_at": factories.NOW}
    for day in (date(2026, 5, 18), date(2026, 5, 19)):
        by = may.colleague.account_id
        DayEntry.objects.create(**made, day=day, day_type=DayType.LEAVE.value, entered_by_id=by)
    factories.approve(sheet, factories.NOW)
    return contract, assistant


def year_of(answer: Any) -> Any:
    """The leave year 2025-26 of the page; None: it is not told."""
    return next((year for year in answer.context["leave"].years if year.title == "1.4.2025–31.3.2026"), None)


def test_staff_write_into_the_ledger_and_the_assistant_reads_the_balance(desk: Client, may: scene.Scene) -> None:
    """Earned, taken and left by leave year and season, with reasons."""
    contract, assistant = employment(may)
    page, form = f"/desk/contracts/{contract.pk}/", f"/desk/contracts/{contract.pk}/leave/"
    assert year_of(desk.get(page)) is None
    refused = desk.post(form, {**OPENING, "reason": "", "days": "x"})
    assert (refused.status_code, set(refused.context["form"].errors)) == (422, {"reason", "days"})
    assert "12 000,00" in refused.content.decode()  # nothing typed is lost
    desk.post(form, OPENING)
    assert year_of(desk.get(page)).left == "16 weekdays"  # 24 less 6 taken before, less the two of May
    off = {"kind": "correction", "year": "2025-04-01", "days": "2", "is_taken_off": "on", "reason": "Counted twice"}
    desk.post(form, off)
    desk.post(form, {"kind": "expired", "year": "2025-04-01", "days": "1", "reason": "Too late"})
    year = year_of(desk.get(page))
    assert year.left == "13 weekdays"
    rows = [(row.title, row.days) for row in year.rows]
    before = [("Leave from before", "+24"), ("Taken before", "−6")]
    assert rows == [*before, ("Correction", "−2"), ("Expired", "−1"), ("Taken", "−2")]
    assert "2.5.2026–30.9.2026" in year.seasons
    assert LeaveAdjustment.objects.count() == 3
    assert desk.get(f"/desk/contracts/{may.contracts[0].pk}/").context["leave"] is None  # no employment

    portal = Client()
    sign_in(portal, assistant)
    assert year_of(portal.get(f"/contracts/{contract.pk}/")).left == "13 weekdays"


def test_staff_write_down_what_an_insurance_costs(desk: Client, may: scene.Scene) -> None:
    """PAY-6: the employer's contributions go by the household's own policies."""
    employer = factories.person(may.place, "Irja", "Työnantaja")
    household = households.add_household(employer.pk, by=may.colleague, at=factories.NOW, values={})
    policy = {"insurer": "Esimerkkivakuutus", "policy_number": "1", "first": "1.4.2026"}
    households.enter_insurance(household.pk, "accident", by=may.colleague, at=factories.NOW, values=policy)
    page = f"/desk/households/{household.pk}/"
    assert "general percentages" in desk.get(page).content.decode()
    form = f"{page}insurance/accident/cost/"
    refused = desk.post(form, {"accident": "0,85"})
    assert (refused.status_code, set(refused.context["form"].errors)) == (422, {"first", "source"})
    desk.post(form, {"accident": "0,85", "first": "1.4.2026", "source": "Policy 1"})
    assert "0,85 % (Policy 1)" in desk.get(page).content.decode()
