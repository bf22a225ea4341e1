"""A month's money goes out and comes back: tax cards fetched, bank over SFTP, incomes register and letters over HTTP.

Two payments are returned, a report is refused, a month is
corrected in the next run, and the reconciliation page ends green. Whoever is killed (`kill -9`) in the middle of a
conversation and started again, it ends the same. PAY-2, PAY-7, PAY-9, PAY-10, PAY-12, ACC-11.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from palkkio.adapters.bank.banks import read_banks
from palkkio.adapters.incomes_register.settings import read_register
from palkkio.adapters.suomifi_messages.sandbox_store import Store as LetterStore
from palkkio.adapters.suomifi_messages.settings import read_services
from palkkio.adapters.tax_cards.settings import read_service
from palkkio.core.clock import HELSINKI, Clock
from palkkio.core.problems import WrongState
from palkkio.core.viewer import RoleKind
from palkkio.entries.models import Sheet
from palkkio.messages import actions as messages
from palkkio.messages.models import Letter
from palkkio.payments import actions as payments
from palkkio.payments.models import Answer, Batch, Payment
from palkkio.payroll import actions as payroll
from palkkio.payroll.models import CardRequest, Payslip, Run, TaxCard
from palkkio.people import actions as people
from palkkio.people.models import Person
from palkkio.people.queries import accounts_on
from palkkio.reporting import access
from palkkio.reporting.models import Delivery, Report
from palkkio.reporting.queries import open_refusals
from tests import factories
from tests.apps.payroll.scene import PAYDAY, PAYDAY_OF_JUNE, Payroll
from tests.apps.payroll.test_killed_worker import until
from tests.apps.reporting.register_scene import house_with_accounts, works
from tests.formats.values import identity_code
from tests.journeys.outside import BANK, CARDS, LETTERS, REGISTER, WORKER, Outside, done, job, outside, query
from tests.web_desk.scene import signed_in

pytestmark = [pytest.mark.long, pytest.mark.django_db(transaction=True)]

RUN_MADE, CORRECTED = date(2026, 6, 22), date(2026, 7, 22)  # eight and nine days before the paydays
LOOKED_AT = date(2026, 8, 10)
BORN = date(1980, 1, 1)
UNKNOWN, KNOWN = identity_code(BORN, 999), identity_code(BORN, 998)  # whom the register does not know, and does
CARD = {"base_percent": "12.0", "ceiling": "30000.00", "additional_percent": "30.0"}
CARERS = 4
HOME = {"street": "Mallitie 4", "postcode": "00100", "town": "Mallila"}
LETTERS_GO = ("suomifi", "suomifi", "printed")  # of the first three carers; the first one has a mailbox in use


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 10, tzinfo=HELSINKI)


@dataclass
class Month:
    """Four carers with one to four care days of May, and an assistant of a household; nobody has a tax card."""

    house: Payroll
    sheets: list[Sheet]
    assistant: Person
    outside: Outside
    settings: Any
    clerk: Client  # who proposes runs and makes payments anew
    second: Client  # who approves runs and gives files to the bank

    def day(self, today: date) -> None:
        """From now on it is this day, for clerks and worker."""
        self.settings.PALKKIO_CLOCK = Clock(today)
        self.outside.day(today)

    def carer(self, number: int) -> Person:
        return Person.objects.get(pk=self.house.contracts[number].carer_id)

    def page(self, name: str) -> str:
        answer = self.clerk.get(reverse(name))
        assert answer.status_code == 200
        return answer.content.decode()


@pytest.fixture
def month(transactional_db: None, tmp_path: Path, settings: Any) -> Iterator[Month]:
    house = house_with_accounts()
    payments.change_agreement(
        by=house.approver, at=factories.NOW, version="pain.001.001.09", cut_off="14:00", answer_days=2
    )
    sheets = []
    for number in range(CARERS):
        code = UNKNOWN if number == CARERS - 1 else identity_code(BORN, 910 + number)
        carer = factories.carer(house.place, f"Testaaja{chr(ord('a') + number)}", identity_code=code, born=BORN, **HOME)
        if number < len(LETTERS_GO):
            messages.choose_letters(carer.person_id, LETTERS_GO[number], by=house.place.maker, at=factories.NOW)
        sheets.append(house.month(house.contract(carer=carer, card=False), number + 1))
    employer = factories.person(house.place, "Eero", "Esimerkki")
    factories.open_gate(house.place, employer)
    code = identity_code(BORN, 930)
    assistant = factories.person(house.place, "Aino", "Avustaja", identity_code=code, born=BORN)
    factories.viewer(assistant, RoleKind.ASSISTANT)
    factories.bank_account(assistant)
    works(house, assistant, employer, 5, 6)
    codes = [(code, "wage"), *((identity_code(BORN, 910 + each), "informal_care") for each in range(CARERS - 1))]
    of_2026 = {"first": "2026-01-01", "last": "2026-12-31"}
    rows = [
        {"identity_code": code, "kind": kind, **CARD, **of_2026}
        for code, kind in [*codes, (UNKNOWN, "informal_care"), (KNOWN, "informal_care")]
    ]
    (tmp_path / "tax-cards.json").write_text(json.dumps(rows))
    query("DELETE FROM procrastinate_jobs")
    with outside(tmp_path, PAYDAY) as made:
        settings.PALKKIO_BANKS = read_banks(made.settings["PALKKIO_BANKS"])
        settings.PALKKIO_INCOMES_REGISTER = read_register(made.settings["PALKKIO_INCOMES_REGISTER"], production=False)
        settings.PALKKIO_SUOMIFI_MESSAGES = read_services(made.settings["PALKKIO_SUOMIFI_MESSAGES"], production=False)
        settings.PALKKIO_TAX_CARDS = read_service(made.settings["PALKKIO_TAX_CARDS"], production=False)
        clerks = signed_in(house.proposer), signed_in(house.approver)
        yield Month(house, sheets, assistant, made, settings, *clerks)


@pytest.mark.parametrize("killed", ["nobody", WORKER, BANK, REGISTER, CARDS, LETTERS])
def test_a_month_goes_out_and_comes_back_whoever_is_killed(month: Month, killed: str, tmp_path: Path) -> None:
    # Given a run that waits for the tax cards of its payees (PAY-2)
    month.day(RUN_MADE)
    run = proposed(month, PAYDAY, RUN_MADE)
    with pytest.raises(WrongState):
        month.house.approve(run, at=at(RUN_MADE))
    month.outside.talk(
        CARDS,
        lambda: payroll.ask_for_tax_cards(by=month.house.proposer, at=at(RUN_MADE)),
        killed=killed,
        is_under_way=CardRequest.objects.filter(tries=1).exists,
    )
    assert TaxCard.objects.count() == CARERS + 1

    # when a second clerk approves it, and gives its file to the bank (PAY-7, PAY-9)
    to_mend = [month.carer(0), month.assistant]
    closed = {account_of(person): "returned AC04" for person in to_mend}
    (tmp_path / "sandbox-bank" / "faults.json").write_text(json.dumps(closed))
    month.outside.talk(
        LETTERS,
        lambda: month.house.approve(run, at=at(RUN_MADE)),
        killed=killed,
        is_under_way=letters_are_being_sent,
    )
    is_produced(run)
    batch = Batch.objects.get(run=run)
    month.outside.talk(
        BANK,
        lambda: month.second.post(reverse("desk:mark-sent", args=[batch.pk])),
        killed=killed,
        is_under_way=waits_within_a_transaction,
    )
    batch.refresh_from_db()
    assert (batch.state, batch.trouble) == ("sent", "")

    # and whose payslips go as letters has got them, or they wait to be printed (ACC-11)
    letters_come()
    assert letters(month) == {(0, "read"): 1, (1, "printed"): 1, (2, "waiting"): 1}

    # and its payday comes (PAY-10)
    month.outside.talk(
        REGISTER,
        lambda: payday_comes(month),
        killed=killed,
        is_under_way=Delivery.objects.filter(sent_at=None).exclude(tried_at=None).exists,
    )
    answers_come()

    # then two payments are returned and one report is refused, and the page says so
    assert Counter(Payment.objects.values_list("outcome", flat=True)) == {"returned": 2, "settled": 3}
    (refused,) = open_refusals(month.house.place.id)
    assert refused.person_id == month.carer(3).pk
    assert "The sums differ" in month.page("desk:reconciliation")

    # When two persons have corrected the account numbers, and a second clerk has sent the new payments
    for person in to_mend:
        factories.bank_account(person, first=PAYDAY)
    came_back = Payment.objects.filter(outcome="returned").values_list("pk", flat=True)
    month.clerk.post(reverse("desk:repay"), {"payment": list(came_back)})
    repair = Batch.objects.get(run=None)
    month.clerk.post(reverse("desk:mark-sent", args=[repair.pk]))
    assert Batch.objects.get(run=None).state == "ready"
    month.second.post(reverse("desk:mark-sent", args=[repair.pk]))

    # and the refused report is mended and sent again
    people.change_person(month.carer(3), by=month.house.place.maker, at=at(PAYDAY), values={"identity_code": KNOWN})
    month.clerk.post(reverse("desk:report-again", args=[refused.delivery_id]))
    done()
    answers_come()
    assert "The sums agree to the cent." in month.page("desk:reconciliation")

    # and a month is corrected in the next run (PAY-12), which goes the same way
    month.day(CORRECTED)
    month.house.correct(month.sheets[1], 5, at=at(CORRECTED))
    run = proposed(month, PAYDAY_OF_JUNE, CORRECTED)
    approved(month, run, CORRECTED)
    month.second.post(reverse("desk:mark-sent", args=[Batch.objects.get(run=run).pk]))
    done()
    month.day(PAYDAY_OF_JUNE)
    answers_come()

    # then it ends green: nothing is missing, nothing is there twice
    month.settings.PALKKIO_CLOCK = Clock(LOOKED_AT)
    month.clerk.post(reverse("desk:look-again"))
    page = month.page("desk:reconciliation")
    assert "The sums agree to the cent." in page
    assert "Nothing is missing" in page
    all_is_there_once(month, tmp_path)


def payday_comes(month: Month) -> None:
    month.day(PAYDAY)
    job("palkkio.reporting.tasks.talk_to_incomes_register", timestamp=0)


def proposed(month: Month, payday: date, today: date) -> Run:
    run = payroll.propose_run(by=month.house.proposer, at=at(today), payday=payday)
    done()
    return run


def approved(month: Month, run: Run, today: date) -> None:
    month.house.approve(run, at=at(today))
    done()
    is_produced(run)


def is_produced(run: Run) -> None:
    run.refresh_from_db()
    assert (run.state, run.trouble) == ("produced", "")


def answers_come() -> None:
    """What the timetable does each minute, until the bank and the register have said all."""

    def has_come() -> bool:
        job("palkkio.payments.tasks.take_answers", timestamp=0)
        job("palkkio.reporting.tasks.talk_to_incomes_register", timestamp=0)
        done()
        waits_for_bank = Payment.objects.filter(is_cancelled=False, outcome__in=("", "accepted"))
        waits_for_register = Delivery.objects.filter(is_cancelled=False, answered_at=None)
        return not waits_for_bank.exists() and not waits_for_register.exists()

    until(has_come)


def letters_come() -> None:
    job("palkkio.messages.tasks.talk_to_suomifi_messages", timestamp=0)
    done()


def letters(month: Month) -> Counter[tuple[int, str]]:
    """Letters with payslips: whose, and what became of them."""
    numbers = {each.carer_id: number for number, each in enumerate(month.house.contracts)}
    rows = Letter.objects.filter(notice__kind="payslip_ready").values_list("notice__person_id", "state")
    return Counter((numbers[person_id], state) for person_id, state in rows)


def letters_are_being_sent() -> bool:
    """The worker has a letter in hand and waits for Suomi.fi Messages."""
    return bool(
        query("SELECT count(*) FROM procrastinate_jobs WHERE status = 'doing' AND task_name LIKE '%.send_letters'")
    )


def waits_within_a_transaction() -> bool:
    """The worker has the file in hand and waits for the bank."""
    return bool(
        query(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
            "AND state = 'idle in transaction' AND state_change < now() - interval '0.5 seconds'"
        )
    )


def all_is_there_once(month: Month, folder: Path) -> None:
    slips = Payslip.objects.filter(is_cancelled=False)
    assert slips.count() == CARERS + 2  # the correction beside them
    settled = Payment.objects.filter(outcome="settled")
    assert sorted(settled.values_list("payslip_id", flat=True)) == sorted(slips.values_list("pk", flat=True))
    assert sum(settled.values_list("amount", flat=True)) == sum(slips.values_list("net", flat=True))
    correction = slips.get(run__payday=PAYDAY_OF_JUNE)
    assert (correction.gross, correction.net) == (Decimal("292.65"), Decimal("236.17"))  # three days, 12 %, 7.30 %
    assert Counter(Payment.objects.values_list("outcome", flat=True)) == {"settled": CARERS + 2, "returned": 2}
    # The bank has booked three files, and each answer is read once.
    assert len(list((folder / "sandbox-bank" / "taken").glob("*.xml"))) == 3
    assert all(not troubles for troubles in Answer.objects.values_list("troubles", flat=True))
    states = Counter(Report.objects.filter(person__isnull=False).values_list("action", "state"))
    assert states == {("new", "accepted"): CARERS + 2, ("new", "refused"): 1}
    assert not Delivery.objects.exclude(trouble="").exists()
    assert TaxCard.objects.count() == CARERS + 1
    assert not access.findings(month.house.approver).exists()
    letters_come()
    assert letters(month) == {(0, "read"): 1, (1, "printed"): 2, (2, "waiting"): 1}
    given = [each.external_id for each in LetterStore(folder / "sandbox-letters" / "letters.sqlite3").messages()]
    assert len(given) == len(set(given)) == Letter.objects.exclude(message_id=None).count()
    messages.print_letters(by=month.house.approver, at=at(LOOKED_AT))
    assert letters(month) == {(0, "read"): 1, (1, "printed"): 2, (2, "printed"): 1}


def account_of(person: Person) -> str:
    return accounts_on({person.pk}, RUN_MADE)[person.pk]
