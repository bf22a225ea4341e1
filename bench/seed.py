"""A county with many carers whose May is reviewed, written in bulk: seeding is not what is measured."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tests import factories

from palkkio.contracts.models import AgreedRate, Contract, Terms
from palkkio.core.days import DateRange
from palkkio.core.names import search_key, sort_key
from palkkio.core.payslip import ContractKind, TaxCardKind
from palkkio.core.viewer import Viewer
from palkkio.entries.models import DayEntry, Sheet, SheetRevision
from palkkio.payroll.models import TaxCard
from palkkio.people.models import BankAccount, Person
from palkkio.reporting import actions as reporting

CODES = ("CARE_DAY", "TRAINING_DAY", "CANCELLED_DAY", "KILOMETRES", "TRIP_EXPENSE", "WITHHOLDING", "PENSION", "NET")
YEAR = DateRange.of_days(date(2026, 1, 1), date(2026, 12, 31))
SINCE = DateRange(date(2026, 1, 1), None)
AT_ONCE = 2000


@dataclass(frozen=True)
class Seeded:
    """Who proposes and who approves."""

    proposer: Viewer
    approver: Viewer


def county(payees: int, days: int) -> Seeded:
    """Carers with account, card, contract and `days` care days a month; one in ten with trips, April not paid."""
    place = factories.county()
    for number, code in enumerate(CODES):
        reporting.map_account(
            by=place.maker, at=factories.NOW, contract_kind="", code=code, account=f"45{number:02d}", first="1.1.2026"
        )
    factories.rate(place, "kilometre", "0.25")
    carers = _people(place, payees, "Mallikas")
    recipients = _people(place, payees, "Hoidettava")
    accounts = [
        BankAccount(organisation=place.organisation, person=each, iban=factories.iban(), valid=SINCE) for each in carers
    ]
    BankAccount.objects.bulk_create(accounts, batch_size=AT_ONCE)
    _cards(place, carers)
    contracts = _contracts(place, carers, recipients)
    handler = factories.handler(place)
    _sheets(place, contracts, days, handler.account_id)
    return Seeded(factories.clerk(place), factories.clerk(place, "Hyväksyjä", "Hilla"))


def _people(place: factories.Place, count: int, family_name: str) -> list[Person]:
    made = []
    for number in range(count):
        code, born = factories.identity_code()
        name = f"{family_name}-Testaaja{number:05d}"
        made.append(
            Person(
                organisation=place.organisation,
                given_names="Testi",
                family_name=name,
                sort_key=sort_key(name, "Testi"),
                search_key=search_key(name, "Testi"),
                identity_code=code,
                born=born,
                municipality=place.municipality,
            )
        )
    return Person.objects.bulk_create(made, batch_size=AT_ONCE)


def _cards(place: factories.Place, carers: Sequence[Person]) -> None:
    TaxCard.objects.bulk_create(
        [
            TaxCard(
                organisation=place.organisation,
                person=each,
                kind=TaxCardKind.INFORMAL_CARE.value,
                valid=YEAR,
                base_percent=Decimal("12.5"),
                ceiling=Decimal(15000),
                additional_percent=Decimal(35),
                accumulates_from=date(2026, 1, 1),
                source=TaxCard.Source.TAX_ADMINISTRATION.value,
                fetched_at=factories.NOW,
            )
            for each in carers
        ],
        batch_size=AT_ONCE,
    )


def _contracts(place: factories.Place, carers: Sequence[Person], recipients: Sequence[Person]) -> list[Contract]:
    contracts = Contract.objects.bulk_create(
        [
            Contract(
                organisation=place.organisation,
                number=f"2026-{number:06d}",
                kind=ContractKind.SUBSTITUTE_CARE.value,
                carer=carer,
                recipient=recipient,
                unit=place.unit,
                municipality=place.municipality,
                valid=SINCE,
                signed_on=date(2025, 12, 15),
                pays_trips=True,
            )
            for number, (carer, recipient) in enumerate(zip(carers, recipients, strict=True))
        ],
        batch_size=AT_ONCE,
    )
    terms = Terms.objects.bulk_create(
        [Terms(organisation=place.organisation, contract=each, valid=SINCE, source=each.number) for each in contracts],
        batch_size=AT_ONCE,
    )
    AgreedRate.objects.bulk_create(
        [
            AgreedRate(organisation=place.organisation, terms=each, code=code, amount=Decimal(amount))
            for each in terms
            for code, amount in (("care", "97.55"), ("cancelled", "48.78"))
        ],
        batch_size=AT_ONCE,
    )
    return contracts


def _sheets(place: factories.Place, contracts: Sequence[Contract], days: int, account_id: int) -> None:
    sheets = Sheet.objects.bulk_create(
        [
            Sheet(
                organisation=place.organisation,
                contract=each,
                period=factories.MAY,
                state=Sheet.State.REVIEWED,
                confirmed_at=factories.NOW,
                reviewed_at=factories.NOW,
                reviewed_by_id=account_id,
            )
            for each in contracts
        ],
        batch_size=AT_ONCE,
    )
    start, _end = factories.MAY.edges
    care = [start.replace(day=number + 1) for number in range(min(days, factories.MAY.days))]
    DayEntry.objects.bulk_create(
        [
            DayEntry(
                organisation=place.organisation,
                sheet=sheet,
                day=day,
                day_type=_type(day),
                entered_by_id=account_id,
                entered_at=factories.NOW,
            )
            for sheet in sheets
            for day in care
        ],
        batch_size=AT_ONCE,
    )
    entries = [{"day": day.isoformat(), "type": _type(day), "count": "1"} for day in care]
    SheetRevision.objects.bulk_create(
        [
            SheetRevision(
                organisation=place.organisation,
                sheet=sheet,
                number=1,
                period=factories.MAY,
                facts={"entries": entries, "trips": _trips(number, start)},
                reviewed_at=factories.NOW,
                reviewed_by_id=account_id,
            )
            for number, sheet in enumerate(sheets)
        ],
        batch_size=AT_ONCE,
    )


def _type(day: date) -> str:
    return "cancelled" if day.day == 13 else "care"


def _trips(number: int, day: date) -> list[dict[str, object]]:
    """One payee in ten drove to the care recipient."""
    if number % 10:
        return []
    trip = {"kilometres": "34", "origin": "Koti", "destination": "Hoidettava", "purpose": "Hoitojakso", "expense": "0"}
    return [{**trip, "day": day.isoformat(), "receipt": None}]
