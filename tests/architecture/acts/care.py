"""Acts on care: periods, trips, shifts, reported changes, events, leave, comments and calls."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from unittest.mock import patch

from palkkio.core.clock import HELSINKI
from palkkio.core.payslip import DayType
from palkkio.core.viewer import Viewer
from palkkio.documents.actions import receive
from palkkio.documents.models import Document
from palkkio.entries import actions as sheets
from palkkio.entries.actions.leave import adjust_leave
from palkkio.entries.actions.shifts import enter_shift
from palkkio.entries.models import Sheet
from palkkio.messages import actions as messages
from tests import factories
from tests.architecture.acts.base import NOW, Act, Base

ILL = {"kind": "own_illness", "first": "2026-05-01", "last": "2026-05-03"}


class OnCare(Base):
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

    def review_sheet(self, keyer: Viewer | None = None) -> Act:
        if keyer is None:
            self._confirm()
        else:
            self._enter(keyer)
            sheet = self.world.sheet
            sheet.refresh_from_db()
            sheets.confirm_sheet(sheet.pk, by=self.world.carer, at=NOW, version=sheet.version, before_last_day_ok=True)
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

    def _enter(self, by: Viewer) -> Any:
        sheet = self.world.sheet
        sheet.refresh_from_db()
        days = [date(2026, 5, 5)]
        return sheets.enter_days(sheet.pk, by=by, at=NOW, version=sheet.version, days=days, day_type=DayType.CARE)

    def clear_days(self) -> Act:
        self._enter(self.world.carer)
        return self._sheet_act("clear_days", days=[date(2026, 5, 5)])

    def undo_change(self) -> Act:
        change = self._enter(self.world.carer)
        version = Sheet.objects.get(pk=self.world.sheet.pk).version
        return lambda by: sheets.undo_change(change.pk, by=by, at=NOW, version=version)

    def write_note(self) -> Act:
        return self._sheet_act("write_note", text="Hoito jatkui yöhön")

    def save_trip(self) -> Act:
        values = {"day": "2026-05-04", "kilometres": "3", "origin": "Koti", "destination": "Torppa", "purpose": "Hoito"}
        return self._sheet_act("save_trip", values=values)

    def remove_trip(self) -> Act:
        return self._sheet_act("remove_trip", trip_id=self.world.trip_id)

    def enter_paper_sheet(self) -> Act:
        scan = Document.objects.create(
            organisation=self.place.organisation,
            person_id=self.person.pk,
            kind="paper_sheet",
            file_name="lomake.pdf",
            content_type="application/pdf",
            size=4,
            sha256="0" * 64,
            file="test/lomake.pdf",
            added_at=NOW,
        )
        return self._sheet_act("enter_paper_sheet", days={date(2026, 5, 4): DayType.CARE}, scan=scan)

    def enter_paper_shifts(self) -> Act:
        from palkkio.entries.actions.shifts import NewShift

        contract = factories.assistance(self.place, self.person)
        factories.open_gate(self.place, contract.employer_id)
        sheets.ensure_sheets(self.place.id, today=factories.TODAY)
        sheet = Sheet.objects.get(contract=contract, period__contains=date(2026, 5, 18))
        start = datetime(2026, 5, 18, 8, tzinfo=HELSINKI)
        scan = receive(
            factories.scan(), kind="paper_sheet", person_id=self.person.pk, by=self.world.payroll.handler, at=NOW
        )
        return lambda by: sheets.enter_paper_shifts(
            sheet.pk,
            by=by,
            at=NOW,
            version=sheet.version,
            shifts=[NewShift(start, start + timedelta(hours=4))],
            scan=scan,
            signed_on=date(2026, 6, 1),
        )

    def enter_shift(self) -> Act:
        contract = factories.assistance(self.place, self.person)
        factories.open_gate(self.place, contract.employer_id)
        sheets.ensure_sheets(self.place.id, today=factories.TODAY)
        sheet = Sheet.objects.get(contract=contract, period__contains=date(2026, 5, 18))
        start = datetime(2026, 5, 18, 8, tzinfo=HELSINKI)
        return lambda by: enter_shift(
            sheet.pk, by=by, at=NOW, version=sheet.version, start=start, end=start + timedelta(hours=4)
        )

    # --- changes, events, leave

    def report_change(self) -> Act:
        contract = self.world.care_contract
        return lambda by: sheets.report_change(contract.pk, by=by, at=NOW, values=ILL)

    def accept_change(self, reporter: Viewer | None = None) -> Act:
        by = reporter or self.world.carer
        report = sheets.report_change(self.world.care_contract.pk, by=by, at=NOW, values=ILL)
        return lambda by: sheets.accept_change(report.pk, by=by, at=NOW)

    def return_change(self) -> Act:
        report = self.world.report_id
        return lambda by: sheets.return_change(report, by=by, at=NOW, reason="Päivä puuttuu")

    def record_event(self) -> Act:
        contract, values = self.world.care_contract, {"kind": "carer_ill", "first": "2026-05-01", "last": "2026-05-03"}
        return lambda by: sheets.record_event(contract.pk, by=by, at=NOW, values=values)

    def withdraw_event(self) -> Act:
        event = self.world.event_id
        return lambda by: sheets.withdraw_event(event, by=by, at=NOW, reason="Kirjattu kahdesti")

    def accept_membership(self) -> Act:
        from palkkio.contracts.papers import send_paper

        kind = {"kind": "heta_membership", "contract_id": self.world.employment.pk}
        files = {"upload": factories.scan(), "receipt": factories.scan("kuitti.pdf")}
        paper = send_paper(by=self.world.payroll.proposer, at=NOW, values=kind, **files).pk
        days = {"first": "2026-03-01", "last": "2027-02-28"}
        return lambda by: sheets.accept_membership(paper, by=by, at=NOW, values=days)

    def adjust_leave(self) -> Act:
        contract = factories.assistance(self.place, self.person)
        values = {"kind": "correction", "year": "2025-04-01", "days": "2", "reason": "Kaksi päivää puuttui"}
        return lambda by: adjust_leave(contract.pk, by=by, at=NOW, values=values)

    # --- messages

    def answer_comment(self) -> Act:
        from palkkio.messages.actions import add_comment

        comment = self.world.comment
        return lambda by: add_comment("sheet", comment.object_id, "Kiitos", by=by, at=NOW)

    def handle_callback(self) -> Act:
        from palkkio.messages.actions import handle_callback

        number = self.world.callback_id
        return lambda by: handle_callback(number, by=by, at=NOW)

    def mark_told(self) -> Act:
        number = self.world.letter_id
        return lambda by: messages.mark_told(number, by=by, at=NOW, means="phone")

    def print_letters(self) -> Act:
        self.world.letter_id  # noqa: B018 - made when it is asked for
        return lambda by: messages.print_letters(by=by, at=NOW)

    def send_letter_again(self) -> Act:
        number, service = self.world.failed_letter_id, "palkkio.messages.actions.letters.service_of"

        def act(by: Viewer) -> object:
            with patch(service):  # a way to Suomi.fi Messages is configuration
                return messages.send_letter_again(number, by=by, at=NOW)

        return act

    def print_instead(self) -> Act:
        number = self.world.failed_letter_id
        return lambda by: messages.print_instead(number, by=by, at=NOW)

    def choose_letters(self) -> Act:
        person_id = self.world.carer.person_id
        return lambda by: messages.choose_letters(person_id, "printed", by=by, at=NOW)

    def mark_processed(self) -> Act:
        comment = self.world.comment
        return lambda by: messages.mark_processed([comment.pk], by=by, at=NOW)

    def take_comments(self) -> Act:
        from palkkio.messages.actions.holding import take_comments

        comment = self.world.comment
        return lambda by: take_comments("sheet", comment.object_id, by=by, at=NOW)

    def give_comments(self) -> Act:
        from palkkio.messages.actions.holding import give_comments

        comment, colleague = self.world.comment, self.world.payroll.handler.person_id
        return lambda by: give_comments("sheet", comment.object_id, colleague, by=by, at=NOW)

    def leave_comments(self) -> Act:
        from palkkio.messages.actions.holding import leave_comments, take_comments

        comment = self.world.comment
        take_comments("sheet", comment.object_id, by=self.world.payroll.handler, at=NOW)
        return lambda by: leave_comments("sheet", comment.object_id, by=by, at=NOW)

    def mark_unprocessed(self) -> Act:
        comment = self.world.comment
        messages.mark_processed([comment.pk], by=self.place.second, at=NOW)
        return lambda by: messages.mark_unprocessed(comment.pk, by=by, at=NOW)
