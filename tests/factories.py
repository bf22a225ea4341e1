"""What tests stand on: an organisation with its choices, people in their roles, contracts with terms and rates.

    mallila = factories.county()                                   Mallilan hyvinvointialue, all choices made
    carer = factories.carer(mallila)                               a Viewer; likewise contractor, handler, clerk ...
    contract = factories.contract(mallila, carer.person_id)        substitute care since 1.1.2026, 97.55 EUR a day
    factories.rate(mallila, "training", "50.00")                   decided and approved by two people

Names, identity codes (serials 900-999) and account numbers are invented.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

from palkkio.core.capabilities import Scope
from palkkio.core.clock import HELSINKI
from palkkio.core.days import DateRange
from palkkio.core.payslip import ContractKind, DayType
from palkkio.core.viewer import PAYEE_ROLES, RoleKind, Viewer
from tests.prepared import forget as forget_copies
from tests.prepared import prepared

if TYPE_CHECKING:
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.test import Client

    from palkkio.accounts.models import Account
    from palkkio.contracts.models import Contract
    from palkkio.decisions.models import Decision
    from palkkio.entries.models import CareEvent, Sheet, SheetRevision, Shift
    from palkkio.organisations.models import Municipality, Organisation, Unit
    from palkkio.people.households.models import Household
    from palkkio.people.models import BankAccount, Person, Representation, Role
    from palkkio.rates.models import Rate

Made = TypeVar("Made")

TODAY = date(2026, 6, 8)
NOW = datetime(2026, 6, 8, 10, 0, tzinfo=HELSINKI)
MAY = DateRange.of_month(2026, 5)
APRIL = DateRange.of_month(2026, 4)
SINCE = date(2025, 1, 1)
PASSWORD = "Mallila-2026"

SCHEDULE = {
    "deadline_months_after": 1,
    "deadline_day": 3,
    "deadline_shift": "none",
    "payday_rule": "last_banking_day",
    "payday_months_after": 1,
    "payday_day": 15,
    "payday_shift": "previous",
    "reminder_days_before": [3, 1],
    "review_days_before_payday": 8,
    "bank_days_before_payday": 2,
    "source": "Board 12.12.2024 § 140",
}

# Paid twice a month (EMP-2): days 1 to 15 by the 18th and on the last day, the rest by the 3rd and on the 15th.
HALVES = {
    **SCHEDULE,
    "payday_rule": "day_of_month",
    "half_deadline_months_after": 0,
    "half_deadline_day": 18,
    "half_payday_rule": "last_banking_day",
    "half_payday_months_after": 0,
    "half_payday_day": 31,
}

_numbers = itertools.count(1)
_CHECK = "0123456789ABCDEFHJKLMNPRSTUVWXY"
_OFFERED = {
    ContractKind.SUBSTITUTE_CARE: (
        DayType.CARE,
        DayType.TRAINING,
        DayType.NOTICE,
        DayType.CANCELLED,
        DayType.CANCELLED_UNPAID,
    ),
    ContractKind.OTHER_COMMISSION: (DayType.VISIT, DayType.HOURS, DayType.CARE),
}


@dataclass(frozen=True)
class Place:
    """An organisation with what its rows point to, and the two of its staff who make things for tests."""

    organisation: Organisation
    municipality: Municipality
    unit: Unit
    maker: Viewer  # an administrator
    second: Viewer  # a payroll clerk

    @property
    def id(self) -> int:
        return self.organisation.pk


def county(**values: Any) -> Place:
    """Mallilan hyvinvointialue with schedules and day types of substitute care and other commissions."""
    return place(
        "mallila",
        name_fi="Mallilan hyvinvointialue",
        name_sv="Mallila välfärdsområde",
        name_en="Mallila wellbeing services county",
        business_id="0737546-2",
        **values,
    )


def city(**values: Any) -> Place:
    """Koelan kaupunki: another organisation, which may see nothing of the first."""
    return place(
        "koela",
        name_fi="Koelan kaupunki",
        name_sv="Koela stad",
        name_en="City of Koela",
        business_id="0201256-6",
        **values,
    )


def place(slug: str, **values: Any) -> Place:
    """An organisation; asked again for the same slug, the same one."""
    from palkkio.organisations import queries

    found = queries.organisation_by_slug(slug)
    if found is not None:
        return _place(found)
    key = ("place", slug, *sorted(values.items()))
    return prepared(key, lambda: _place(_make_place(slug, values)), is_free=lambda: True)


def _place(found: Organisation) -> Place:
    from palkkio.organisations import access

    maker = _maker(found.pk, RoleKind.ADMINISTRATOR)
    return Place(
        found,
        access.municipalities(maker).earliest("pk"),
        access.units(maker).earliest("pk"),
        maker,
        _maker(found.pk, RoleKind.PAYROLL_CLERK),
    )


def _make_place(slug: str, values: dict[str, Any]) -> Organisation:
    from palkkio.organisations import actions
    from palkkio.people import actions as people

    organisation = actions.add_organisation(
        at=NOW,
        values={
            "slug": slug,
            "iban": iban(),
            "bic": "NDEAFIHH",
            "address": "Testikatu 1, 00100 Mallila",
            "profile": "western-uusimaa",
            "payroll_contact_name": "Palkat Testaaja",
            "payroll_phone": "+358 9 123 4567",
            "payroll_email": f"palkat@{slug}.example",
            "pension_policy_number": "20-0000001A",
            "accident_policy_number": "123-456789",
            "accident_insurer_id": "0201256-6",
            **values,
        },
    )
    first = people.add_first_administrator(
        organisation.pk, at=NOW, values={"given_names": "Maija", "family_name": "Malliylläpitäjä"}
    )
    account(first.person_id)
    maker = _maker(organisation.pk, RoleKind.ADMINISTRATOR)
    second = people.add_person(by=maker, at=NOW, values={"given_names": "Matti", "family_name": "Mallilaskija"})
    people.give_role(second, RoleKind.PAYROLL_CLERK, by=maker, at=NOW, first=SINCE)
    account(second)
    actions.add_municipality(by=maker, at=NOW, code="901", name_fi="Mallila", name_sv="Malla")
    actions.add_unit(
        by=maker,
        at=NOW,
        values={
            "name_fi": "Perhehoidon yksikkö",
            "name_sv": "Familjevårdsenheten",
            "name_en": "Family care unit",
            "cost_centre": "4410",
            "phone": "+358 9 123 4500",
            "email": f"perhehoito@{slug}.example",
        },
    )
    for kind, day_types in _OFFERED.items():
        actions.start_schedule(kind, by=maker, at=NOW, first=SINCE, values=SCHEDULE)
        actions.offer_day_types(kind, by=maker, at=NOW, day_types=day_types)
    return organisation


@cache
def _maker(organisation_id: int, kind: RoleKind) -> Viewer:
    """The first of a kind: made with the organisation, and numbers of organisations are used once."""
    from palkkio.accounts import queries
    from palkkio.people.models import Role

    held = Role.objects.filter(organisation_id=organisation_id, kind=kind.value).earliest("pk")
    own = queries.account_of(held.person_id)
    assert own is not None
    found = queries.viewer_for(own, held.pk, TODAY)
    assert found is not None
    return found


# --- People ----------------------------------------------------------------------------------------------------------


def person(at: Place, given_names: str = "Testi", family_name: str = "Testaaja", **values: Any) -> Person:
    """A person with an identity code and day of birth; any field may be given."""
    from palkkio.people import actions

    code, born = identity_code()
    values = {"identity_code": code, "born": born, "municipality_id": at.municipality.pk, **values}
    return actions.add_person(
        by=at.maker, at=NOW, values={"given_names": given_names, "family_name": family_name, **values}
    )


def role(person: Person | int, kind: RoleKind = RoleKind.CARER, first: date = SINCE, last: date | None = None) -> Role:
    from palkkio.people import actions

    person = _person(person)
    maker = _maker(person.organisation_id, RoleKind.ADMINISTRATOR)
    return actions.give_role(person, kind, by=maker, at=NOW, first=first, last=last)


def bank_account(person: Person | int, number: str = "", first: date = SINCE, last: date | None = None) -> BankAccount:
    from palkkio.people import bank_accounts

    person = _person(person)
    clerk = _maker(person.organisation_id, RoleKind.PAYROLL_CLERK)
    written = bank_accounts.propose(person, number or iban(), by=clerk, at=NOW, first=first)
    made = bank_accounts.approve(written.pk, by=_maker(person.organisation_id, RoleKind.ADMINISTRATOR), at=NOW)
    if last is not None:
        made.valid = DateRange.of_days(first, last)
        made.save()
    return made


def representation(
    agent: Person, principal: Person, first: date = SINCE, last: date | None = None, *, scope: Scope = Scope.UNLIMITED
) -> Representation:
    """`agent` acts for `principal`; written as it stands, also when it is over."""
    from palkkio.people.models import Representation

    return Representation.objects.create(
        organisation_id=agent.organisation_id,
        agent=agent,
        principal=principal,
        valid=DateRange.of_days(first, last),
        scope=scope.value,
    )


def acting(
    agent: Person,
    principal: Person | int,
    kind: RoleKind = RoleKind.CARER,
    *,
    scope: Scope = Scope.UNLIMITED,
    today: date = TODAY,
) -> Viewer:
    """`agent` while acting for `principal` in a role of theirs; what is missing for that is made."""
    from palkkio.accounts import queries
    from palkkio.people import queries as people
    from palkkio.people.mandates import queries as mandates

    principal = _person(principal)
    row = next((each for each in mandates.principals_of([agent.pk], today) if each.principal_id == principal.pk), None)
    row = row or representation(agent, principal, scope=scope)
    held = next((each for each in people.roles_on([principal.pk], today) if each.kind == kind), None)
    own = queries.account_of(agent.pk) or account(agent)
    found = queries.viewer_for(own, (held or role(principal, kind)).pk, today, row.pk)
    assert found is not None
    return found


def account(*people: Person | int, email: str = "", language: str = "fi") -> Account:
    """An account with the password PASSWORD that is these people."""
    from palkkio.accounts import actions

    ids = [each if isinstance(each, int) else each.pk for each in people]
    address = email or f"testaaja{next(_numbers)}@testi.example"
    return actions.make_account(address, PASSWORD, ids, NOW, None, language=language)


def viewer(person: Person, kind: RoleKind, *, email: str = "", today: date = TODAY) -> Viewer:
    """The viewer that `person` is in a role; role and account are made where there are none."""
    from palkkio.accounts import queries
    from palkkio.people import queries as people

    held = next((each for each in people.roles_on([person.pk], today) if each.kind == kind), None)
    own = queries.account_of(person.pk) or account(person, email=email)
    found = queries.viewer_for(own, (held or role(person, kind)).pk, today)
    assert found is not None
    return found


def carer(at: Place, family_name: str = "Mallikas", given_names: str = "Hilla", **values: Any) -> Viewer:
    """A carer who can be paid: with an account number since 2025."""
    return _somebody(at, RoleKind.CARER, given_names, family_name, values)


def contractor(at: Place, family_name: str = "Esimerkki", given_names: str = "Toimi", **values: Any) -> Viewer:
    return _somebody(at, RoleKind.CONTRACTOR, given_names, family_name, values)


def handler(at: Place, family_name: str = "Käsittelijä", given_names: str = "Kaisa", **values: Any) -> Viewer:
    return _somebody(at, RoleKind.HANDLER, given_names, family_name, values)


def clerk(at: Place, family_name: str = "Palkanlaskija", given_names: str = "Pekka", **values: Any) -> Viewer:
    return _somebody(at, RoleKind.PAYROLL_CLERK, given_names, family_name, values)


def administrator(at: Place, family_name: str = "Pääkäyttäjä", given_names: str = "Paula", **values: Any) -> Viewer:
    return _somebody(at, RoleKind.ADMINISTRATOR, given_names, family_name, values)


def _somebody(at: Place, kind: RoleKind, given_names: str, family_name: str, values: dict[str, Any]) -> Viewer:
    """A person in a role; who is paid has a bank account."""

    def make() -> Viewer:
        made = person(at, given_names, family_name, **values)
        if kind in PAYEE_ROLES:
            bank_account(made)
        return viewer(made, kind)

    return make() if values else _one_more(at, kind.value, given_names, family_name, make)


def forget() -> None:
    """Another database: nobody was made here yet."""
    _ready.clear()
    forget_copies()


_ready: dict[tuple[int, str, str, str], list[int]] = {}  # numbers of the people of a name, in the order of making


def _one_more(at: Place, kind: str, given_names: str, family_name: str, make: Callable[[], Made]) -> Made:
    """The first, second ... of a name, made once each and laid out again in later tests."""
    from palkkio.people.models import Person

    who = (at.id, kind, given_names, family_name)
    ready = _ready.setdefault(who, [])
    there = set(Person.objects.filter(pk__in=ready).values_list("pk", flat=True)) if ready else set()
    number = next((number for number, person_id in enumerate(ready) if person_id not in there), len(ready))
    made = prepared((*who, number), make, is_free=lambda: True)
    if number == len(ready):
        ready.append(made.person_id if isinstance(made, Viewer) else made.pk)
    return made


def _person(person: Person | int) -> Person:
    from palkkio.people.models import Person

    return Person.objects.get(pk=person) if isinstance(person, int) else person


APP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def app(viewer: Viewer) -> None:
    """The account's owner has an authenticator app: its code is asked for after the password."""
    from allauth.mfa.totp.internal.auth import TOTP

    from palkkio.accounts import queries

    TOTP.activate(queries.account(viewer.account_id), APP_SECRET)


