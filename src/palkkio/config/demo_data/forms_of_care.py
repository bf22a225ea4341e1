"""One informal carer, one family carer and one assistant of a household employer, all since May."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from palkkio.accounts import actions as accounts
from palkkio.config.demo_data.identities import iban, identity_code
from palkkio.config.demo_data.months import at, sheet_of
from palkkio.config.demo_data.organisations import PASSWORD, SCHEDULE, STARTED, Staff, viewer_of
from palkkio.contracts import actions as contracts
from palkkio.contracts import queries as contracts_queries
from palkkio.core.clock import HELSINKI
from palkkio.core.days import DateRange
from palkkio.core.payslip import ContractKind
from palkkio.core.viewer import RoleKind, Viewer
from palkkio.entries import actions as entries
from palkkio.entries.actions.sheets import halves
from palkkio.organisations import actions as organisations
from palkkio.payroll import actions as payroll
from palkkio.people import actions as people
from palkkio.people import bank_accounts

if TYPE_CHECKING:
    from palkkio.contracts.models import Contract
    from palkkio.people.models import Person

SINCE = date(2026, 5, 1)
SIGNED = date(2026, 4, 20)
FORMS = (ContractKind.INFORMAL_CARE, ContractKind.FAMILY_CARE, ContractKind.PERSONAL_ASSISTANCE)
OILI, PAAVO, AINO = "oili@mallila.example", "paavo@mallila.example", "aino@mallila.example"


def add_forms_of_care(staff: Staff) -> None:
    """The forms of care that are not paid by care days alone; their first month is May."""
    for kind in FORMS:
        organisations.start_schedule(kind, by=staff.administrator, at=STARTED, first=SINCE, values=SCHEDULE)
    _informal_carer(staff)
    _family_carer(staff)
    _assistant(staff)


def _informal_carer(staff: Staff) -> None:
    """Class I; she had days off, and has reported an illness that waits on the desk."""
    viewer, carer = _payee(staff, "Oili", "Omaistestaaja", OILI, RoleKind.CARER, 0)
    recipient = _recipient(staff, "Väinö", "Omaistestaaja", 0)
    terms = {"fee_class": "I", "is_binding": True, "absence_other": "paid", "interval_care_days": "3"}
    contract = _contract(staff, ContractKind.INFORMAL_CARE, carer, recipient, terms)
    days_off = {
        "kind": "days_off",
        "first": date(2026, 5, 23),
        "last": date(2026, 5, 25),
        "stood_in": "short_term_care",
        "hours": "24",
    }
    entries.record_event(contract.pk, by=staff.handler, at=at(date(2026, 5, 20)), values=days_off)
    illness = {"kind": "own_illness", "first": date(2026, 5, 4), "last": date(2026, 5, 15), "text": "Flunssa."}
    entries.report_change(contract.pk, by=viewer, at=at(date(2026, 6, 2)), values=illness)


def _family_carer(staff: Staff) -> None:
    """One client by the month, with the start-up allowance of May."""
    _viewer, carer = _payee(staff, "Paavo", "Perhetestaaja", PAAVO, RoleKind.CARER, 1)
    recipient = _recipient(staff, "Minttu", "Sijoitettu", 1)
    terms = {
        "clients": "1",
        "absence_other": "paid",
        "agreed_rates": {"monthly_fee": "1100.00", "expense_allowance": "520.00"},
    }
    contract = _contract(staff, ContractKind.FAMILY_CARE, carer, recipient, terms)
    start_up = {"kind": "start_up", "first": SINCE, "amount": "1200.00", "source": "Päätös 20.4.2026 § 12"}
    entries.record_event(contract.pk, by=staff.handler, at=at(SIGNED), values=start_up)


def _assistant(staff: Staff) -> None:
    """Pay group A, three shifts a week; the hours of both halves of May are approved."""
    viewer, assistant = _payee(staff, "Aino", "Avustajatestaaja", AINO, RoleKind.ASSISTANT, 2)
    employer = _recipient(staff, "Timo", "Työnantajatestaaja", 2)
    people.give_role(employer, RoleKind.EMPLOYER, by=staff.administrator, at=STARTED, first=SINCE)
    terms = {
        "pay_group": "A",
        "area": "rest",
        "weekly_hours": "22,5",
        "leave_rule": "days14",
        "employed_since": SINCE,
        "employer_id": employer.pk,
    }
    contract = _contract(staff, ContractKind.PERSONAL_ASSISTANCE, assistant, employer, terms)
    month = DateRange.month_of(SINCE)
    entries.ensure_sheets(staff.organisation_id, today=SINCE)
    for half in halves(month):
        sheet = sheet_of(staff.handler, contract, half)
        if sheet is None:
            continue
        for day in half:
            if day.weekday() in (0, 2, 5):
                start = datetime.combine(day, time(14), tzinfo=HELSINKI)
                entries.enter_shift(
                    sheet.pk,
                    by=viewer,
                    at=at(day, 22),
                    version=sheet.version,
                    start=start,
                    end=start + timedelta(hours=7, minutes=30),
                    decision="1.1",
                )
                sheet.refresh_from_db()
        _, end = half.edges
        entries.confirm_sheet(sheet.pk, by=viewer, at=at(end), version=sheet.version)
        sheet.refresh_from_db()
        entries.review_sheet(sheet.pk, by=staff.handler, at=at(end, 15), version=sheet.version)


def _payee(staff: Staff, given: str, family: str, email: str, role: RoleKind, number: int) -> tuple[Viewer, Person]:
    born = date(1961 + 9 * number, 3, 14)
    person = people.add_person(
        by=staff.handler,
        at=STARTED,
        values={
            "given_names": given,
            "family_name": family,
            "identity_code": identity_code(born, 40 + number),
            "email": email,
            "municipality_id": staff.municipality_ids[0],
            "language": "fi",
        },
    )
    people.give_role(person, role, by=staff.administrator, at=STARTED, first=STARTED.date())
    written = bank_accounts.propose(person, iban(9000 + number), by=staff.clerk, at=STARTED, first=STARTED.date())
    bank_accounts.approve(written.pk, by=staff.administrator, at=STARTED)
    payroll.record_tax_card(
        person.pk,
        by=staff.clerk,
        at=STARTED,
        kind=contracts_queries.tax_card_kind(FORMS[number]).value,
        first=date(2026, 1, 1),
        base=Decimal("12.0"),
        ceiling=Decimal("20000.00"),
        additional=Decimal("32.0"),
        source="tax_administration",
    )
    account = accounts.make_account(email, PASSWORD, person_ids=[person.pk], at=STARTED, by=staff.administrator)
    return viewer_of(account.pk, role, staff.organisation_id, SINCE), person


def _recipient(staff: Staff, given: str, family: str, number: int) -> Person:
    return people.add_person(
        by=staff.handler,
        at=STARTED,
        values={
            "given_names": given,
            "family_name": family,
            "identity_code": identity_code(date(1938 + 20 * number, 8, 2), 45 + number),
            "municipality_id": staff.municipality_ids[0],
        },
    )


def _contract(staff: Staff, kind: ContractKind, carer: Person, recipient: Person, terms: dict[str, Any]) -> Contract:
    return contracts.add_contract(
        by=staff.handler,
        at=at(SIGNED),
        values={
            "kind": kind,
            "carer_id": carer.pk,
            "recipient_id": recipient.pk,
            "unit_id": staff.unit_ids[0],
            "municipality_id": staff.municipality_ids[0],
            "first": SINCE,
            "signed_on": SIGNED,
            "source": "Päätös 20.4.2026",
            **terms,
        },
    )
