"""Pages of recoveries, deductions for others and the proof: BEY-7, BEY-9, PAY-9."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from palkkio.payroll import actions
from palkkio.payroll.models import DistraintOrder, DuesAuthorisation, Receivable, Recovery, SetAside
from tests import factories
from tests.apps.payroll.scene import APRIL, NOW, Payroll, payroll
from tests.web_desk import payroll_scene
from tests.web_desk.scene import signed_in

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


def test_an_overpayment_goes_from_hearing_to_a_plan_page_by_page():
    """BEY-9: the carer sees how it arose and consents; the clerk plans; nothing typed is lost on the way."""
    house, receivable = overpaid()
    clerk, carer = signed_in(house.proposer), signed_in(factories.viewer(receivable.person, factories.RoleKind.CARER))
    assert reverse("desk:open-recovery", args=[receivable.pk]) in page(clerk, "desk:receivable", receivable.pk)

    refused = clerk.post(
        reverse("desk:open-recovery", args=[receivable.pk]), {"explanation": "", "answer_by": "1.6.2026"}
    )
    assert refused.status_code == 422
    assert "1.6.2026" in refused.text
    typed = {"explanation": "Two days were not cared.", "answer_by": "30.6.2026"}
    assert clerk.post(reverse("desk:open-recovery", args=[receivable.pk]), typed).status_code == 302
    recovery = Recovery.objects.get()

    assert reverse("portal:recovery", args=[recovery.pk]) in page(carer, "portal:payslips")
    shown = page(carer, "portal:recovery", recovery.pk)
    assert "Two days were not cared." in shown
    assert "–9.4.2026" in shown  # the days that are not care days any more
    assert carer.post(reverse("portal:recovery", args=[recovery.pk]), {"text": "I paid"}).status_code == 422
    answered = carer.post(reverse("portal:recovery", args=[recovery.pk]), {"consents": "yes", "text": "20 a month"})
    assert answered.status_code == 302
    assert "20 a month" in page(clerk, "desk:recovery", recovery.pk)

    plan = {"first_payday": "30.6.2026", "instalment": "20,00", "leaves": "0"}
    assert clerk.post(reverse("desk:recovery-act", args=[recovery.pk, "plan"]), plan).status_code == 302
    recovery.refresh_from_db()
    assert recovery.state == "recovering"
    waiver = {"amount": "500", "reason": "Too long ago"}
    too_much = clerk.post(reverse("desk:recovery-act", args=[recovery.pk, "waive"]), waiver)
    assert too_much.status_code == 422
    assert "195.10" in too_much.text
    for name in ("transfer", "waive"):
        assert clerk.get(reverse("desk:recovery-act", args=[recovery.pk, name])).status_code == 200
    assert clerk.get(reverse("desk:recovery-act", args=[recovery.pk, "unheard-of"])).status_code == 404
    assert recovery.number in page(clerk, "desk:receivables")
    page(carer, "portal:recovery", recovery.pk)


def test_an_order_and_a_power_of_attorney_are_keyed_in_and_ended():
    house = payroll()
    person_id = house.contract().carer_id
    clerk = signed_in(house.proposer)
    page(clerk, "desk:claims", person_id)
    order = {
        "office": "Mallilan ulosotto",
        "reference": "77/2026",
        "iban": "FI21 1234 5600 0007 85",
        "first": "1.6.2026",
        "dependants": "1",
    }
    wrong = clerk.post(reverse("desk:add-distraint", args=[person_id]), {**order, "iban": "FI00 1"})
    assert wrong.status_code == 422
    assert "Mallilan ulosotto" in wrong.text
    assert clerk.post(reverse("desk:add-distraint", args=[person_id]), order).status_code == 302
    dues = {
        "kind": "fund",
        "receiver": "Mallilan kassa",
        "iban": "FI21 1234 5600 0007 85",
        "percent": "0,5",
        "first": "1.6.2026",
        "delivered_on": "1.6.2026",
    }
    assert clerk.post(reverse("desk:add-dues", args=[person_id]), dues).status_code == 302
    shown = page(clerk, "desk:claims", person_id)
    assert "Mallilan kassa" in shown
    assert "Mallilan ulosotto" in shown
    found, power = DistraintOrder.objects.get(), DuesAuthorisation.objects.get()
    assert clerk.post(reverse("desk:end-distraint", args=[found.pk]), {"last": "30.6.2026"}).status_code == 302
    assert clerk.post(reverse("desk:revoke-dues", args=[power.pk]), {"last": "30.6.2026"}).status_code == 302
    found.refresh_from_db()
    assert found.valid.last == TODAY.replace(day=30)


def test_the_proof_leads_with_what_stops_the_run_and_lets_it_be_set_aside_by_name():
    """BEY-7: red items block the approval until fixed or set aside by a named person with a reason."""
    scene = payroll_scene.make()
    run = scene.proposed()
    contract = scene.contracts[0]
    from palkkio.contracts.models import Contract

    Contract.objects.filter(pk=contract.pk).update(signed_on=None)  # pay without a contract
    shown = page(scene.first, "desk:run-proof", run.pk)
    assert reverse("desk:set-finding-aside", args=[run.pk, contract.pk, "PAY_WITHOUT_CONTRACT"]) in shown
    assert "<circle" in shown
    address = reverse("desk:set-finding-aside", args=[run.pk, contract.pk, "PAY_WITHOUT_CONTRACT"])
    assert scene.first.post(address, {"reason": ""}).status_code == 422
    assert scene.first.post(address, {"reason": "Signed on paper, scan is late"}).status_code == 302
    aside = SetAside.objects.get()
    assert (aside.code, aside.by_id) == ("PAY_WITHOUT_CONTRACT", scene.house.proposer.account_id)
    from palkkio.payroll import gate

    assert next(item for item in gate.conditions(run) if item.key == "proof").is_met


def test_the_year_of_employers_and_the_lists_open():
    scene = payroll_scene.make()
    assert "5.720" not in page(scene.first, "desk:employers")
    assert page(scene.admin, "desk:employers")


def test_what_is_not_waived_is_planned_after_the_decision_is_final():
    house, receivable = overpaid()
    recovery = actions.open_recovery(
        receivable.pk,
        by=house.proposer,
        at=NOW,
        answer_by=TODAY + timedelta(days=14),
        explanation="Two days",
    )
    clerk, second = signed_in(house.proposer), signed_in(house.approver)
    assert (
        clerk.post(
            reverse("desk:recovery-act", args=[recovery.pk, "waive"]), {"amount": "100,00", "reason": "Own mistake"}
        ).status_code
        == 302
    )
    waiver = recovery.waivers.get()
    clerk.post(reverse("desk:approve-waiver", args=[recovery.pk, waiver.pk]))
    waiver.refresh_from_db()
    assert waiver.approved_at is None
    second.post(reverse("desk:approve-waiver", args=[recovery.pk, waiver.pk]))
    waiver.refresh_from_db()
    assert waiver.approved_at is not None
    assert "95,10" in page(clerk, "desk:recovery", recovery.pk)
    answer = {"consents": "no", "text": "I cannot", "channel": "phone", "on": "8.6.2026"}
    assert clerk.post(reverse("desk:recovery-act", args=[recovery.pk, "answer"]), answer).status_code == 302
    decide = {"grounds": "Paid without ground", "posted_on": "8.6.2026"}
    assert clerk.post(reverse("desk:recovery-act", args=[recovery.pk, "decide"]), decide).status_code == 302
    assert (
        clerk.post(
            reverse("desk:recovery-act", args=[recovery.pk, "plan"]),
            {"first_payday": "30.6.2026", "instalment": "20,00", "leaves": "0"},
        ).status_code
        == 422
    )
    assert clerk.post(reverse("desk:recovery-act", args=[recovery.pk, "appeal"]), {}).status_code == 302
    settled = {"stands": "no", "reason": "The appeal was right"}
    assert clerk.post(reverse("desk:recovery-act", args=[recovery.pk, "settle"]), settled).status_code == 302
    recovery.refresh_from_db()
    assert recovery.state == "closed"
    page(clerk, "desk:recovery", recovery.pk)


def overpaid() -> tuple[Payroll, Receivable]:
    """Two days too many in April, found in May's run: 195.10 EUR."""
    scene = payroll_scene.make()
    from palkkio.entries.models import Sheet

    scene.house.correct(Sheet.objects.get(contract=scene.contracts[0], period=APRIL), 7)
    scene.produced()
    return scene.house, Receivable.objects.get()


def page(client: Client, name: str, *args: int) -> str:
    """The words of a page that opens."""
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200
    return answer.text