def app_code(secret: str = APP_SECRET, *, steps: int = 0) -> str:
    """What that app shows now, or so many of its thirty seconds from now."""
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps)))


def people_of(account: Account) -> list[Person]:
    """The people that an account is."""
    from palkkio.accounts import queries
    from palkkio.people import queries as people

    return people.of_accounts(queries.person_ids_of(account.pk))


def sign_in(client: Client, viewer: Viewer, *, strong: bool = False) -> None:
    """A session of the viewer, made directly: quick, and past the second factor that staff need.

    strong  as soon after strong authentication, for pages under `requires_fresh`
    """
    from palkkio.accounts import queries
    from palkkio.accounts.session import ACTING, ROLE, SECOND_FACTOR_AT, SIGNED_IN_AT, STRONG_AT

    client.force_login(queries.account(viewer.account_id))
    now = time.time()
    session = client.session
    session.update({SIGNED_IN_AT: now, SECOND_FACTOR_AT: now} | ({ROLE: viewer.role_id} if viewer.role_id else {}))
    if strong:
        session[STRONG_AT] = now
    if viewer.acting_for is not None:
        session[ACTING] = viewer.acting_for.representation_id
    session.save()


# --- Contracts and rates ---------------------------------------------------------------------------------------------


def contract(
    at: Place,
    carer: Person | int,
    recipient: Person | int | None = None,
    *,
    kind: ContractKind = ContractKind.SUBSTITUTE_CARE,
    first: date = date(2026, 1, 1),
    last: date | None = None,
    rates: Mapping[str, str] | None = None,
    fee_class: str = "",
    signed_on: date | None = date(2025, 12, 15),
    **values: Any,
) -> Contract:
    """A contract with one piece of terms.

    rates      agreed amounts by code; None: care 97.55 EUR a day; {}: none agreed, decided rates pay
    recipient  None: a care recipient is made
    """
    from palkkio.contracts import actions

    if recipient is None:
        recipient = _one_more(at, "", "Taimi", "Hoidettava", lambda: person(at, "Taimi", "Hoidettava"))
    return actions.add_contract(
        by=at.second,
        at=NOW,
        values={
            "kind": kind.value,
            "carer_id": carer if isinstance(carer, int) else carer.pk,
            "recipient_id": recipient if isinstance(recipient, int) else recipient.pk,
            "unit_id": at.unit.pk,
            "municipality_id": at.municipality.pk,
            "first": first,
            "last": last,
            "signed_on": signed_on,
            "agreed_rates": {"care": "97.55"} if rates is None else rates,
            "fee_class": fee_class,
            **values,
        },
    )


