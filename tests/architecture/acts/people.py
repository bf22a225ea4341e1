"""Acts on people: details, roles, mandates, accounts, household employers, decisions on assistance."""

from __future__ import annotations

from datetime import date
from typing import Any

from palkkio.accounts.invitations import actions as invitations
from palkkio.core.viewer import RoleKind, Viewer
from palkkio.decisions import actions as decisions
from palkkio.people import bank_accounts
from palkkio.people.households import actions as households
from palkkio.people.mandates import actions as mandates
from palkkio.people.models import Representation
from tests import factories
from tests.architecture.acts.base import NOW, Act, Base

POLICY = {"insurer": "Esimerkkivakuutus", "policy_number": "12 345 678", "first": "10.6.2026"}
DECIDED = {
    "first": factories.TODAY,
    "ground": "Vammaispalvelulaki 675/2023",
    "office_holder": "Sanna Sosiaalityöntekijä",
    "decided_on": factories.TODAY,
}


def link_of(token: str) -> str:
    return f"/invitation/{token}/"


class OnPeople(Base):
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

    def withdraw_account_number(self) -> Act:
        waiting = self.world.account_proposal_id
        return lambda by: bank_accounts.withdraw(waiting, by=by, at=NOW)

    def end_mandate(self) -> Act:
        row = Representation.objects.get(pk=self.world.mandate_id)
        return lambda by: mandates.end(row.pk, by=by, at=NOW)

    def invite_employer(self) -> Act:
        assert self.world.household_id
        number = self.person.pk
        return lambda by: invitations.invite_employer(
            number, by=by, at=NOW, email="irja@testi.example", link_of=link_of
        )

    def invite_again(self) -> Act:
        number, how = self.person.pk, "Ajokortti nähty"
        return lambda by: invitations.invite_again(
            number, by=by, at=NOW, email="irja@testi.example", reason=how, link_of=link_of
        )

    def withdraw_invitation(self) -> Act:
        row = self.world.invitation_id
        return lambda by: invitations.withdraw(row, by=by, at=NOW)

    def receive_paper(self) -> Act:
        from django.core.files.uploadedfile import SimpleUploadedFile

        from palkkio.documents.actions import receive

        number = self.person.pk
        return lambda by: receive(
            SimpleUploadedFile("paperi.pdf", b"%PDF-1.4 paperi"), kind="other", person_id=number, by=by, at=NOW
        )

    # --- household employers

    def add_household(self) -> Act:
        number = self.person.pk
        return lambda by: households.add_household(number, by=by, at=NOW, values={})

    def take_power_of_attorney(self) -> Act:
        number, values = self.world.household_id, {"power_of_attorney_on": "5.6.2026", "paper_id": 1}
        return lambda by: households.take_power_of_attorney(number, by=by, at=NOW, values=values)

    def register_on_paper(self) -> Act:
        self.person.uses_paper = True
        self.person.save()
        number = self.world.household_id
        return lambda by: households.register_on_paper(number, by=by, at=NOW)

    def enter_insurance(self) -> Act:
        number = self.world.household_id
        return lambda by: households.enter_insurance(number, "pension", by=by, at=NOW, values=POLICY)

    def confirm_insurance(self, enterer: Viewer | None = None) -> Act:
        by = enterer or factories.viewer(self.person, RoleKind.EMPLOYER)
        row = households.enter_insurance(self.world.household_id, "pension", by=by, at=NOW, values=POLICY)
        return lambda by: households.confirm_insurance(row.pk, by=by, at=NOW)

    def record_contributions(self) -> Act:
        assert self.world.insurance_id
        number, values = self.world.household_id, {"first": "10.6.2026", "source": "Sopimus", "pension": "25.4"}
        return lambda by: households.record_contributions(number, "pension", by=by, at=NOW, values=values)

    def record_tax_reference(self) -> Act:
        number = self.world.household_id
        return lambda by: households.record_tax_reference(number, "12344", by=by, at=NOW)

    def tell_gate(self) -> Act:
        household, number = self.world.household_id, self.person.pk
        return lambda by: households.tell(household, number, means="phone", at=NOW, by=by)

    # --- decisions on assistance

    def add_decision(self) -> Act:
        values = {**DECIDED, "group": 1, "name": "Henkilökohtainen apu", "hours": "30", "per": "month"}
        number = self.person.pk
        return lambda by: decisions.add_decision(number, by=by, at=NOW, values=values)

    def change_decision(self) -> Act:
        values = {**DECIDED, "hours": "40", "per": "month"}
        number = self.world.decision_id
        return lambda by: decisions.change_decision(number, by=by, at=NOW, values=values)

    def decide_pay_group(self) -> Act:
        number = self.person.pk
        return lambda by: decisions.decide_pay_group(number, by=by, at=NOW, values={**DECIDED, "pay_group": "B1"})

    def record_notice(self) -> Act:
        assistant = factories.person(self.place, "Aatu", "Avustaja")
        values: dict[str, Any] = {"assistant_id": assistant.pk, "first": factories.TODAY, "came_on": factories.TODAY}
        number = self.world.pay_group_id
        return lambda by: decisions.record_notice(number, by=by, at=NOW, values=values)
