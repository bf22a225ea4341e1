"""Acts of payroll: runs, cards, holds, one-off lines, claims on pay, recoveries."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.test import override_settings

from palkkio.adapters.incomes_register.settings import Register
from palkkio.adapters.tax_cards.settings import Service
from palkkio.core.viewer import Viewer
from palkkio.payroll import actions
from palkkio.payroll.models import Run
from tests import factories
from tests.architecture.acts.base import NOW, Act, Base
from tests.web_portal.scene import map_accounts

FIRST, LAST = date(2026, 5, 1), date(2026, 5, 31)


class OnPayroll(Base):
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
        assert self.world.contract
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

    def _came_back(self) -> int:
        """A payment that the bank has sent back."""
        from palkkio.adapters.bank.sandbox_messages import Fault, answers_to
        from palkkio.documents import queries as documents
        from palkkio.payments.actions import mark_sent, take_answer
        from palkkio.payments.models import Payment
        from palkkio.payroll.models import Run

        batch = self.world.batch
        Run.objects.filter(pk=batch.run_id).update(state="produced")
        mark_sent(batch.pk, by=self.place.second, at=NOW)
        payment = Payment.objects.filter(batch=batch).earliest("pk")
        for name, content in answers_to(documents.content(batch.file), {payment.iban: Fault(True, "AC04")}).items():
            take_answer(content, self.place.id, name=name, at=NOW)
        return payment.pk

    def repay(self) -> Act:
        from palkkio.payments.actions import repay

        number = self._came_back()
        return lambda by: repay([number], by=by, at=NOW)

    def send_repair(self, proposer: Viewer | None = None) -> Act:
        from palkkio.payments.actions import mark_sent

        batch = self.repay()(proposer or self.place.second)
        return lambda by: mark_sent(batch.pk, by=by, at=NOW)

    def cancel_repair(self) -> Act:
        from palkkio.payments.actions import cancel_repair

        batch = self.repay()(self.place.second)
        return lambda by: cancel_repair(batch.pk, by=by, at=NOW)

    def upload_answer(self) -> Act:
        from palkkio.adapters.bank.sandbox_messages import answers_to
        from palkkio.documents import queries as documents
        from palkkio.payments.actions import upload_answer

        answers = list(answers_to(documents.content(self.world.batch.file)).values())
        return lambda by: upload_answer(answers[0], name="status.xml", by=by, at=NOW)

    def settle_answer(self) -> Act:
        from palkkio.payments.actions import settle_answer

        number = self.world.bank_answer_id
        return lambda by: settle_answer(number, by=by, at=NOW, reason="Toinen tiedosto")

    def change_agreement(self) -> Act:
        from palkkio.payments.actions import change_agreement

        values = {"version": "pain.001.001.09", "cut_off": "14:00", "answer_days": 2}
        return lambda by: change_agreement(by=by, at=NOW, **values)

    def pay_owed(self) -> Act:
        from palkkio.core.identifiers import reference_number
        from palkkio.payments.owed import Debt, pay_owed

        debt = Debt("tax", None, Decimal("10.00"), "Verohallinto", factories.iban(), reference_number("1234"))
        return lambda by: pay_owed([debt], date(2026, 5, 1), by=by, at=NOW)

    def try_job_again(self) -> Act:
        from palkkio.jobs.actions import try_job_again

        number = self.world.job_id
        return lambda by: try_job_again(number, by=by, at=NOW)

    def prove_again(self) -> Act:
        from palkkio.reporting.proofs import prove_again

        return lambda by: prove_again(by=by, at=NOW)

    def withdraw_one_off(self) -> Act:
        line = self._one_off(self.place.second)
        return lambda by: actions.withdraw_one_off(line.pk, by=by, at=NOW)

    def take_back_set_aside(self) -> Act:
        self.set_aside()(self.world.payroll.proposer)
        run_id, contract = Run.objects.get(organisation_id=self.place.id).pk, self.world.contract
        return lambda by: actions.take_back_set_aside(run_id, contract.pk, "NO_TAX_CARD", by=by, at=NOW)

    def set_finding_aside(self) -> Act:
        from palkkio.contracts.models import Contract

        contract, run = self.world.contract, self.world.run
        Contract.objects.filter(pk=contract.pk).update(signed_on=None)
        kind, reason = "PAY_WITHOUT_CONTRACT", "Allekirjoitus on postissa"
        return lambda by: actions.set_finding_aside(run.pk, contract.pk, kind, by=by, at=NOW, reason=reason)

    def recalculate_run(self) -> Act:
        run = self.world.run
        return lambda by: actions.recalculate_run(run.pk, by=by, at=NOW)

    def try_again(self) -> Act:
        map_accounts(self.place)
        run = self.world.payroll.approve(self.world.run)
        return lambda by: actions.try_again(run.pk, by=by, at=NOW)

    def issue_pay_certificate(self) -> Act:
        number = self.world.payslip.person_id
        return lambda by: actions.issue_pay_certificate(number, by=by, at=NOW, first=FIRST, last=LAST, language="fi")

    def issue_yearly_summary(self) -> Act:
        number = self.world.payslip.person_id
        return lambda by: actions.issue_yearly_summary(number, by=by, at=NOW, year=2026, language="fi")

    def mark_delivered(self) -> Act:
        from palkkio.reporting.deliveries import mark_delivered

        delivery = self.world.delivery_id
        return lambda by: mark_delivered(delivery, by=by, at=NOW)

    def send_now(self) -> Act:
        from palkkio.reporting.actions import send_now

        delivery, pem = self.world.delivery_id, Path("not-read.pem")  # nothing is sent before the job runs
        register = Register("https://register.example", pem, pem, pem)
        send = override_settings(PALKKIO_INCOMES_REGISTER=register)(send_now)
        return lambda by: send(delivery, by=by, at=NOW)

    def _report(self) -> Any:
        """A report of the person, whom a carer in the world is paid with, that the register has."""
        from palkkio.reporting.actions import mark_delivered
        from palkkio.reporting.models import Report

        mark_delivered(self.world.delivery_id, by=self.place.second, at=NOW)
        found = Report.objects.filter(delivery=self.world.delivery_id).first()
        assert found is not None
        found.person = self.person
        found.save()
        return found

    def report_again(self) -> Act:
        from palkkio.reporting.actions import report_again

        report = self._report()
        return lambda by: report_again(report.delivery_id, [report.pk], by=by, at=NOW)

    def take_back_report(self) -> Act:
        from palkkio.reporting.actions import take_back_report

        report = self._report()
        return lambda by: take_back_report(report.pk, by=by, at=NOW, reason="Väärä henkilö")

    def ask_for_tax_cards(self) -> Act:
        from palkkio.payroll.actions import ask_for_tax_cards

        ask = override_settings(PALKKIO_TAX_CARDS=Service("https://cards.example"))(ask_for_tax_cards)
        return lambda by: ask(by=by, at=NOW)

    # --- claims on pay

    def record_distraint(self) -> Act:
        account = {"iban": factories.iban(), "payment_reference": ""}
        number, office = self.person.pk, {"office": "Mallilan ulosotto", "reference": "1/2026"}
        return lambda by: actions.record_distraint(number, by=by, at=NOW, first=factories.TODAY, **office, **account)

    def end_distraint(self) -> Act:
        order = self.world.order_id
        return lambda by: actions.end_distraint(order, by=by, at=NOW, last=factories.TODAY)

    def record_dues(self) -> Act:
        days = {"first": factories.TODAY, "delivered_on": factories.TODAY}
        number, iban, percent = self.person.pk, factories.iban(), Decimal("1.3")
        return lambda by: actions.record_dues(
            number, by=by, at=NOW, kind="union", receiver="Mallilan hoitajat ry", iban=iban, percent=percent, **days
        )

    def revoke_dues(self) -> Act:
        row = self.world.authorisation_id
        return lambda by: actions.revoke_dues(row, by=by, at=NOW, last=factories.TODAY)

    # --- recoveries

    def open_recovery(self) -> Act:
        row, day = self.world.receivable_id, factories.TODAY.replace(day=30)
        return lambda by: actions.open_recovery(row, by=by, at=NOW, answer_by=day, explanation="Kaksi päivää kahdesti")

    def answer_recovery(self) -> Act:
        row, day = self.world.recovery_id, factories.TODAY
        return lambda by: actions.answer_recovery(row, by=by, at=NOW, consents=True, channel="phone", on=day)

    def decide_recovery(self) -> Act:
        row = self._answered()
        return lambda by: actions.decide_recovery(row, by=by, at=NOW, grounds="Liikaa", posted_on=factories.TODAY)

    def note_appeal(self) -> Act:
        row = self._decided()
        return lambda by: actions.note_appeal(row, by=by, at=NOW)

    def settle_appeal(self) -> Act:
        row = self._decided()
        actions.note_appeal(row, by=self.world.payroll.proposer, at=NOW)
        return lambda by: actions.settle_appeal(row, by=by, at=NOW, stands=True, final_from=factories.TODAY)

    def close_recovery(self) -> Act:
        row = self.world.recovery_id
        return lambda by: actions.close_recovery(row, by=by, at=NOW, reason="Vähäinen")

    def plan_recovery(self) -> Act:
        row, payday = self._answered(), date(2026, 6, 30)
        return lambda by: actions.plan_recovery(row, by=by, at=NOW, first_payday=payday, instalment=Decimal(10))

    def record_transfer(self) -> Act:
        row, day = self.world.recovery_id, factories.TODAY
        return lambda by: actions.record_transfer(row, by=by, at=NOW, amount=Decimal(10), paid_on=day)

    def propose_waiver(self) -> Act:
        row = self.world.recovery_id
        return lambda by: actions.propose_waiver(row, by=by, at=NOW, amount=Decimal(9), reason="Vähäinen")

    def approve_waiver(self, proposer: Viewer | None = None) -> Act:
        by = proposer or self.world.payroll.proposer
        row = actions.propose_waiver(self.world.recovery_id, by=by, at=NOW, amount=Decimal(9), reason="Vähäinen")
        return lambda by: actions.approve_waiver(row.pk, by=by, at=NOW)

    def withdraw_waiver(self) -> Act:
        row = self.world.waiver_id
        return lambda by: actions.withdraw_waiver(row, by=by, at=NOW)

    def _answered(self) -> int:
        row: int = self.world.recovery_id
        actions.answer_recovery(row, by=self.world.carer, at=NOW, consents=True)
        return row

    def _decided(self) -> int:
        row = self._answered()
        by = self.world.payroll.proposer
        actions.decide_recovery(row, by=by, at=NOW, grounds="Liikaa", posted_on=factories.TODAY)
        return row