def informal_care(at: Place, carer: Person | int, fee_class: str = "I", **values: Any) -> Contract:
    """Informal care paid by the month; the county has a schedule for it."""
    pays(at, ContractKind.INFORMAL_CARE)
    kind = ContractKind.INFORMAL_CARE
    return contract(at, carer, kind=kind, fee_class=fee_class, **{"rates": {}, **values})


def family_care(at: Place, carer: Person | int, **values: Any) -> Contract:
    """Family care of one client at 1 000 EUR and 500 EUR of expenses a month."""
    pays(at, ContractKind.FAMILY_CARE)
    rates = {"monthly_fee": "1000.00", "expense_allowance": "500.00"}
    return contract(at, carer, kind=ContractKind.FAMILY_CARE, **{"rates": rates, **values})


def assistance(at: Place, assistant: Person | int, **values: Any) -> Contract:
    """A personal assistant of pay group A, employed by the person assisted, 20 hours a week."""
    pays(at, ContractKind.PERSONAL_ASSISTANCE)
    employer = values.pop("employer", None) or person(at, "Eero", "Työnantaja")
    terms = {"pay_group": "A", "area": "rest", "weekly_hours": "20", "leave_rule": "days14"}
    kind = ContractKind.PERSONAL_ASSISTANCE
    given = {"rates": {}, "employer_id": employer.pk, **terms, **values}
    return contract(at, assistant, employer, kind=kind, **given)


