"""A payday whose wages and fees go to the register: carers of the organisation, assistants of two households."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from palkkio.core.clock import HELSINKI
from palkkio.core.days import DateRange
from palkkio.core.payslip import TaxCardKind
from palkkio.core.viewer import RoleKind, Viewer
from palkkio.entries.models import Sheet
from palkkio.payroll.models import Run
from palkkio.reporting import actions, queries
from tests import factories
from tests.apps.payroll.scene import NOW, Payroll, payroll
from tests.formats.values import identity_code
from tests.prepared import prepared
from tests.web_portal.scene import map_accounts

if TYPE_CHECKING:
    from palkkio.contracts.models import Contract
    from palkkio.people.models import Person
    from palkkio.reporting.models import Delivery

FIRST_HALF = DateRange.of_days(date(2026, 5, 1), date(2026, 5, 15))
BORN_2014 = date(2014, 5, 6)


def house_with_accounts(place: factories.Place | None = None) -> Payroll:
    house = payroll(place)
    map_accounts(house.place)
    return house


def assistant(house: Payroll, name: str = "Avustaja") -> Person:
    """An assistant with an account and a card of wages."""
    person = factories.person(house.place, "Aino", name)
    factories.viewer(person, RoleKind.ASSISTANT)
    factories.bank_account(person)
    house.card(person.pk, kind=TaxCardKind.WAGE)
    return person


def works(house: Payroll, person: Person, employer: Person, *days: int) -> Contract:
    """Shifts from 8 to 16 in the first half of May, approved by the household, whose gate is open."""
    contract = factories.assistance(
        house.place, person.pk, employer=employer, rates={"hourly": "14.50"}, agreement="statute"
    )
    sheet = Sheet.objects.create(organisation_id=house.place.id, contract=contract, period=FIRST_HALF)
    for day in days:
        factories.shift(sheet, *(datetime(2026, 5, day, hour, tzinfo=HELSINKI) for hour in (8, 16)))
    house.review(sheet)
    return contract


@dataclass
class Payday:
    """Minor and grown-up employ; one assistant works for both, another for the minor alone; a carer is paid, too."""

    house: Payroll
    minor: Person
    grown_up: Person
    of_both: Person
    of_minor: Person
    carer: Viewer
    run: Run

    @property
    def deliveries(self) -> list[Delivery]:
        return list(queries.deliveries_of_run(self.run.pk))

    def of(self, employer: Person | None) -> Delivery:
        (found,) = [each for each in self.deliveries if each.employer_id == (employer and employer.pk)]
        return found


def payday() -> Payday:
    return prepared("a payday of carers and households", _payday)


def _payday() -> Payday:
    house = house_with_accounts()
    code = identity_code(BORN_2014, 921)
    minor = factories.person(house.place, "Minttu", "Mallikas", identity_code=code, born=BORN_2014)
    grown_up = factories.person(house.place, "Eero", "Esimerkki")
    for each in (minor, grown_up):
        factories.open_gate(house.place, each)
    of_both, of_minor = assistant(house), assistant(house, "Apuri")
    works(house, of_both, minor, 5, 6)
    works(house, of_both, grown_up, 7)
    works(house, of_minor, minor, 8)
    carer = factories.carer(house.place, "Mallikas")
    house.month(house.contract(carer=carer), 2)
    run = actions.finish_run(house.approve(house.propose()).pk, at=NOW)
    return Payday(house, minor, grown_up, of_both, of_minor, carer, run)
