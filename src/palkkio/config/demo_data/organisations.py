"""The demo's two payers, with their choices, decided amounts and contact points."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache

from django.contrib.auth.hashers import make_password

from palkkio.accounts import actions as accounts
from palkkio.accounts import queries as accounts_queries
from palkkio.config.demo_data.identities import iban, identity_code
from palkkio.core.clock import HELSINKI
from palkkio.core.payslip import ContractKind, DayType
from palkkio.core.viewer import RoleKind, Viewer
from palkkio.organisations import actions as organisations
from palkkio.organisations.queries import DayHours
from palkkio.people import actions as people
from palkkio.rates import actions as rates

PASSWORD = "Palkkio-2026"  # noqa: S105 - of invented people in a demo that says so
STARTED = datetime(2025, 12, 1, 9, 0, tzinfo=HELSINKI)
CONTRACTS_FROM = date(2026, 1, 1)
KINDS = (ContractKind.SUBSTITUTE_CARE, ContractKind.OTHER_COMMISSION)
OFFERED = {
    ContractKind.SUBSTITUTE_CARE: (
        DayType.CARE,
        DayType.TRAINING,
        DayType.NOTICE,
        DayType.CANCELLED,
        DayType.CANCELLED_UNPAID,
    ),
    ContractKind.OTHER_COMMISSION: (DayType.VISIT, DayType.HOURS, DayType.TRAINING, DayType.CANCELLED_UNPAID),
}
# Invented amounts; the care day is the amount of Western Uusimaa in 2024, kept round for the eye.
DECIDED = (
    (ContractKind.SUBSTITUTE_CARE, "care", "97.55"),
    (ContractKind.SUBSTITUTE_CARE, "training", "50.00"),
    (ContractKind.SUBSTITUTE_CARE, "notice", "97.55"),
    (ContractKind.SUBSTITUTE_CARE, "cancelled", "48.78"),
    (ContractKind.SUBSTITUTE_CARE, "kilometre", "0.30"),
    (ContractKind.OTHER_COMMISSION, "visit", "45.00"),
    (ContractKind.OTHER_COMMISSION, "hour", "16.50"),
    (ContractKind.OTHER_COMMISSION, "training", "50.00"),
    (ContractKind.OTHER_COMMISSION, "kilometre", "0.30"),
)
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
    "source": "Aluehallitus 15.12.2025 § 201 (esittelytieto)",
}


@dataclass(frozen=True)
class Staff:
    """Those who run one organisation."""

    organisation_id: int
    administrator: Viewer
    handler: Viewer
    clerk: Viewer
    second_clerk: Viewer
    unit_ids: tuple[int, ...]
    municipality_ids: tuple[int, ...]


@cache
def _password_hash() -> str:
    return make_password(PASSWORD)


def make_account(email: str, person_id: int, at: datetime, by: Viewer | None) -> int:
    """The number of an account with the demo's password, whose hash is worked out once: a third of a second each."""
    account = accounts.make_account(email, None, person_ids=[person_id], at=at, by=by)
    account.password = _password_hash()
    account.save(update_fields=["password"])
    return account.pk


def viewer_of(account_id: int, kind: RoleKind, organisation_id: int, today: date) -> Viewer:
    """The viewer that an account is in one of its roles."""
    account = accounts_queries.account(account_id)
    for choice in accounts_queries.roles_of(account, today):
        viewer = accounts_queries.viewer_for(account, choice.role_id, today)
        if viewer is not None and viewer.role == kind and viewer.organisation_id == organisation_id:
            return viewer
    raise LookupError(f"The account has no role {kind} in organisation {organisation_id}")


def viewer_of_email(email: str, kind: RoleKind, today: date, organisation: str = "") -> Viewer:
    """The viewer that the account with this e-mail is, in the organisation with this slug when one is given."""
    account = accounts_queries.account_with_email(email)
    for choice in accounts_queries.roles_of(account, today):
        viewer = accounts_queries.viewer_for(account, choice.role_id, today)
        if viewer is not None and viewer.role == kind and organisation in ("", viewer.organisation_slug):
            return viewer
    raise LookupError(f"The account has no role {kind}")


def mallila() -> Staff:
    """Mallilan hyvinvointialue: three municipalities, two units, four people who run it."""
    organisation = organisations.add_organisation(
        at=STARTED,
        values={
            "slug": "mallila",
            "name_fi": "Mallilan hyvinvointialue",
            "name_sv": "Mallila välfärdsområde",
            "name_en": "Mallila wellbeing services county",
            "business_id": "0737546-2",
            "iban": iban(1),
            "bic": "",
            "address": "Mallikatu 1, 00990 Mallila",
            "profile": "western-uusimaa",
            "payroll_contact_name": "Palkkatoimisto",
            "payroll_phone": "+358 9 000 0000",
            "payroll_email": "palkat@mallila.example",
            "pension_policy_number": "20-0000001A",
            "accident_policy_number": "000-000001",
            "accident_insurer_id": "0201256-6",
            "sender_email": "palkkio@mallila.example",
            "peer_support_url": "https://vertaistuki.mallila.example",
        },
    )
    return _set_up(
        organisation.pk,
        "mallila",
        municipalities=(
            ("991", "Mallila", "Mallby"),
            ("992", "Näyttelä", "Visby-Test"),
            ("993", "Koelahti", "Provvik"),
        ),
        units=(
            ("Omaishoidon yksikkö", "Enheten för närståendevård", "Informal care unit", "4410"),
            ("Vammaispalvelut", "Funktionshinderservice", "Disability services", "4420"),
        ),
        staff=(
            ("Ylermi", "Ylläpitäjä", RoleKind.ADMINISTRATOR, date(1975, 4, 12)),
            ("Kaisa", "Käsittelijä", RoleKind.HANDLER, date(1984, 9, 3)),
            ("Pentti", "Palkanlaskija", RoleKind.PAYROLL_CLERK, date(1968, 2, 21)),
            ("Hilla", "Hyväksyjä", RoleKind.PAYROLL_CLERK, date(1979, 11, 8)),
        ),
    )


