"""What tests stand on: an organisation with its choices, people in their roles, contracts with terms and rates.

    mallila = factories.county()                                   Mallilan hyvinvointialue, all choices made
    carer = factories.carer(mallila)                               a Viewer; likewise contractor, handler, clerk ...
    contract = factories.contract(mallila, carer.person_id)        substitute care since 1.1.2026, 97.55 EUR a day
    factories.rate(mallila, "training", "50.00")                   decided and approved by two people

Names, identity codes (serials 900-999) and account numbers are invented.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from palkkio.core.clock import HELSINKI
from palkkio.core.days import DateRange
from palkkio.core.payslip import ContractKind, DayType
from palkkio.core.viewer import RoleKind, Viewer

if TYPE_CHECKING:
    from palkkio.accounts.models import Account
    from palkkio.contracts.models import Contract
    from palkkio.organisations.models import Municipality, Organisation, Unit
    from palkkio.people.models import BankAccount, Person, Representation, Role
    from palkkio.rates.models import Rate

TODAY = date(2026, 6, 8)
NOW = datetime(2026, 6, 8, 10, 0, tzinfo=HELSINKI)
MAY = DateRange.of_month(2026, 5)
APRIL = DateRange.of_month(2026, 4)
SINCE = date(2025, 1, 1)
PASSWORD = "Mallila-2026"

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
    """An organisation with what its rows point to."""

    organisation: Organisation
    municipality: Municipality
    unit: Unit

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
    from palkkio.organisations.models import (
        DayTypeOffer,
        Municipality,
        Organisation,
        Schedule,
        ScheduleSeries,
        Unit,
    )

    if found := Organisation.objects.filter(slug=slug).first():
        return Place(
            found,
            Municipality.objects.filter(organisation=found).earliest("pk"),
            Unit.objects.filter(organisation=found).earliest("pk"),
        )
    organisation = Organisation.objects.create(
        slug=slug,
        **{
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
    municipality = Municipality.objects.create(
        organisation=organisation, code="901", name_fi="Mallila", name_sv="Malla"
    )
    unit = Unit.objects.create(
        organisation=organisation,
        name_fi="Perhehoidon yksikkö",
        name_sv="Familjevårdsenheten",
        name_en="Family care unit",
        cost_centre="4410",
        phone="+358 9 123 4500",
        email=f"perhehoito@{slug}.example",
    )
    for kind, day_types in _OFFERED.items():
        series = ScheduleSeries.objects.create(organisation=organisation, contract_kind=kind.value)
        Schedule.objects.create(
            organisation=organisation,
            series=series,
            valid=DateRange(SINCE, None),
            reminder_days_before=[3, 1],
            source="Board 12.12.2024 § 140",
        )
        for position, day_type in enumerate(day_types):
            DayTypeOffer.objects.create(
                organisation=organisation, contract_kind=kind.value, day_type=day_type.value, position=position
            )
    return Place(organisation, municipality, unit)


# --- People ----------------------------------------------------------------------------------------------------------


def person(at: Place, given_names: str = "Testi", family_name: str = "Testaaja", **values: Any) -> Person:
    """A person with an identity code and day of birth; any field may be given."""
    from palkkio.people.models import Person

    code, born = identity_code()
    values = {"identity_code": code, "born": born, "municipality": at.municipality, **values}
    return Person.objects.create(
        organisation=at.organisation, given_names=given_names, family_name=family_name, **values
    )


def role(
    person: Person | int, kind: RoleKind = RoleKind.CARER, first: date | None = SINCE, last: date | None = None
) -> Role:
    from palkkio.people.models import Person, Role

    if isinstance(person, int):
        person = Person.objects.get(pk=person)
    return Role.objects.create(
        organisation_id=person.organisation_id,
        person=person,
        kind=kind.value,
        valid=DateRange.of_days(first, last),
    )


def bank_account(person: Person | int, number: str = "", first: date = SINCE, last: date | None = None) -> BankAccount:
    from palkkio.people.models import BankAccount, Person

    if isinstance(person, int):
        person = Person.objects.get(pk=person)
    return BankAccount.objects.create(
        organisation_id=person.organisation_id,
        person=person,
        iban=number or iban(),
        valid=DateRange.of_days(first, last),
    )


def representation(agent: Person, principal: Person, first: date = SINCE, last: date | None = None) -> Representation:
    """`agent` acts for `principal`."""
    from palkkio.people.models import Representation

    return Representation.objects.create(
        organisation_id=agent.organisation_id,
        agent=agent,
        principal=principal,
        valid=DateRange.of_days(first, last),
    )


def account(*people: Person | int, email: str = "", language: str = "fi") -> Account:
    """An account with the password PASSWORD that is these people."""
    from palkkio.accounts.models import Account, AccountPerson

    made = Account.objects.create_user(
        email=email or f"testaaja{next(_numbers)}@testi.example", password=PASSWORD, language=language
    )
    for each in people:
        AccountPerson.objects.create(account=made, person_id=each if isinstance(each, int) else each.pk, linked_at=NOW)
    return made


def viewer(person: Person, kind: RoleKind, *, email: str = "", today: date = TODAY) -> Viewer:
    """The viewer that `person` is in a role; role and account are made where there are none."""
    from palkkio.accounts.models import AccountPerson
    from palkkio.people.models import Representation, Role

    held = Role.objects.filter(person=person, kind=kind.value, valid__contains=today).first() or role(person, kind)
    link = AccountPerson.objects.filter(person=person).first()
    account_id = link.account_id if link else account(person, email=email).pk
    acts_for = Representation.objects.filter(agent=person, valid__contains=today).values_list("principal_id", flat=True)
    return Viewer(
        account_id=account_id,
        person_id=person.pk,
        organisation_id=person.organisation_id,
        role=kind,
        for_person_ids=frozenset({person.pk, *acts_for}),
        name=person.name,
        organisation_name=person.organisation.name_fi,
        organisation_slug=person.organisation.slug,
        role_id=held.pk,
    )


def carer(at: Place, family_name: str = "Mallikas", given_names: str = "Hilla", **values: Any) -> Viewer:
    """A carer who can be paid: with an account number since 2025."""
    return _payee(at, RoleKind.CARER, given_names, family_name, values)


def contractor(at: Place, family_name: str = "Esimerkki", given_names: str = "Toimi", **values: Any) -> Viewer:
    return _payee(at, RoleKind.CONTRACTOR, given_names, family_name, values)


def handler(at: Place, family_name: str = "Käsittelijä", given_names: str = "Kaisa", **values: Any) -> Viewer:
    return viewer(person(at, given_names, family_name, **values), RoleKind.HANDLER)


def clerk(at: Place, family_name: str = "Palkanlaskija", given_names: str = "Pekka", **values: Any) -> Viewer:
    return viewer(person(at, given_names, family_name, **values), RoleKind.PAYROLL_CLERK)


def administrator(at: Place, family_name: str = "Pääkäyttäjä", given_names: str = "Paula", **values: Any) -> Viewer:
    return viewer(person(at, given_names, family_name, **values), RoleKind.ADMINISTRATOR)


def _payee(at: Place, kind: RoleKind, given_names: str, family_name: str, values: dict[str, Any]) -> Viewer:
    payee = person(at, given_names, family_name, **values)
    bank_account(payee)
    return viewer(payee, kind)


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
    from palkkio.contracts.models import AgreedRate, Contract, Terms

    if recipient is None:
        recipient = person(at, "Taimi", "Hoidettava")
    made = Contract.objects.create(
        organisation=at.organisation,
        kind=kind.value,
        carer_id=carer if isinstance(carer, int) else carer.pk,
        recipient_id=recipient if isinstance(recipient, int) else recipient.pk,
        valid=DateRange.of_days(first, last),
        signed_on=signed_on,
        **{"number": f"T-{next(_numbers):04d}", "unit": at.unit, "municipality": at.municipality, **values},
    )
    terms = Terms.objects.create(
        organisation=at.organisation,
        contract=made,
        valid=made.valid,
        fee_class=fee_class,
        source=f"Contract {made.number}",
    )
    for code, amount in ({"care": "97.55"} if rates is None else rates).items():
        AgreedRate.objects.create(organisation=at.organisation, terms=terms, code=code, amount=Decimal(amount))
    return made


def rate(
    at: Place,
    code: str,
    amount: str,
    *,
    kind: ContractKind = ContractKind.SUBSTITUTE_CARE,
    first: date = date(2026, 1, 1),
    last: date | None = None,
    fee_class: str = "",
    unit: str = "day",
    source: str = "Board 11.12.2025 § 151",
) -> Rate:
    """An amount that the organisation decided, proposed and approved by two accounts made for it."""
    from palkkio.rates.models import Rate, RateSeries

    series, _ = RateSeries.objects.get_or_create(
        organisation=at.organisation,
        contract_kind=kind.value,
        code=code,
        fee_class=fee_class,
        defaults={"unit": unit},
    )
    return Rate.objects.create(
        organisation=at.organisation,
        series=series,
        valid=DateRange.of_days(first, last),
        amount=Decimal(amount),
        source=source,
        proposed_by=account(),
        proposed_at=NOW,
        approved_by=account(),
        approved_at=NOW,
    )


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
