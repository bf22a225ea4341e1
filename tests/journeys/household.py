"""A household of a journey: Eero employs Aila and Yrjö, who are paid by halves of a month; and their pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import override

from palkkio.core.clock import HELSINKI, Clock
from palkkio.core.payslip import ContractKind, TaxCardKind
from palkkio.core.viewer import RoleKind
from palkkio.web.alert_words import TITLES
from tests import factories
from tests.apps.payroll.scene import payroll
from tests.journeys import steps
from tests.journeys.test_a_half_month import come_in
from tests.journeys.test_a_month import SIZES
from tests.web_portal.scene import map_accounts

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from palkkio.calculation.assistance.alert import AlertKind
    from palkkio.contracts.models import Contract
    from tests.apps.payroll.scene import Payroll

ONLY_ASSISTANTS = {"contract_kinds": [ContractKind.PERSONAL_ASSISTANCE]}


@dataclass
class Household:
    """The gate is open and a decision in force, of 30 hours a month between 8 and 20 where nothing else is said."""

    house: Payroll
    employer_id: int
    aila: Contract
    yrjo: Contract
    settings: Any

    def today_is(self, day: date) -> None:
        self.settings.PALKKIO_CLOCK = Clock(day)


def household(settings: Any, today: date, *, grants: dict[str, Any] | None = None, **terms: Any) -> Household:
    """`terms` are those of both employments."""
    from palkkio.entries.actions import ensure_sheets

    settings.PALKKIO_CLOCK = Clock(today)
    house = payroll()
    place = house.place
    map_accounts(place)
    factories.pays(place, ContractKind.PERSONAL_ASSISTANCE, values=factories.HALVES)
    eero = factories.person(place, "Eero", "Työnantaja")
    factories.viewer(eero, RoleKind.EMPLOYER)
    contracts = []
    for name in ("Aila", "Yrjö"):
        person = factories.person(place, name, "Avustaja")
        factories.viewer(person, RoleKind.ASSISTANT)
        factories.bank_account(person)
        given = {"rates": {"hourly": "14.50"}, "agreement": "statute", **terms}
        contracts.append(factories.assistance(place, person, employer=eero, **given))
        house.card(person.pk, kind=TaxCardKind.WAGE)
    factories.open_gate(place, eero)
    factories.decision(place, eero, **(grants or {}))
    ensure_sheets(place.id, today=today)
    aila, yrjo = contracts
    return Household(house, eero.pk, aila, yrjo, settings)


def moment(month: int, day: int) -> datetime:
    return datetime(2026, month, day, 12, tzinfo=HELSINKI)


def on_phone(open_page: Callable[..., Page], person_id: int) -> Page:
    page = open_page(**SIZES["phone"])
    come_in(page, person_id)
    return page


def at_desk(open_page: Callable[..., Page], person_id: int) -> Page:
    page = open_page(**SIZES["desktop"])
    come_in(page, person_id)
    return page


def half_month(page: Page, title: str) -> str:
    """The address of a half month of an assistant, found as people find it."""
    page.goto("/periods/")
    page.locator("main a", has_text=title).first.click()
    page.locator("#days").wait_for()
    return page.url.partition("#")[0]


def press(page: Page, message: str) -> None:
    page.get_by_role("button", name=steps.words(message)).first.click()


def titles(*kinds: AlertKind) -> set[str]:
    """What alerts are called on a Finnish page."""
    with override("fi"):
        return {str(TITLES[kind]) for kind in kinds}


def shown(page: Page) -> str:
    """The words of the page, blanks made plain."""
    return " ".join(page.locator("main").inner_text().split())