def open_gate(at: Place, employer: Person | int, first: date = SINCE) -> Household:
    """A household employer in order: power of attorney, registration and checked insurances, all since a day."""
    from palkkio.people.households.models import Household, Insurance

    employer_id = employer if isinstance(employer, int) else employer.pk
    made_by, checker = at.maker.person_id, at.second.person_id
    found: Household = Household.objects.create(
        organisation_id=at.id,
        employer_id=employer_id,
        power_of_attorney_on=first,
        power_of_attorney_by="online",
        signed_by_id=employer_id,
        registered_on=first,
        made_at=NOW,
        made_by_id=made_by,
    )
    for kind in Insurance.Kind:
        Insurance.objects.create(
            organisation_id=at.id,
            household=found,
            kind=kind.value,
            insurer="Esimerkkivakuutus",
            policy_number="12345678",
            first=first,
            entered_at=NOW,
            entered_by_id=made_by,
            confirmed_at=NOW,
            confirmed_by_id=checker,
        )
    return found


def pays(
    at: Place, kind: ContractKind, first: date = SINCE, *, values: Mapping[str, Any] = MappingProxyType(SCHEDULE)
) -> None:
    """The county has deadlines and paydays for a kind of contract; asked again, nothing happens."""
    from palkkio.organisations import actions, queries

    if kind not in queries.contract_kinds(at.id):
        actions.start_schedule(kind, by=at.maker, at=NOW, first=first, values=values)
        if kind in _OFFERED:
            actions.offer_day_types(kind, by=at.maker, at=NOW, day_types=_OFFERED[kind])


