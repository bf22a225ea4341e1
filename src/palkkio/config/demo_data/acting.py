"""Household employers with their gate and decision, and people who act for others."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from palkkio.config.demo_data.identities import identity_code
from palkkio.config.demo_data.months import at
from palkkio.config.demo_data.organisations import STARTED, Staff, make_account, viewer_of
from palkkio.core.capabilities import Scope
from palkkio.core.viewer import RoleKind
from palkkio.decisions import actions as decisions
from palkkio.people import actions as people
from palkkio.people.households import actions as households
from palkkio.people.mandates import actions as mandates

if TYPE_CHECKING:
    from palkkio.people.models import Person

TIMO, ASTA, LAURI, HELI, SANNA = (f"{name}@mallila.example" for name in ("timo", "asta", "lauri", "heli", "sanna"))
CUSTOMER_FROM = date(2026, 3, 16)
REGISTERED = date(2026, 3, 18)


def insured_employer(staff: Staff, born: date, insured_from: date) -> Person:
    """A household employer in order: power of attorney online, registered, both insurances checked, told."""
    employer = add_person(staff, "Timo", "Työnantajatestaaja", born, 47, TIMO)
    household = households.add_household(employer.pk, by=staff.handler, at=at(CUSTOMER_FROM), values={})
    account_id = make_account(TIMO, employer.pk, at(REGISTERED), None)
    viewer = viewer_of(account_id, RoleKind.EMPLOYER, staff.organisation_id, REGISTERED)
    households.register(employer.pk, at=at(REGISTERED), account_id=account_id)
    households.sign_power_of_attorney(household.pk, by=viewer, at=at(REGISTERED, 11))
    for kind, insurer, number in (
        ("pension", "Esimerkkieläke", "46-0012345 A"),
        ("accident", "Esimerkkivakuutus", "987 654 321"),
    ):
        policy = {"insurer": insurer, "policy_number": number, "first": insured_from}
        row = households.enter_insurance(household.pk, kind, by=viewer, at=at(REGISTERED, 12), values=policy)
        households.confirm_insurance(row.pk, by=staff.handler, at=at(REGISTERED, 14))
    for person_id, means in ((employer.pk, "phone"), (staff.handler.person_id, "email")):
        note = "Soitettu, kaikki kunnossa" if means == "phone" else ""
        by = staff.handler if means == "phone" else None
        households.tell(household.pk, person_id, means=means, by=by, at=at(REGISTERED, 15), note=note)
    _grant_hours(staff, employer, insured_from)
    return employer


def _grant_hours(staff: Staff, employer: Person, first: date) -> None:
    """The social worker's decision, under which the assistant's shifts are booked."""
    worker = add_person(staff, "Sanna", "Sosiaalityöntekijä", date(1982, 7, 4), 49, SANNA)
    people.give_role(worker, RoleKind.SOCIAL_WORKER, by=staff.administrator, at=STARTED, first=STARTED.date())
    account_id = make_account(SANNA, worker.pk, STARTED, staff.administrator)
    granted = {
        "group": 1,
        "name": "Henkilökohtainen apu",
        "first": first,
        "hours": "110",
        "per": "month",
        "clock_times": "8-22",
        "ground": "Vammaispalvelulaki 675/2023",
        "office_holder": "Sanna Sosiaalityöntekijä",
        "decided_on": CUSTOMER_FROM,
    }
    viewer = viewer_of(account_id, RoleKind.SOCIAL_WORKER, staff.organisation_id, CUSTOMER_FROM)
    decisions.add_decision(employer.pk, by=viewer, at=at(CUSTOMER_FROM, 9), values=granted)


def add_representation(staff: Staff, informal_carer: Person, family_carer: Person) -> None:
    """A mandate of each of two scopes, and a guardian of a minor who is to be an employer but is not insured yet."""
    for number, given, family, email, principal, scope in (
        (50, "Asta", "Asiointitestaaja", ASTA, informal_carer, Scope.UNLIMITED),
        (51, "Lauri", "Lukutestaaja", LAURI, family_carer, Scope.READ_ONLY),
    ):
        agent = _agent(staff, given, family, email, number)
        terms = {"scope": scope.value, "first": CUSTOMER_FROM}
        mandates.record(principal, agent, by=staff.handler, at=at(CUSTOMER_FROM, 13), values=terms)
    minor = add_person(staff, "Milla", "Nuoritestaaja", date(2012, 9, 20), 48)
    households.add_household(minor.pk, by=staff.handler, at=at(CUSTOMER_FROM, 14), values={})
    guardian = _agent(staff, "Heli", "Huoltajatestaaja", HELI, 52)
    terms = {"scope": Scope.GUARDIAN.value, "first": CUSTOMER_FROM}
    mandates.record(minor, guardian, by=staff.handler, at=at(CUSTOMER_FROM, 15), values=terms)


def _agent(staff: Staff, given: str, family: str, email: str, number: int) -> Person:
    """Somebody with an account and no role of their own."""
    person = add_person(staff, given, family, date(1979, 5, 9), number, email)
    make_account(email, person.pk, at(CUSTOMER_FROM), None)
    return person


def add_person(staff: Staff, given: str, family: str, born: date, number: int, email: str = "") -> Person:
    return people.add_person(
        by=staff.handler,
        at=STARTED,
        values={
            "given_names": given,
            "family_name": family,
            "identity_code": identity_code(born, number),
            "email": email,
            "municipality_id": staff.municipality_ids[0],
            "language": "fi",
        },
    )
