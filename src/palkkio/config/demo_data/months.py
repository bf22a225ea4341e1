"""Half a year of entries: months that were reviewed and paid, and May as it stands on 8 June."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from typing import TYPE_CHECKING

from palkkio.config.demo_data.organisations import Staff
from palkkio.config.demo_data.paper import paper_sheet
from palkkio.config.demo_data.payees import Payee
from palkkio.core.clock import HELSINKI
from palkkio.core.days import DateRange
from palkkio.core.payslip import ContractKind, DayType
from palkkio.core.viewer import Viewer
from palkkio.documents import actions as documents
from palkkio.entries import access, actions
from palkkio.messages import actions as messages

if TYPE_CHECKING:
    from palkkio.contracts.models import Contract
    from palkkio.entries.models import Sheet


def at(day: date, hour: int = 10, minute: int = 0) -> datetime:
    """A moment in Finland."""
    return datetime.combine(day, time(hour, minute), tzinfo=HELSINKI)


def sheet_of(viewer: Viewer, contract: Contract, month: DateRange) -> Sheet | None:
    return access.sheets(viewer).filter(contract=contract, period=month).first()


def fill_month(staff: Staff, payees: list[Payee], month: DateRange, chance: Random, *, is_paid: bool) -> None:
    """What everybody entered for a month, and the county's review; `is_paid`: all of it is reviewed."""
    first, end = month.edges
    actions.ensure_sheets(staff.organisation_id, today=first)
    for number, payee in enumerate(payees):
        for contract in payee.contracts:
            sheet = sheet_of(staff.handler, contract, month)
            if sheet is None:
                continue
            if payee.viewer is None:
                _key_in_paper(staff, payee, sheet, month, chance, end)
            elif is_paid or number % 13 != 6:  # some have not begun May yet
                _enter(payee.viewer, contract, sheet, month, chance, number)
            _finish(staff, payee, sheet, number, end, is_paid=is_paid)


def _enter(viewer: Viewer, contract: Contract, sheet: Sheet, month: DateRange, chance: Random, number: int) -> None:
    _, end = month.edges
    moment = at(end - timedelta(days=2), 18, number % 60)
    if contract.kind == ContractKind.SUBSTITUTE_CARE:
        weekends = [day for day in month if day.weekday() in (4, 5)]
        chosen = weekends if number % 3 else [day for day in month if day.weekday() < 5][: chance.randrange(6, 15)]
        chosen = [day for day in chosen if chance.random() < 0.92 and day in contract.valid]
        by_type: dict[DayType, list[date]] = {DayType.CARE: chosen}
        free = [day for day in month if day not in chosen and day in contract.valid]
        if free and chance.random() < 0.2:
            by_type[DayType.TRAINING] = [chance.choice(free)]
        if chosen and chance.random() < 0.25:
            by_type[chance.choice((DayType.CANCELLED, DayType.CANCELLED_UNPAID))] = [chosen.pop()]
        for day_type, days in by_type.items():
            _save(viewer, sheet, moment, days, day_type, 1)
    else:
        weekdays = [day for day in month if day.weekday() < 5 and day in contract.valid]
        _save(viewer, sheet, moment, chance.sample(weekdays, min(4, len(weekdays))), DayType.VISIT, 1)
        left = weekdays[:: chance.randrange(4, 7)]
        _save(viewer, sheet, moment, left, DayType.HOURS, Decimal(chance.randrange(3, 9)) / 2)
    if contract.pays_trips:
        for day in chance.sample([day for day in month if day in contract.valid], 2):
            sheet.refresh_from_db()
            actions.save_trip(
                sheet.pk,
                by=viewer,
                at=moment,
                version=sheet.version,
                values={
                    "day": day,
                    "kilometres": Decimal(chance.randrange(8, 70)),
                    "origin": "Koti",
                    "destination": "Hoidettavan koti",
                    "purpose": "Matka hoidettavan luo",
                },
            )


