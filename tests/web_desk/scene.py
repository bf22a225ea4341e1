"""The county's desk in June 2026, with May to review."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.test import Client

from palkkio.core.payslip import DayType
from palkkio.core.viewer import Viewer
from palkkio.entries import actions
from tests import factories
from tests.prepared import prepared

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from palkkio.contracts.models import Contract
    from palkkio.entries.models import Sheet

NOW, TODAY = factories.NOW, factories.TODAY
NAMES = (("Mallikas", "Hilla"), ("Testaaja", "Onni"), ("Esimerkki", "Väinö"), ("Kokeilija", "Sirkka"))


@dataclass
class Scene:
    """`carers`, `contracts` and `sheets` go together; the last carer has entered nothing and not confirmed."""

    place: factories.Place
    handler: Viewer
    colleague: Viewer
    clerk: Viewer
    administrator: Viewer
    carers: list[Viewer] = field(default_factory=list)
    contracts: list[Contract] = field(default_factory=list)
    sheets: list[Sheet] = field(default_factory=list)

    def state(self, at: int) -> str:
        self.sheets[at].refresh_from_db()
        return str(self.sheets[at].state)

    def version(self, at: int) -> int:
        self.sheets[at].refresh_from_db()
        return self.sheets[at].version

    def pick(self, at: int) -> str:
        """What the queue's checkbox posts."""
        return f"{self.sheets[at].pk}.{self.version(at)}"


def make() -> Scene:
    """May in Mallila: four carers, of whom three have confirmed, and two handlers."""
    return prepared("may of the desk", _make)


def _make() -> Scene:
    place = factories.county()
    found = Scene(
        place, factories.handler(place), factories.handler(place, "Kollega"), factories.clerk(place), place.maker
    )
    add_carers(found, NAMES)
    for at in range(3):
        enter(found, at, range(1, 9 + at))
        confirm(found, at)
    return found


def add_carers(found: Scene, names: Iterable[tuple[str, str]]) -> None:
    """Carers by family and given name, each with a contract and its sheets."""
    from palkkio.entries.models import Sheet

    carers = [factories.carer(found.place, family_name, given_names) for family_name, given_names in names]
    contracts = [factories.contract(found.place, carer.person_id, pays_trips=True) for carer in carers]
    actions.ensure_sheets(found.place.id, today=TODAY)
    found.carers += carers
    found.contracts += contracts
    found.sheets += [Sheet.objects.get(contract=contract, period=factories.MAY) for contract in contracts]


def enter(found: Scene, at: int, days: range, by: Viewer | None = None) -> None:
    actions.enter_days(
        found.sheets[at].pk,
        by=by or found.carers[at],
        at=NOW,
        version=found.version(at),
        days=[date(2026, 5, day) for day in days],
        day_type=DayType.CARE,
    )


def confirm(found: Scene, at: int) -> None:
    actions.confirm_sheet(found.sheets[at].pk, by=found.carers[at], at=NOW, version=found.version(at))


# --- At the door -----------------------------------------------------------------------------------------------------


def signed_in(viewer: Viewer, language: str = "en") -> Client:
    """A client with the viewer's session; pages in English."""
    from palkkio.accounts.models import Account

    account = Account.objects.get(pk=viewer.account_id)
    Account.objects.filter(pk=account.pk).update(language=language)
    client = Client()
    factories.sign_in(client, viewer)
    return client


def sit_down(page: Page, viewer: Viewer, language: str = "en") -> Page:
    """The same session in a browser's window."""
    client = signed_in(viewer, language)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    page.goto("/sign-in/")
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": page.url}])
    return page
