"""Staff's rights, cell by cell: each act of the table is really called in each role (issue 4, point 2)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

import pytest

from palkkio.config.duties import DUTIES
from palkkio.core.payslip import ContractKind
from palkkio.core.problems import NotAllowed, Refusal
from palkkio.core.viewer import STAFF_ROLES, RoleKind, Viewer
from palkkio.people.models import Person
from tests import factories
from tests.architecture.test_every_address import undone
from tests.architecture.url_roles import World

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
NOW = factories.NOW
Act = Callable[[Viewer], Any]


@dataclass
class Stage:
    """A world in which an act can be done once; `of` makes what it needs and gives the act."""

    place: factories.Place

    @cached_property
    def world(self) -> World:
        return World(self.place)

    @cached_property
    def person(self) -> Person:
        return Person.objects.get(pk=self.world.carer.person_id)

    def of(self, name: str) -> Act:
        return getattr(self, name)()  # type: ignore[no-any-return]

    # --- people

    def add_person(self) -> Act:
        from palkkio.people.actions import add_person

        return lambda by: add_person(by=by, at=NOW, values={"given_names": "Uusi", "family_name": "Testaaja"})

    def change_person(self) -> Act:
        from palkkio.people.actions import change_person

        return lambda by: change_person(self.person, by=by, at=NOW, values={"phone": "0401234567"})

    def give_role_of_portal(self) -> Act:
        return self._give(RoleKind.CONTRACTOR)

    def give_role_of_staff(self) -> Act:
        return self._give(RoleKind.HANDLER, date(2030, 1, 1))

    def _give(self, kind: RoleKind, first: date = factories.TODAY) -> Act:
        from palkkio.people.actions import give_role

        return lambda by: give_role(self.person, kind, by=by, at=NOW, first=first)

    def end_role(self) -> Act:
        from palkkio.people.actions import end_role
        from palkkio.people.models import Role

        role = Role.objects.get(pk=self.world.carer.role_id)
        return lambda by: end_role(role, by=by, at=NOW, last=factories.TODAY)

    def set_protection(self) -> Act:
        from palkkio.people.protection import set_protection

        return lambda by: set_protection(self.person, by=by, at=NOW, first=factories.TODAY)

    def propose_account_number(self) -> Act:
        from palkkio.people.bank_accounts import propose

        return lambda by: propose(self.person, factories.iban(), by=by, at=NOW, first=factories.TODAY)

    def approve_account_number(self, proposer: Viewer | None = None) -> Act:
        from palkkio.people.bank_accounts import approve, propose

        by = proposer or self.place.second
        waiting = propose(self.person, factories.iban(), by=by, at=NOW, first=factories.TODAY)
        return lambda by: approve(waiting.pk, by=by, at=NOW)

    def record_mandate(self) -> Act:
        from palkkio.core.capabilities import Scope
        from palkkio.people.mandates.actions import record

        agent = factories.person(self.place, "Aino", "Edustaja")
        values = {"scope": Scope.READ_ONLY.value, "first": factories.TODAY, "last": None}
        return lambda by: record(self.person, agent, by=by, at=NOW, values=values)

    def make_account(self) -> Act:
        from palkkio.accounts.actions import make_account

        person = self.subject or factories.person(self.place)
        return lambda by: make_account("uusi@testi.example", None, [person.pk], NOW, by)

    subject: Person | None = None

    # --- care periods

    def enter_days(self) -> Act:
        from palkkio.core.payslip import DayType
        from palkkio.entries.actions import enter_days

        sheet = self.world.sheet
        days = [date(2026, 5, 4)]
        return lambda by: enter_days(sheet.pk, by=by, at=NOW, version=sheet.version, days=days, day_type=DayType.CARE)

    def confirm_on_behalf(self) -> Act:
        return self._sheet_act("confirm_on_behalf")

    def return_sheet(self) -> Act:
        self._confirm()
        return self._sheet_act("return_sheet", reason="Puuttuu päivä")

    def review_sheet(self) -> Act:
        self._confirm()
        return self._sheet_act("review_sheet")

    def reopen_sheet(self) -> Act:
        self._confirm()
        self.world.payroll.review(self.world.sheet)
        return self._sheet_act("reopen_sheet", reason="Puuttuu päivä")

    def _confirm(self) -> None:
        from palkkio.entries.actions import confirm_sheet

        self.world.payroll.enter(self.world.sheet, 4)
        confirm_sheet(self.world.sheet.pk, by=self.world.carer, at=NOW, version=self.world.sheet.version)

    def _sheet_act(self, name: str, **values: Any) -> Act:
        from palkkio.entries import actions

        sheet = self.world.sheet
        sheet.refresh_from_db()
        return lambda by: getattr(actions, name)(sheet.pk, by=by, at=NOW, version=sheet.version, **values)

    # --- contracts and rates

    def add_contract(self) -> Act:
        from palkkio.contracts.actions import add_contract

        values = {
            "kind": ContractKind.SUBSTITUTE_CARE.value,
            "carer_id": self.person.pk,
            "recipient_id": factories.person(self.place, "Taimi", "Hoidettava").pk,
            "unit_id": self.place.unit.pk,
            "municipality_id": self.place.municipality.pk,
            "first": factories.TODAY,
            "agreed_rates": {"care": "97.55"},
        }
        return lambda by: add_contract(by=by, at=NOW, values=values)

    def change_terms(self) -> Act:
        from palkkio.contracts.actions import change_terms

        contract = self.world.contract
        return lambda by: change_terms(
            contract, by=by, at=NOW, first="1.7.2026", agreed_rates={"care": "99.00"}, source="Sopimus 1.6.2026"
        )

    def end_contract(self) -> Act:
        from palkkio.contracts.actions import end_contract

        contract = self.world.contract
        return lambda by: end_contract(contract, by=by, at=NOW, last="31.12.2026", reason="Hoito päättyy")

    def propose_rate(self) -> Act:
        return lambda by: self._rate(by)

    def approve_rate(self, proposer: Viewer | None = None) -> Act:
        from palkkio.rates.actions import approve_rate

        rate = self._rate(proposer or self.place.second)
        return lambda by: approve_rate(rate, by=by, at=NOW)

    def _rate(self, by: Viewer) -> Any:
        from palkkio.rates.actions import propose_rate

        kind = ContractKind.SUBSTITUTE_CARE.value
        values = {
            "contract_kind": kind,
            "code": "training",
            "first": "1.7.2026",
            "amount": "50",
            "source": "Lautakunta",
        }
        return propose_rate(by=by, at=NOW, **values)

    # --- decisions

    def add_decision(self) -> Act:
        return lambda by: factories.decision(self.place, self.person, by=by)

    def change_decision(self) -> Act:
        from palkkio.decisions.actions import change_decision

        decision = factories.decision(self.place, self.person)
        values = {"first": factories.TODAY, **self._decided}
        return lambda by: change_decision(decision.pk, by=by, at=NOW, values=values)

    def decide_pay_group(self) -> Act:
        from palkkio.decisions.actions import decide_pay_group

        values = {"pay_group": "B1", "first": factories.TODAY, **self._decided}
        return lambda by: decide_pay_group(self.person.pk, by=by, at=NOW, values=values)

    def record_notice(self) -> Act:
        from palkkio.decisions.actions import record_notice

        decided = self.world.pay_group_id
        assistant = factories.person(self.place, "Aila", "Avustaja")
        values = {"assistant_id": assistant.pk, "first": factories.TODAY, "came_on": factories.TODAY}
        return lambda by: record_notice(decided, by=by, at=NOW, values=values)

    _decided = {"ground": "Tarve", "office_holder": "Sanna", "decided_on": factories.TODAY}

    # --- payroll

    def propose_run(self) -> Act:
        from palkkio.payroll.actions import propose_run
        from tests.apps.payroll.scene import PAYDAY

        self.world.payroll.month(self.world.contract)
        return lambda by: propose_run(by=by, at=NOW, payday=PAYDAY)

    def approve_run(self, proposer: Viewer | None = None) -> Act:
        from palkkio.payroll.actions import approve_run, calculate_run, propose_run
        from tests.apps.payroll.scene import PAYDAY
        from tests.web_portal.scene import map_accounts

        map_accounts(self.place)
        self.world.payroll.month(self.world.contract)
        run = propose_run(by=proposer or self.world.payroll.proposer, at=NOW, payday=PAYDAY)
        run = calculate_run(run.pk, at=NOW)
        return lambda by: approve_run(run.pk, by=by, at=NOW, proposal=run.proposal)

    def return_run(self) -> Act:
        from palkkio.payroll.actions import return_run

        run = self.world.run
        return lambda by: return_run(run.pk, by=by, at=NOW, reason="Tarkista")

    def cancel_run(self) -> Act:
        from palkkio.payroll.actions import cancel_run

        run = self.world.run
        return lambda by: cancel_run(run.pk, by=by, at=NOW, reason="Väärä päivä")

    def set_aside(self) -> Act:
        from palkkio.payroll.actions import set_aside

        payroll = self.world.payroll
        contract = payroll.contract(carer=self.world.carer, card=False)
        self.world.contract = contract
        payroll.month(contract)
        run = payroll.propose()
        return lambda by: set_aside(run.pk, contract.pk, "NO_TAX_CARD", by=by, at=NOW, reason="Kortti tulee")

    def record_tax_card(self) -> Act:
        from palkkio.core.payslip import TaxCardKind
        from palkkio.payroll.actions import record_tax_card

        values = {"first": date(2026, 6, 1), "base": Decimal(12), "ceiling": Decimal(15000), "additional": Decimal(30)}
        kind = TaxCardKind.INFORMAL_CARE
        return lambda by: record_tax_card(self.person.pk, by=by, at=NOW, kind=kind, **values)

    def hold_person(self) -> Act:
        from palkkio.payroll.actions import hold_person

        return lambda by: hold_person(self.person.pk, by=by, at=NOW, reason="Tiliä selvitetään")

    def release_person(self) -> Act:
        from palkkio.payroll.actions import hold_person, release_person

        hold_person(self.person.pk, by=self.place.second, at=NOW, reason="Tiliä selvitetään")
        return lambda by: release_person(self.person.pk, by=by, at=NOW)

    def add_one_off(self) -> Act:
        return lambda by: self._one_off(by)

    def approve_one_off(self, proposer: Viewer | None = None) -> Act:
        from palkkio.payroll.actions import approve_one_off

        line = self._one_off(proposer or self.place.second)
        return lambda by: approve_one_off(line.pk, by=by, at=NOW)

    def _one_off(self, by: Viewer) -> Any:
        from palkkio.payroll.actions import add_one_off

        days = {"first": factories.TODAY, "last": factories.TODAY}
        return add_one_off(self.world.contract.pk, by=by, at=NOW, amount=Decimal(9), reason="Korvaus", **days)

    def mark_sent(self) -> Act:
        from palkkio.payments.actions import mark_sent

        batch = self.world.batch
        return lambda by: mark_sent(batch.pk, by=by, at=NOW)

    # --- messages

    def answer_comment(self) -> Act:
        from palkkio.messages.actions import add_comment

        comment = self.world.comment
        return lambda by: add_comment("sheet", comment.object_id, "Kiitos", by=by, at=NOW)

    def handle_callback(self) -> Act:
        from palkkio.messages.actions import handle_callback

        number = self.world.callback_id
        return lambda by: handle_callback(number, by=by, at=NOW)

    # --- settings

    def add_unit(self) -> Act:
        from palkkio.organisations.actions import add_unit

        values = {"name_fi": "Uusi", "name_sv": "Ny", "name_en": "New", "cost_centre": "4411"}
        return lambda by: add_unit(by=by, at=NOW, values=values)

    def add_municipality(self) -> Act:
        from palkkio.organisations.actions import add_municipality

        return lambda by: add_municipality(by=by, at=NOW, code="902", name_fi="Uusila", name_sv="Nyby")

    def start_schedule(self) -> Act:
        from palkkio.organisations.actions import start_schedule

        kind = ContractKind.FAMILY_CARE
        return lambda by: start_schedule(kind, by=by, at=NOW, first=factories.SINCE, values=factories.SCHEDULE)

    def map_account(self) -> Act:
        from palkkio.reporting.actions import map_account

        return lambda by: map_account(by=by, at=NOW, contract_kind="", code="NET", account="4500", first="1.1.2026")


def staff(place: factories.Place, role: RoleKind) -> Viewer:
    return factories.viewer(factories.person(place, "Virka", f"Ilija{role.value}"), role)


def is_refused(act: Act, by: Viewer) -> bool:
    """Refused because of who asks; any other refusal is a fault of the test's world and is raised."""
    try:
        act(by)
    except NotAllowed:
        return True
    return False


