"""Tax cards come from the Tax Administration before payday, and a changed card from paper wins by its date (PAY-2)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from palkkio.adapters.configuration import SettingsError
from palkkio.adapters.tax_cards import client
from palkkio.adapters.tax_cards.records import Query, Record
from palkkio.adapters.tax_cards.sandbox import Sandbox, running
from palkkio.adapters.tax_cards.settings import Service, read_service
from palkkio.core.clock import HELSINKI
from palkkio.core.payslip import TaxCardKind
from palkkio.core.problems import NotAllowed, WrongState
from palkkio.payroll import actions
from palkkio.payroll.actions import fetching
from palkkio.payroll.models import CardRequest, TaxCard
from palkkio.payroll.queries import tax_card_on
from palkkio.people.models import Person
from tests import factories
from tests.apps.payroll.scene import NOW, PAYDAY, Payroll, payroll, proposal
from tests.formats.values import identity_code

pytestmark = pytest.mark.django_db

NEAR = datetime(2026, 6, 21, 3, tzinfo=HELSINKI)  # nine days before the payday
KIND = TaxCardKind.INFORMAL_CARE.value
OF_2026 = {"first": "2026-01-01", "last": "2026-12-31"}
CARD = {"base_percent": "11.5", "ceiling": "18000.00", "additional_percent": "32.0", **OF_2026}


@pytest.fixture
def sandbox(settings: object) -> Iterator[Sandbox]:
    with running() as server:
        settings.PALKKIO_TAX_CARDS = Service(server.url, is_sandbox=True)  # type: ignore[attr-defined]
        yield server


@pytest.fixture
def house(sandbox: Sandbox) -> Payroll:
    made = payroll()
    contract = made.contract(card=False)
    made.month(contract, 2)
    sandbox.cards[code_of(contract.carer_id), KIND] = dict(CARD)
    return made


def code_of(person_id: int) -> str:
    return Person.objects.get(pk=person_id).identity_code


def payee(house: Payroll) -> int:
    return house.contracts[0].carer_id


def fetch(house: Payroll, at: datetime = NEAR) -> int:
    return actions.fetch_tax_cards(house.place.id, at=at)


def test_a_card_is_fetched_some_days_before_the_payday_and_the_waiting_run_uses_it(house: Payroll) -> None:
    run = house.propose()
    assert "NO_TAX_CARD" in proposal(run, house.contracts[0]).problem_codes
    assert fetch(house, NOW) == 0  # the payday is three weeks away
    assert fetch(house) == 1
    card = tax_card_on(payee(house), KIND, PAYDAY)
    assert card is not None
    assert (card.base_percent, card.ceiling, card.source) == (Decimal("11.5"), Decimal(18000), "tax_administration")
    now = proposal(run, house.contracts[0])
    assert ("NO_TAX_CARD" in now.problem_codes, now.tax_card_id) == (False, card.pk)


def test_what_was_answered_is_not_asked_again_for_the_payday(house: Payroll, sandbox: Sandbox) -> None:
    """Cached: one question a person, kind and payday; the next payday asks anew, and the same card is no new one."""
    fetch(house)
    asked = sandbox.asked
    assert (fetch(house), sandbox.asked) == (0, asked)
    assert fetch(house, datetime(2026, 7, 28, 3, tzinfo=HELSINKI)) == 0
    assert sandbox.asked == asked + 1
    states = CardRequest.objects.order_by("payday").values_list("state", "payday")
    assert list(states) == [("new", PAYDAY), ("same", date(2026, 7, 31))]
    assert TaxCard.objects.filter(person_id=payee(house)).count() == 1


def test_a_changed_card_from_paper_wins_by_its_date_and_the_history_stays(house: Payroll, sandbox: Sandbox) -> None:
    """W7, W8: the card with the later first day holds, whichever way it came, and counts from that day."""
    paper = {"first": date(2026, 6, 15), "base": Decimal(9), "ceiling": Decimal(8000), "additional": Decimal(40)}
    keyed = actions.record_tax_card(payee(house), by=house.proposer, at=NOW, kind=KIND, **paper)
    fetch(house)
    assert tax_card_on(payee(house), KIND, PAYDAY) == keyed
    changed = {**CARD, "base_percent": "7.0", "first": "2026-07-20", "is_changed": True}
    sandbox.cards[code_of(payee(house)), KIND] = changed
    fetch(house, datetime(2026, 7, 28, 3, tzinfo=HELSINKI))
    assert tax_card_on(payee(house), KIND, PAYDAY) == keyed
    newest = tax_card_on(payee(house), KIND, date(2026, 7, 31))
    assert newest is not None
    assert (newest.base_percent, newest.accumulates_from) == (Decimal(7), date(2026, 7, 20))
    assert TaxCard.objects.filter(person_id=payee(house)).count() == 3


def test_without_a_card_the_run_stops_at_the_payee_before_approval(house: Payroll) -> None:
    nobody = factories.person(house.place, identity_code=identity_code(date(1961, 2, 3), 998), born=date(1961, 2, 3))
    contract = house.contract(carer=factories.viewer(nobody, factories.RoleKind.CARER), card=False)
    factories.bank_account(nobody)
    house.month(contract, 1)
    fetch(house)
    assert CardRequest.objects.get(person=nobody).state == "none"
    run = house.propose()
    assert "NO_TAX_CARD" in proposal(run, contract).problem_codes
    with pytest.raises(WrongState):
        house.approve(run)


def test_the_kind_of_card_follows_the_kind_of_contract(house: Payroll, sandbox: Sandbox) -> None:
    """The salary card never applies to care fees."""
    fetch(house)
    assert set(CardRequest.objects.values_list("kind", flat=True)) == {KIND}


def test_a_service_that_is_away_or_answers_nonsense_is_asked_again(
    house: Payroll, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    sandbox.failures = 1
    with pytest.raises(client.TaxCardError):
        fetch(house)
    request = CardRequest.objects.get()
    assert (request.state, request.tries, request.trouble) == ("waiting", 1, "HTTP 503")
    sandbox.cards[code_of(payee(house)), KIND] = {**CARD, "base_percent": "112"}
    with pytest.raises(client.TaxCardError):
        fetch(house)
    sandbox.cards[code_of(payee(house)), KIND] = dict(CARD)
    take = fetching._take

    def killed(*_arguments: object) -> bool:
        raise KeyboardInterrupt

    monkeypatch.setattr(fetching, "_take", killed)  # the answer has come, and the worker dies
    with pytest.raises(KeyboardInterrupt):
        fetch(house)
    monkeypatch.setattr(fetching, "_take", take)
    assert fetch(house, NEAR + timedelta(hours=1)) == 1
    assert TaxCard.objects.count() == 1
    request.refresh_from_db()
    assert (request.state, request.trouble) == ("new", "")


def test_a_clerk_asks_at_once_also_again_where_there_was_none(house: Payroll, settings: object) -> None:
    CardRequest.objects.create(
        organisation_id=house.place.id, person_id=payee(house), kind=KIND, payday=PAYDAY, state="none", made_at=NOW
    )
    with pytest.raises(NotAllowed):
        actions.ask_for_tax_cards(by=house.handler, at=NEAR)
    assert actions.ask_for_tax_cards(by=house.proposer, at=NEAR) == 1
    assert fetch(house) == 1
    settings.PALKKIO_TAX_CARDS = None  # type: ignore[attr-defined]
    assert fetch(house) == 0
    with pytest.raises(WrongState):
        actions.ask_for_tax_cards(by=house.proposer, at=NEAR)


def test_the_sandbox_knows_test_identities_alone_and_production_refuses_it(sandbox: Sandbox) -> None:
    service = Service(sandbox.url, is_sandbox=True)
    query = Query(identity_code(date(1970, 1, 1), 901), KIND, PAYDAY)
    (first,), (second,) = client.fetch(service, "0737546-2", [query]), client.fetch(service, "0737546-2", [query])
    assert isinstance(first, Record)
    assert first == second
    with pytest.raises(client.TaxCardError, match="400"):
        client.fetch(service, "0737546-2", [Query("010190-123X", KIND, PAYDAY)])
    assert read_service("", production=True) is None
    for text in ("{", "{}", '{"url": "http://elsewhere.example"}'):
        with pytest.raises(SettingsError):
            read_service(text, production=False)
    with pytest.raises(SettingsError):
        read_service('{"url": "https://cards.example"}', production=True)