def _save(
    viewer: Viewer, sheet: Sheet, moment: datetime, days: list[date], day_type: DayType, count: Decimal | int
) -> None:
    if days:
        sheet.refresh_from_db()
        actions.enter_days(
            sheet.pk, by=viewer, at=moment, version=sheet.version, days=days, day_type=day_type, count=count
        )


def _key_in_paper(staff: Staff, payee: Payee, sheet: Sheet, month: DateRange, chance: Random, end: date) -> None:
    """The payroll clerk's colleague keys paper in; another one reviews it."""
    if sheet.contract.signed_on is None:
        return
    days = [day for day in month if day.weekday() in (4, 5) and chance.random() < 0.9 and day in sheet.contract.valid]
    scan = documents.issue(
        paper_sheet(month, days),
        organisation_id=staff.organisation_id,
        kind="paper_sheet",
        file_name=f"lomake-{sheet.pk}.pdf",
        content_type="application/pdf",
        person_id=payee.person.pk,
        at=at(end + timedelta(days=1)),
    )
    actions.enter_paper_sheet(
        sheet.pk,
        by=staff.handler,
        at=at(end + timedelta(days=1), 11),
        version=sheet.version,
        days=dict.fromkeys(days, DayType.CARE),
        scan=scan,
    )


def _finish(staff: Staff, payee: Payee, sheet: Sheet, number: int, end: date, *, is_paid: bool) -> None:
    sheet.refresh_from_db()
    confirms = payee.viewer is not None and number % 9 != 4
    if (confirms and (is_paid or number % 13 != 6) and number != 0) or (is_paid and number == 0):
        assert payee.viewer is not None  # noqa: S101 - said by `confirms`
        actions.confirm_sheet(
            sheet.pk, by=payee.viewer, at=at(end, 19, number % 60), version=sheet.version, before_last_day_ok=True
        )
        sheet.refresh_from_db()
    if is_paid or (number % 3 == 1 and confirms and number % 13 != 6):
        if sheet.keyed_by_id == staff.handler.account_id:
            return  # it waits for a colleague: who keyed paper in does not review it
        actions.review_sheet(sheet.pk, by=staff.handler, at=at(end + timedelta(days=5), 13), version=sheet.version)


def talk_about(staff: Staff, payees: list[Payee], month: DateRange) -> None:
    """Comments, a returned period: what the desk finds in the morning of 8 June."""
    first, end = month.edges
    maija = payees[0]
    sheet = sheet_of(staff.handler, maija.contracts[0], month)
    if sheet is not None and maija.viewer is not None:
        comment = messages.add_comment(
            "sheet",
            sheet.pk,
            "Eero joutui sairaalaan aamulla, hoito peruuntui. Kotiin hän palasi kaksi päivää myöhemmin.",
            by=maija.viewer,
            at=at(first + timedelta(days=20), 18, 2),
            day=first + timedelta(days=20),
        )
        messages.add_comment(
            "sheet",
            sheet.pk,
            "Kiitos tiedosta. Merkitse päivä peruuntuneeksi, se maksetaan puolikkaana.",
            by=staff.handler,
            at=at(first + timedelta(days=21), 9, 15),
        )
        messages.mark_processed([comment.pk], by=staff.handler, at=at(first + timedelta(days=21), 9, 16))
    for number, text in ((1, "Voiko kurssin matkat korvata?"), (8, "Hoidin myös sunnuntain, näkyykö se oikein?")):
        payee = payees[number]
        about = sheet_of(staff.handler, payee.contracts[0], month)
        if about is not None and payee.viewer is not None:
            messages.add_comment("sheet", about.pk, text, by=payee.viewer, at=at(end, 20))
    returned = sheet_of(staff.handler, payees[2].contracts[0], month)
    if returned is not None and returned.state == "confirmed":
        actions.return_sheet(
            returned.pk,
            by=staff.handler,
            at=at(end + timedelta(days=3)),
            version=returned.version,
            reason="Kalenterissa on sunnuntai 10.5., mutta hoito alkoi perjantaina. Tarkista viikonloput.",
        )