def test_every_act_of_the_table_is_called_here() -> None:
    assert [name for name in DUTIES if not hasattr(Stage, name)] == []


@pytest.mark.parametrize("name", DUTIES)
def test_each_role_may_what_its_cell_says(name: str) -> None:
    place = factories.county()
    wrong = {}
    for role in sorted(STAFF_ROLES):
        with undone():
            by = staff(place, role)
            may = not is_refused(Stage(place).of(name), by)
        if may != (role in DUTIES[name].roles):
            wrong[role.value] = may
    assert wrong == {}


TIES = ("self", "acts for the carer", "the carer acts for them")


def tied(stage: Stage, role: RoleKind, tie: str) -> Viewer:
    """A member of staff whose matter it is."""
    carer = stage.person
    if tie == "self":
        return factories.viewer(carer, role)
    colleague = factories.person(stage.place, "Virka", "Sukulainen")
    agent, principal = (colleague, carer) if tie == "acts for the carer" else (carer, colleague)
    factories.representation(agent, principal)
    return factories.viewer(colleague, role)


@pytest.mark.parametrize("name", [name for name, duty in DUTIES.items() if duty.is_about_people])
def test_nobody_handles_their_own_matter_or_that_of_somebody_they_are_tied_to(name: str) -> None:
    place = factories.county()
    allowed = []
    role = min(DUTIES[name].roles)  # roles are tried above: here one that may
    for tie in TIES:
        with undone():
            stage = Stage(place)
            if name == "make_account":
                stage.subject = factories.person(place, "Testi", "Sukulainen")
            by = own_of(stage, role, tie)
            if not is_refused(stage.of(name), by):
                allowed.append(tie)
    assert allowed == []


