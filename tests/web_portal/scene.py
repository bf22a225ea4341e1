"""A carer in Mallila on 8 June 2026: April paid, May to be confirmed, June begun. The account reads English."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from palkkio.core.days import DateRange
from palkkio.core.payslip import DayType
from palkkio.core.viewer import Viewer
from palkkio.entries import actions as entries
from tests import factories
from tests.apps.payroll.scene import APRIL, IN_MAY, JUNE, MAY, PAYDAY_OF_APRIL, Payroll, payroll
from tests.prepared import prepared

if TYPE_CHECKING:
    from django.test import Client

    from palkkio.accounts.models import Account
    from palkkio.contracts.models import Contract
    from palkkio.entries.models import Sheet
    from palkkio.payroll.models import Payslip

NOW = factories.NOW


@dataclass
class Scene:
    payroll: Payroll
    carer: Viewer
    account: Account
    contract: Contract
    client: Client
    payslips: list[Payslip] = field(default_factory=list)

    @property
    def place(self) -> factories.Place:
        return self.payroll.place

    def sheet(self, month: DateRange = MAY, contract: Contract | None = None) -> Sheet:
        from palkkio.entries.models import Sheet

        return Sheet.objects.get(contract=contract or self.contract, period=month)

    def enter(self, *numbers: int, month: DateRange = MAY, kind: DayType = DayType.CARE) -> Sheet:
        """Care days of a month as the carer enters them."""
        sheet = self.sheet(month)
        days = [month.edges[0].replace(day=number) for number in numbers]
        entries.enter_days(sheet.pk, by=self.carer, at=NOW, version=sheet.version, days=days, day_type=kind)
        return self.sheet(month)

    def by_county(self, *numbers: int, month: DateRange = MAY, kind: DayType = DayType.CARE) -> Sheet:
        """Days that a handler enters."""
        sheet = self.sheet(month)
        days = [month.edges[0].replace(day=number) for number in numbers]
        entries.enter_days(sheet.pk, by=self.payroll.handler, at=NOW, version=sheet.version, days=days, day_type=kind)
        return self.sheet(month)

    def returned(self, reason: str = "A training day is missing") -> Sheet:
        """May, confirmed by the carer and returned by the county."""
        sheet = self.sheet()
        entries.confirm_sheet(sheet.pk, by=self.carer, at=NOW, version=sheet.version)
        sheet = self.sheet()
        entries.return_sheet(sheet.pk, by=self.payroll.handler, at=NOW, version=sheet.version, reason=reason)
        return self.sheet()

    def pay_april(self) -> Payslip:
        """April's payslip, whose file the bank has: ten care days."""
        from palkkio.payments import actions as payments
        from palkkio.payroll import actions

        map_accounts(self.place)
        april = self.sheet(APRIL)
        self.payroll.enter(april, 10)
        self.payroll.review(april, at=IN_MAY)
        run = self.payroll.propose(PAYDAY_OF_APRIL, at=IN_MAY)
        self.payroll.approve(run, at=IN_MAY)
        actions.produce_payslips(run.pk, at=IN_MAY)
        batch = payments.make_batch(run.pk, at=IN_MAY)
        assert batch is not None
        actions.finish_run(run.pk, at=IN_MAY)
        payments.mark_sent(batch.pk, by=self.payroll.approver, at=IN_MAY)
        from palkkio.payroll.models import Payslip

        return Payslip.objects.get(run=run)


def scene(client: Client, **values: Any) -> Scene:
    """The carer, signed in by `client`, with sheets for the months around June 2026."""
    paying, carer, contract = prepared(("a carer's June", *sorted(values.items())), lambda: _carer(values))
    account = sign_in(client, carer)
    return Scene(paying, carer, account, contract, client)


def _carer(values: dict[str, Any]) -> tuple[Payroll, Viewer, Contract]:
    paying = payroll()
    carer = factories.carer(
        paying.place,
        "Testaaja",
        "Maija",
        street="Mallitie 4",
        postcode="00100",
        town="Mallila",
        phone="040 123 4567",
        email="maija@testi.example",
    )
    contract = paying.contract(carer=carer, pays_trips=True, rates=RATES, **values)
    entries.ensure_sheets(paying.place.id, today=factories.TODAY)
    contact_point(paying.place)
    return paying, carer, contract


RATES = {"care": "97.55", "training": "50.00", "notice": "97.55", "cancelled": "48.78", "kilometre": "0.25"}


def sign_in(client: Client, viewer: Viewer, language: str = "en") -> Account:
    """Signs in by the session, with details confirmed: the first sign-in has its own test."""
    from palkkio.accounts.actions import confirm_details
    from palkkio.accounts.models import Account

    account = Account.objects.get(pk=viewer.account_id)
    account.language = language
    account.save(update_fields=["language"])
    confirm_details(viewer, NOW)
    factories.sign_in(client, viewer)
    return account


def map_accounts(place: factories.Place) -> None:
    """A ledger account for every line, so that a run may be approved."""
    from palkkio.core.payslip import DeductionCode, LineCode
    from palkkio.reporting.actions import map_account

    by = factories.administrator(place, "Tilaaja")
    for number, code in enumerate(["NET", *LineCode, *DeductionCode]):
        map_account(
            by=by,
            at=NOW,
            contract_kind="",
            code=str(code),
            account=str(4000 + number),
            first="1.1.2026",
        )


def contact_point(place: factories.Place) -> None:
    """A point that answers Mon-Wed 9-11 and takes call-back requests Mon-Fri 9-15."""
    from palkkio.organisations.models import ContactPoint, OpeningHours

    point = ContactPoint.objects.create(
        organisation=place.organisation,
        name_fi="Vammaispalvelujen asiakaspalvelu",
        name_sv="Kundtjänst för funktionshinderservice",
        name_en="Customer service of disability services",
        phone="+358 9 123 4567",
        email="palvelut@mallila.example",
        age_to=65,
        takes_callbacks=True,
    )
    for weekday in range(5):
        if weekday < 3:
            OpeningHours.objects.create(
                organisation=place.organisation, contact_point=point, weekday=weekday, opens=time(9), closes=time(11)
            )
        OpeningHours.objects.create(
            organisation=place.organisation,
            contact_point=point,
            weekday=weekday,
            opens=time(0, 1),
            closes=time(23, 59),
            is_callback=True,
        )


def days_of(month: DateRange, *numbers: int) -> list[str]:
    return [month.edges[0].replace(day=number).isoformat() for number in numbers]


def euros(text: str) -> Decimal:
    return Decimal(text)


__all__ = ["APRIL", "JUNE", "MAY", "NOW", "Scene", "date", "days_of", "euros", "scene", "sign_in"]
