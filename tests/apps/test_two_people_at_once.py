"""Two people at the same moment: real connections, real locks."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from palkkio.audit.models import Event
from palkkio.contracts import papers
from palkkio.core.payslip import ContractKind
from palkkio.core.problems import WrongState
from palkkio.organisations.actions import next_number
from palkkio.people import access, bank_accounts
from palkkio.rates import actions, queries
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """What the acts gave or refused, each on a connection of its own, begun together."""
    together = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        try:
            together.wait(timeout=60)
            return act()
        except WrongState as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_numbers_taken_at_the_same_moment_differ_and_leave_no_gap() -> None:
    place = factories.county()

    def take() -> list[int]:
        return [next_number(place.id, "payslip") for _ in range(10)]

    taken = at_once(take, take, take)

    assert sorted(number for numbers in taken for number in numbers) == list(range(1, 31))


def test_two_rates_approved_at_the_same_moment_do_not_overlap() -> None:
    place = factories.county()
    approver = factories.administrator(place)
    proposed = [
        actions.propose_rate(
            by=place.second,
            at=factories.NOW,
            contract_kind=ContractKind.SUBSTITUTE_CARE,
            code="care",
            first=first,
            amount="90",
            source="Board",
        )
        for first in (date(2026, 1, 1), date(2026, 5, 10))
    ]

    results = at_once(
        *(lambda rate=rate: actions.approve_rate(rate, by=approver, at=factories.NOW) for rate in proposed)
    )

    timeline = queries.timelines(place.id, ContractKind.SUBSTITUTE_CARE, factories.MAY)["care", ""]
    refused = [each for each in results if isinstance(each, WrongState)]
    # Either the later one came second and cut the earlier, or it came first and the earlier was refused.
    assert len(timeline) + len(refused) == 2
    assert all(before.valid.end == after.valid.start for before, after in itertools.pairwise(timeline))


def test_of_two_account_numbers_written_down_at_the_same_moment_one_waits() -> None:
    """ACC-7"""
    place = factories.county()
    person = factories.person(place)
    numbers = [factories.iban(), factories.iban()]

    results = at_once(
        *(
            lambda number=number: bank_accounts.propose(
                person, number, by=place.second, at=factories.NOW, first=factories.TODAY
            )
            for number in numbers
        )
    )

    [waiting] = access.bank_account_proposals(place.second)
    assert waiting.iban in numbers
    assert [type(each) for each in results if isinstance(each, Exception)] == [WrongState]


def test_a_paper_accepted_and_returned_at_the_same_moment_is_one_of_the_two() -> None:
    """EMP-9"""
    place = factories.county()
    contract = factories.assistance(place, factories.person(place, "Aino", "Avustaja"))
    clerk, other = factories.clerk(place), factories.clerk(place, "Toinen")
    sent = {"kind": "certificate", "contract_id": contract.pk}
    paper = papers.send_paper(by=clerk, at=factories.NOW, values=sent, upload=factories.scan()).pk

    results = at_once(
        lambda: papers.accept_paper(paper, by=clerk, at=factories.NOW, values={}),
        lambda: papers.return_paper(paper, by=other, at=factories.NOW, reason="Sivu puuttuu"),
    )

    assert [type(each) for each in results].count(WrongState) == 1
    assert Event.objects.filter(action__in=("accept_paper", "return_paper")).count() == 1