def koela() -> Staff:
    """Koelan kaupunki: small, and may see nothing of the first."""
    organisation = organisations.add_organisation(
        at=STARTED,
        values={
            "slug": "koela",
            "name_fi": "Koelan kaupunki",
            "name_sv": "Koela stad",
            "name_en": "City of Koela",
            "business_id": "0201256-6",
            "iban": iban(2),
            "address": "Koetie 2, 00980 Koela",
            "profile": "western-uusimaa",
            "payroll_contact_name": "Palkkapalvelut",
            "payroll_phone": "+358 9 000 0002",
            "payroll_email": "palkat@koela.example",
            "pension_policy_number": "20-0000002B",
            "accident_policy_number": "000-000002",
            "accident_insurer_id": "0737546-2",
            "sender_email": "palkkio@koela.example",
            "peer_support_url": "",
        },
    )
    return _set_up(
        organisation.pk,
        "koela",
        municipalities=(("994", "Koela", "Koela"),),
        units=(("Perhepalvelut", "Familjeservice", "Family services", "100"),),
        staff=(
            ("Aatu", "Asetin", RoleKind.ADMINISTRATOR, date(1980, 1, 5)),
            ("Taina", "Tarkistaja", RoleKind.HANDLER, date(1986, 6, 17)),
            ("Piia", "Palkkaa", RoleKind.PAYROLL_CLERK, date(1972, 8, 30)),
            ("Elmo", "Ehdottaja", RoleKind.PAYROLL_CLERK, date(1990, 3, 14)),
        ),
    )


def _set_up(
    organisation_id: int,
    domain: str,
    *,
    municipalities: tuple[tuple[str, str, str], ...],
    units: tuple[tuple[str, str, str, str], ...],
    staff: tuple[tuple[str, str, RoleKind, date], ...],
) -> Staff:
    viewers: list[Viewer] = []
    for number, (given, family, kind, born) in enumerate(staff):
        email = f"{given}@{domain}.example".lower()
        values = {
            "given_names": given,
            "family_name": family,
            "identity_code": identity_code(born, number + organisation_id),
            "email": email,
            "language": "fi",
        }
        if not viewers:
            person = people.add_first_administrator(organisation_id, at=STARTED, values=values).person
        else:
            person = people.add_person(by=viewers[0], at=STARTED, values=values)
            people.give_role(person, kind, by=viewers[0], at=STARTED, first=STARTED.date())
        account_id = make_account(email, person.pk, STARTED, viewers[0] if viewers else None)
        viewers.append(viewer_of(account_id, kind, organisation_id, STARTED.date()))
    administrator, handler, clerk, second = viewers
    municipality_ids = tuple(
        organisations.add_municipality(by=administrator, at=STARTED, code=code, name_fi=fi, name_sv=sv).pk
        for code, fi, sv in municipalities
    )
    unit_ids = tuple(
        organisations.add_unit(
            by=administrator,
            at=STARTED,
            values={
                "name_fi": fi,
                "name_sv": sv,
                "name_en": en,
                "cost_centre": cost_centre,
                "phone": "+358 9 000 0001",
                "email": f"yksikko@{domain}.example",
            },
        ).pk
        for fi, sv, en, cost_centre in units
    )
    for paid in KINDS:
        organisations.start_schedule(paid, by=administrator, at=STARTED, first=date(2025, 12, 1), values=SCHEDULE)
        organisations.offer_day_types(paid, by=administrator, at=STARTED, day_types=OFFERED[paid])
    _contact_points(administrator, domain, municipality_ids)
    for paid, code, amount in DECIDED:
        rate = rates.propose_rate(
            by=clerk,
            at=STARTED,
            contract_kind=paid,
            code=code,
            first=CONTRACTS_FROM,
            amount=amount,
            source="Aluehallitus 15.12.2025 § 202 (esittelytieto)",
        )
        rates.approve_rate(rate, by=second, at=STARTED)
    return Staff(organisation_id, administrator, handler, clerk, second, unit_ids, municipality_ids)


def _contact_points(by: Viewer, domain: str, municipality_ids: tuple[int, ...]) -> None:
    bands = (
        (0, 21, "Lasten ja nuorten palvelut", "Service för barn och unga", "Services for children and young people"),
        (21, 65, "Vammaispalvelut", "Funktionshinderservice", "Disability services"),
        (65, None, "Ikääntyneiden palvelut", "Service för äldre", "Services for older people"),
    )
    for age_from, age_to, fi, sv, en in bands:
        organisations.save_contact_point(
            None,
            by=by,
            at=STARTED,
            values={
                "name_fi": fi,
                "name_sv": sv,
                "name_en": en,
                "municipality_ids": municipality_ids,
                "age_from": age_from,
                "age_to": age_to,
                "phone": f"+358 9 000 01{age_from:02d}",
                "email": f"neuvonta@{domain}.example",
                "takes_callbacks": age_from != 0,
            },
            hours=[DayHours(weekday, time(9), time(11 if age_from else 14)) for weekday in (0, 1, 2, 3, 4)],
            callback_hours=[DayHours(weekday, time(9), time(15)) for weekday in range(5)] if age_from else [],
        )
