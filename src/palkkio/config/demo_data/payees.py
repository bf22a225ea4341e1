"""The demo's carers and contractors, with recipients, contracts, tax cards and accounts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import TYPE_CHECKING

from palkkio.accounts import actions as accounts
from palkkio.accounts import queries as accounts_queries
from palkkio.config.demo_data.identities import iban, identity_code
from palkkio.config.demo_data.names import FAMILY, GIVEN, RECIPIENT
from palkkio.config.demo_data.organisations import CONTRACTS_FROM, STARTED, Staff, make_account, viewer_of
from palkkio.contracts import actions as contracts
from palkkio.contracts import queries as contracts_queries
from palkkio.core.payslip import ContractKind
from palkkio.core.viewer import RoleKind, Viewer
from palkkio.payroll import actions as payroll
from palkkio.people import actions as people
from palkkio.people import bank_accounts

if TYPE_CHECKING:
    from palkkio.contracts.models import Contract
    from palkkio.people.models import Person

MAIJA = "maija@mallila.example"
SUBSTITUTES = 28
CONTRACTORS = 6
MOST_FROM = date(2026, 4, 1)  # two in seven have been paid since January
TOWNS = ("Mallila", "Näyttelä", "Koelahti")


@dataclass(frozen=True)
class Payee:
    """One payee with contracts, and the viewer that enters days; None: on paper."""

    person: Person
    contracts: tuple[Contract, ...]
    viewer: Viewer | None


def make_payees(
    staff: Staff,
    chance: Random,
    *,
    substitutes: int = SUBSTITUTES,
    contractors: int = CONTRACTORS,
    first: date = CONTRACTS_FROM,
) -> list[Payee]:
    """Carers and contractors; the first few are the ones that the demo tells how to sign in as.

    first  day on which the oldest contracts begin
    """
    made = []
    for number in range(substitutes + contractors):
        is_carer = number < substitutes
        person = _person(staff, chance, number)
        kind = ContractKind.SUBSTITUTE_CARE if is_carer else ContractKind.OTHER_COMMISSION
        count = 2 if number in (0, 7) else 1
        starts = [first if number % 7 in (0, 2) else MOST_FROM, MOST_FROM]
        agreements = tuple(_contract(staff, chance, person, kind, number, each, starts[each]) for each in range(count))
        role = RoleKind.CARER if is_carer else RoleKind.CONTRACTOR
        people.give_role(person, role, by=staff.administrator, at=STARTED, first=STARTED.date())
        if number != 3:  # one account number is missing: a red item of the next run
            number_of = iban(1000 + staff.organisation_id * 500 + number)
            written = bank_accounts.propose(person, number_of, by=staff.clerk, at=STARTED, first=STARTED.date())
            bank_accounts.approve(written.pk, by=staff.administrator, at=STARTED)
        if number != 5:  # one tax card is missing
            _tax_card(staff, chance, person, kind)
        made.append(Payee(person, agreements, _sign_in(staff, person, role, number)))
    return made


def _person(staff: Staff, chance: Random, number: int) -> Person:
    given, family = GIVEN[number % len(GIVEN)], FAMILY[(number * 7) % len(FAMILY)]
    born = date(1950, 1, 1) + timedelta(days=chance.randrange(0, 50 * 365))
    if number == 0:
        given, family, born = "Maija", "Testaaja", date(1958, 5, 14)
    town = number % len(staff.municipality_ids)
    uses_paper = number in (9, 21)
    return people.add_person(
        by=staff.handler,
        at=STARTED,
        values={
            "given_names": given,
            "family_name": family,
            "identity_code": identity_code(born, number + 10),
            "email": "" if uses_paper or number == 11 else _email(staff, given, family, number),
            "phone": f"+358 50 000 {number:04d}",
            "street": f"Testitie {number + 1}",
            "postcode": "00990",
            "town": TOWNS[town],
            "municipality_id": staff.municipality_ids[town],
            "language": "sv" if number % 6 == 5 else "fi",
            "uses_paper": uses_paper,
        },
    )


def _email(staff: Staff, given: str, family: str, number: int) -> str:
    if number == 0:
        return MAIJA
    plain = f"{given}.{family}".lower().translate(str.maketrans("åäöáš", "aaoas"))
    return f"{plain}{number}@{staff.handler.organisation_slug}.posti.example"


def _contract(
    staff: Staff, chance: Random, person: Person, kind: ContractKind, number: int, which: int, first: date
) -> Contract:
    age = timedelta(days=chance.randrange(8 * 365, 92 * 365))
    born = date(2026, 1, 1) - age
    recipient = people.add_person(
        by=staff.handler,
        at=STARTED,
        values={
            "given_names": "Eero" if number == 0 and which == 0 else RECIPIENT[(number * 3 + which) % len(RECIPIENT)],
            "family_name": "Esimerkki" if number == 0 else FAMILY[(number * 5 + which + 1) % len(FAMILY)],
            "identity_code": identity_code(born, number * 2 + which + 50),
            "municipality_id": staff.municipality_ids[number % len(staff.municipality_ids)],
        },
    )
    last = date(2026, 4, 30) if number in (14, 30) else None
    return contracts.add_contract(
        by=staff.handler,
        at=STARTED,
        values={
            "kind": kind,
            "carer_id": person.pk,
            "recipient_id": recipient.pk,
            "unit_id": staff.unit_ids[number % len(staff.unit_ids)],
            "municipality_id": staff.municipality_ids[number % len(staff.municipality_ids)],
            "first": first,
            "last": last,
            "signed_on": None if number == 12 else STARTED.date(),
            "pays_trips": kind == ContractKind.OTHER_COMMISSION or number % 4 == 0,
            "tasks": "" if kind == ContractKind.SUBSTITUTE_CARE else "Tukihenkilö",
            "agreed_rates": {"care": "104.00"} if number in (7, 19) else {},
        },
    )


def _tax_card(staff: Staff, chance: Random, person: Person, kind: ContractKind) -> None:
    base = Decimal(chance.choice(("0.0", "4.5", "8.0", "12.0", "15.5", "21.0", "24.5")))
    payroll.record_tax_card(
        person.pk,
        by=staff.clerk,
        at=STARTED,
        kind=contracts_queries.tax_card_kind(kind).value,
        first=CONTRACTS_FROM,
        base=base,
        ceiling=Decimal(chance.choice(("1500.00", "4000.00", "9000.00", "20000.00"))),
        additional=base + 20,
        source="tax_administration",
    )


def _sign_in(staff: Staff, person: Person, role: RoleKind, number: int) -> Viewer | None:
    """Who enters the days; only Maija has a password. In the second organisation she is the same account (ACC-6)."""
    if person.uses_paper or number == 12:
        return None
    if number == 0 and (account_id := accounts_queries.account_id_with_email(MAIJA)) is not None:
        accounts.link_person(account_id, person.pk, at=STARTED)
        return viewer_of(account_id, role, staff.organisation_id, CONTRACTS_FROM)
    email = person.email or f"kayttaja{number}@{staff.handler.organisation_slug}.posti.example"
    if number == 0:
        account_id = make_account(email, person.pk, STARTED, staff.administrator)
    else:
        account_id = accounts.make_account(email, None, [person.pk], at=STARTED, by=staff.administrator).pk
    return viewer_of(account_id, role, staff.organisation_id, CONTRACTS_FROM)
