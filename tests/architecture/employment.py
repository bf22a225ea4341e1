"""The part of a World about employment and papers: an assistant with a half month, and what has a file."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from django.db import connection

from palkkio.core.clock import HELSINKI
from palkkio.core.days import DateRange
from palkkio.core.payslip import DayType
from palkkio.core.viewer import RoleKind
from tests import factories

if TYPE_CHECKING:
    from palkkio.contracts.models import Contract
    from palkkio.core.viewer import Viewer
    from palkkio.documents.models import Document
    from palkkio.entries.models import Sheet

HALF = DateRange.of_days(date(2026, 5, 16), date(2026, 5, 31))
PDF = b"%PDF-1.4 todistus"
SHIFT_BEGINS = datetime(2026, 5, 18, 8, tzinfo=HELSINKI)


class Employment:
    """Eero employs Aila; of the carer's own matters, those with a file."""

    place: factories.Place
    carer: Viewer
    sheet: Sheet
    care_contract: Contract

    @cached_property
    def assistant(self) -> Viewer:
        return factories.viewer(factories.person(self.place, "Aila", "Avustaja"), RoleKind.ASSISTANT)

    @cached_property
    def employer(self) -> Viewer:
        """Eero, whose gate is open."""
        eero = factories.person(self.place, "Eero", "Työnantaja")
        factories.open_gate(self.place, eero)
        return factories.viewer(eero, RoleKind.EMPLOYER)

    @cached_property
    def half(self) -> Sheet:
        """The assistant's second half of May, open to both: the assistant lets the employer enter, too."""
        from palkkio.entries.actions import give_consent
        from palkkio.entries.models import Sheet

        employer = factories._person(self.employer.person_id)
        contract = factories.assistance(
            self.place, self.assistant.person_id, employer=employer, rates={"hourly": "14.50"}
        )
        found, _ = Sheet.objects.get_or_create(organisation_id=self.place.id, contract=contract, period=HALF)
        give_consent(contract.pk, by=self.assistant, at=factories.NOW)
        return found

    @cached_property
    def shift_change_id(self) -> int:
        """The save that added the assistant's one shift: it can be undone."""
        from palkkio.entries.actions import save_shift

        end = SHIFT_BEGINS + timedelta(hours=4)
        by, at, version = self.assistant, factories.NOW, self.half.version
        change = save_shift(self.half.pk, by=by, at=at, version=version, start=SHIFT_BEGINS, end=end)
        self.half.refresh_from_db()
        return change.pk

    @cached_property
    def shift_id(self) -> int:
        from palkkio.entries.models import Shift

        assert self.shift_change_id
        return Shift.objects.get(sheet=self.half).pk

    @cached_property
    def ticket_id(self) -> int:
        """A trip that was paid by a ticket, with its receipt."""
        from palkkio.entries.actions import save_trip
        from palkkio.entries.models import TripEntry

        values = {"day": "2026-05-05", "expense": "4,50", "purpose": "Bussilippu"}
        by, at, version = self.carer, factories.NOW, self.sheet.version
        save_trip(self.sheet.pk, by=by, at=at, version=version, values=values, receipt=self.file("receipt"))
        self.sheet.refresh_from_db()
        return TripEntry.objects.get(sheet=self.sheet, purpose="Bussilippu").pk

    @cached_property
    def certified_report_id(self) -> int:
        """A reported change with its certificate."""
        from palkkio.entries.actions import report_change

        told = {"kind": "own_illness", "first": "2026-05-11", "last": "2026-05-12"}
        file = self.file("attachment")
        return report_change(self.care_contract.pk, by=self.carer, at=factories.NOW, values=told, attachment=file).pk

    @cached_property
    def paper_sheet(self) -> Sheet:
        """June's, keyed in from paper."""
        from palkkio.entries.actions import enter_paper_sheet

        sheet: Sheet = self._sheet(DateRange.of_month(2026, 6))  # type: ignore[attr-defined]
        days = {date(2026, 6, 2): DayType.CARE}
        by, at, version = factories.handler(self.place, "Näppäilijä"), factories.NOW, sheet.version
        scan = self.file("paper_sheet", by)
        enter_paper_sheet(sheet.pk, by=by, at=at, version=version, days=days, scan=scan)
        return sheet

    @cached_property
    def letter_id(self) -> int:
        """The carer has no e-mail address, and a letter about their account number waits."""
        return self._letter_about(1)

    @cached_property
    def failed_letter_id(self) -> int:
        """Another went by Suomi.fi Messages, which could not bring it."""
        from palkkio.messages.models import Letter

        number = self._letter_about(2)
        Letter.objects.filter(pk=number).update(way="suomifi", state="failed", trouble="HTTP 400")
        return number

    def _letter_about(self, account_number_id: int) -> int:
        from palkkio.messages.actions.letters import ask_for_letter
        from palkkio.messages.actions.notices import notify

        person_id, key, at = self.carer.person_id, f"account-{account_number_id}", factories.NOW
        told = notify(person_id, "bank_account_changed", account_number_id, key, at=at, is_mailed=True)
        assert told is not None
        return ask_for_letter(told, at=at).pk

    @cached_property
    def job_id(self) -> int:
        """A job of the organisation that has failed."""
        from procrastinate.contrib.django import app

        from palkkio.messages.actions.letters import SEND

        number = app.configure_task(SEND).defer(organisation_id=self.place.id)
        with connection.cursor() as cursor:
            cursor.execute("UPDATE procrastinate_jobs SET status = 'failed' WHERE id = %s", [number])
        return number

    @cached_property
    def print_batch_id(self) -> int:
        from palkkio.messages.actions import print_letters

        self._letter_about(3)
        return print_letters(by=self.place.second, at=factories.NOW).pk

    def file(self, kind: str, by: Viewer | None = None) -> Document:
        from django.core.files.uploadedfile import SimpleUploadedFile

        from palkkio.documents.actions import receive

        upload = SimpleUploadedFile("todistus.pdf", PDF)
        return receive(upload, kind=kind, person_id=self.carer.person_id, by=by or self.carer, at=factories.NOW)
