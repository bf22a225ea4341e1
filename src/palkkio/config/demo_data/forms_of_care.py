"""One informal carer, one family carer and one assistant of a household employer, all since April."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from palkkio.config.demo_data.acting import TIMO, add_representation, insured_employer
from palkkio.config.demo_data.identities import iban, identity_code
from palkkio.config.demo_data.months import at, sheet_of
from palkkio.config.demo_data.organisations import SCHEDULE, STARTED, Staff, make_account, viewer_of, viewer_of_email
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
    from palkkio.entries.models import Sheet
    from palkkio.people.models import Person

SINCE = date(2026, 4, 1)
SIGNED = date(2026, 3, 20)
MONTHS = (DateRange.of_month(2026, 4), DateRange.of_month(2026, 5))  # of the assistant's shifts
FORMS = (ContractKind.INFORMAL_CARE, ContractKind.FAMILY_CARE, ContractKind.PERSONAL_ASSISTANCE)
# Days 1 to 15 are due on the 18th and paid on the last day of the month, the rest on the 3rd and the 15th of the next.
HALVES = {
    **SCHEDULE,
    "payday_rule": "day_of_month",
    "half_deadline_months_after": 0,
    "half_deadline_day": 18,
    "half_payday_rule": "last_banking_day",
    "half_payday_months_after": 0,
    "half_payday_day": 31,
    "paper_days_before_payday": 8,
}
OILI, PAAVO, AINO = "oili@mallila.example", "paavo@mallila.example", "aino@mallila.example"


def add_forms_of_care(staff: Staff) -> None:
    """The forms of care that are not paid by care days alone; their first month is April."""
    for kind in FORMS:
        values = HALVES if kind is ContractKind.PERSONAL_ASSISTANCE else SCHEDULE
        organisations.start_schedule(kind, by=staff.administrator, at=STARTED, first=SINCE, values=values)
    informal, family = _informal_carer(staff), _family_carer(staff)
    _assistant(staff)
    add_representation(staff, informal, family)


def _informal_carer(staff: Staff) -> Person:
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
    return carer


def _family_carer(staff: Staff) -> Person:
    """One client by the month, with the start-up allowance of April."""
    _viewer, carer = _payee(staff, "Paavo", "Perhetestaaja", PAAVO, RoleKind.CARER, 1)
    recipient = _recipient(staff, "Minttu", "Sijoitettu", 1)
    terms = {
        "clients": "1",
        "absence_other": "paid",
        "agreed_rates": {"monthly_fee": "1100.00", "expense_allowance": "520.00"},
    }
    contract = _contract(staff, ContractKind.FAMILY_CARE, carer, recipient, terms)
    start_up = {"kind": "start_up", "first": SINCE, "amount": "1200.00", "source": "Päätös 20.3.2026 § 12"}
    entries.record_event(contract.pk, by=staff.handler, at=at(SIGNED), values=start_up)
    return carer


def _assistant(staff: Staff) -> None:
    """Pay group A, three shifts a week; the employer has approved the halves of April and May."""
    viewer, assistant = _payee(staff, "Aino", "Avustajatestaaja", AINO, RoleKind.ASSISTANT, 2)
    employer = insured_employer(staff, date(1978, 8, 2), SINCE)
    terms = {
        "pay_group": "A",
        "area": "rest",
        "weekly_hours": "22,5",
        "leave_rule": "days14",
        "employed_since": SINCE,
        "employer_id": employer.pk,
        "agreed_rates": {"hourly": "13.40"},  # the table of the agreement is not known since May 2025
    }
    contract = _contract(staff, ContractKind.PERSONAL_ASSISTANCE, assistant, employer, terms)
    approver = viewer_of_email(TIMO, RoleKind.EMPLOYER, SINCE)
    for month in MONTHS:
        entries.ensure_sheets(staff.organisation_id, today=month.edges[0])
        for half in halves(month):
            if (sheet := sheet_of(staff.handler, contract, half)) is not None:
                _half_month(viewer, approver, sheet, half)


def _half_month(viewer: Viewer, employer: Viewer, sheet: Sheet, half: DateRange) -> None:
    """Shifts from 14 to 21.30 on Mondays, Wednesdays and Saturdays, approved by the employer."""
    for day in half:
        if day.weekday() in (0, 2, 5):
            start = datetime.combine(day, time(14), tzinfo=HELSINKI)
            end = start + timedelta(hours=7, minutes=30)
            moment, version = at(day, 22), sheet.version
            entries.enter_shift(sheet.pk, by=viewer, at=moment, version=version, start=start, end=end, decision="1.1")
            sheet.refresh_from_db()
    _, end_of_half = half.edges
    entries.approve_shifts(sheet.pk, by=employer, at=at(end_of_half, 15), version=sheet.version)


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
    account_id = make_account(email, person.pk, STARTED, staff.administrator)
    return viewer_of(account_id, role, staff.organisation_id, SINCE), person


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
            "source": "Päätös 20.3.2026",
            **terms,
        },
    )