def social_worker(at: Place, family_name: str = "Sosiaalityöntekijä", given_names: str = "Sanna") -> Viewer:
    return viewer(person(at, given_names, family_name), RoleKind.SOCIAL_WORKER)


def decision(at: Place, employer: Person | int, *, by: Viewer | None = None, **values: Any) -> Decision:
    """A basic decision of 30 hours a month between 8 and 20 since 1.1.2026; any value may be given."""
    from palkkio.decisions import actions

    given = {
        "group": 1,
        "name": "Henkilökohtainen apu",
        "first": date(2026, 1, 1),
        "hours": "30",
        "per": "month",
        "clock_times": "8-20",
        "ground": "Vammaispalvelulaki 675/2023",
        "office_holder": "Sanna Sosiaalityöntekijä",
        "decided_on": date(2025, 12, 15),
        **values,
    }
    employer_id = employer if isinstance(employer, int) else employer.pk
    return actions.add_decision(employer_id, by=by or social_worker(at), at=NOW, values=given)


def event(contract: Contract, kind: str, first: date, last: date | None = None, **values: Any) -> CareEvent:
    """Something that happened during a contract, as staff record it; without a last day it is of one day or goes on."""
    from palkkio.entries.models import CareEvent, EventKind

    of_a_day = {EventKind.NOTICE, EventKind.TERMINATED, EventKind.RECIPIENT_MOVES_OUT, EventKind.START_UP}
    maker = _maker(contract.organisation_id, RoleKind.PAYROLL_CLERK)
    return CareEvent.objects.create(
        organisation_id=contract.organisation_id,
        contract=contract,
        kind=kind,
        valid=DateRange.of_days(first, first if kind in of_a_day else last),
        recorded_by_id=maker.account_id,
        recorded_at=NOW,
        **values,
    )