def own_of(stage: Stage, role: RoleKind, tie: str) -> Viewer:
    """As `tied`; for making an account the tie is to the person who gets one."""
    if stage.subject is None:
        return tied(stage, role, tie)
    if tie == "self":  # who has no account cannot ask for one: their own other row is tried by acting for it
        tie = TIES[1]
    colleague = factories.person(stage.place, "Virka", "Sukulainen")
    agent, principal = (colleague, stage.subject) if tie == TIES[1] else (stage.subject, colleague)
    factories.representation(agent, principal)
    return factories.viewer(colleague, role)


@pytest.mark.parametrize("name", [name for name, duty in DUTIES.items() if duty.second_of])
def test_who_did_the_first_never_does_the_second(name: str) -> None:
    """Also the same person in another role of the same account."""
    place = factories.county()
    first_by = DUTIES[DUTIES[name].second_of].roles
    allowed = []
    for first in sorted(first_by):
        for second in sorted(DUTIES[name].roles):
            with undone():
                stage = Stage(place)
                proposer = staff(place, first)
                act = getattr(stage, name)(proposer)
                again = factories.viewer(Person.objects.get(pk=proposer.person_id), second)
                try:
                    act(again)
                except Refusal:
                    continue
                allowed.append((first.value, second.value))
    assert allowed == []