def scan(name: str = "paperi.pdf") -> SimpleUploadedFile:
    """A file that somebody sends in."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile(name, b"%PDF-1.4 " + name.encode())


def shift(sheet: Sheet, start: datetime, end: datetime, **values: Any) -> Shift:
    """A shift on an assistant's sheet, between two moments, recorded by staff."""
    from palkkio.entries.models import Shift

    maker = _maker(sheet.organisation_id, RoleKind.PAYROLL_CLERK)
    given = {"channel": "staff", "entered_by_id": maker.account_id, "entered_at": NOW, **values}
    return Shift.objects.create(organisation_id=sheet.organisation_id, sheet=sheet, start_at=start, end_at=end, **given)


def approve(sheet: Sheet, at: datetime = NOW) -> SheetRevision:
    """An assistant's hours, approved by the employer, who has that role from now on."""
    from palkkio.entries.actions import approve_shifts

    sheet.refresh_from_db()
    owner = viewer(sheet.contract.employer, RoleKind.EMPLOYER)
    return approve_shifts(sheet.pk, by=owner, at=at, version=sheet.version, confirmation="Tunnit on tarkistettu")


def rate(
    at: Place,
    code: str,
    amount: str,
    *,
    kind: ContractKind = ContractKind.SUBSTITUTE_CARE,
    first: date = date(2026, 1, 1),
    last: date | None = None,
    fee_class: str = "",
    source: str = "Board 11.12.2025 § 151",
) -> Rate:
    """An amount that the organisation decided, proposed by one and approved by another."""
    from palkkio.rates import actions

    proposed = actions.propose_rate(
        by=at.second,
        at=NOW,
        contract_kind=kind.value,
        code=code,
        fee_class=fee_class,
        first=first,
        last=last,
        amount=amount,
        source=source,
    )
    return actions.approve_rate(proposed, by=at.maker, at=NOW)


# --- Invented numbers ------------------------------------------------------------------------------------------------


def identity_code() -> tuple[str, date]:
    """A personal identity code that nobody has, and its day of birth; each call another one."""
    number = next(_numbers)
    born = date(1960 + number % 39, 1 + number // 39 % 12, 1 + number // 468 % 28)
    digits = f"{born:%d%m%y}{900 + number // 13104 % 100:03d}"
    return f"{digits[:6]}-{digits[6:]}{_CHECK[int(digits) % 31]}", born


def iban() -> str:
    """An invented Finnish account number with right check digits; each call another one."""
    account_number = f"900000{next(_numbers):08d}"
    return f"FI{98 - int(account_number + '151800') % 97:02d}{account_number}"
