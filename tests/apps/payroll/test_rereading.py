"""What an approval compares without computing it again. Nothing is paid by facts that have changed."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection

from palkkio.contracts.models import AgreedRate, Contract
from palkkio.core.days import DateRange
from palkkio.organisations.models import Organisation
from palkkio.payroll import actions, rereading
from palkkio.payroll.actions import approving
from palkkio.payroll.actions.approving import FactsChanged
from palkkio.payroll.models import Hold, Run, RunPart, SetAside, TaxCard
from palkkio.people.models import BankAccount, Person
from tests import factories
from tests.apps.payroll.scene import APRIL, IN_MAY, NOW, PAYDAY_OF_APRIL, payroll

pytestmark = pytest.mark.django_db


def calculated(run: Run) -> RunPart:
    return RunPart.objects.get(run=run, step=approving.CALCULATE)


def stands(run: Run) -> bool:
    part = calculated(run)
    return rereading.reads_the_same(bytes(part.statements), part.reading)


def test_nobody_is_computed_again_where_all_that_was_read_is_read_again(monkeypatch):
    house = payroll()
    house.month(house.contract())
    run = house.propose()

    def computed_now(*_arguments):
        raise AssertionError("computed again")

    monkeypatch.setattr(approving, "computed_now", computed_now)
    assert house.approve(run).state == Run.State.APPROVED


@pytest.mark.parametrize("large", [False, True])
def test_a_run_with_a_correction_is_approved_as_it_was_proposed(large, monkeypatch):
    """What a run proposes itself is not what was paid before it, also when it is compared after its approval."""
    monkeypatch.setattr(approving, "CHECKED_AT_ONCE", 0 if large else 100)
    house = payroll()
    contract = house.contract()
    april = house.month(contract, 10, APRIL)
    house.paid(PAYDAY_OF_APRIL, IN_MAY)
    house.correct(april, 12)
    run = house.propose()
    RunPart.objects.filter(run=run, step=approving.CALCULATE).update(reading="")  # computed and compared
    house.approve(run)
    assert actions.produce_payslips(run.pk, at=NOW) == 1


def test_every_fact_that_is_read_is_compared():
    house = payroll()
    contract = house.contract()
    house.month(contract)
    run = house.propose()
    assert stands(run)
    year = DateRange.of_days(date(2026, 1, 1), date(2026, 12, 31))
    people, contracts = Person.objects.filter(pk=contract.carer_id), Contract.objects.filter(pk=contract.pk)
    for rows, values in (
        (TaxCard.objects.filter(person_id=contract.carer_id), {"base_percent": "33"}),
        (BankAccount.objects.filter(person_id=contract.carer_id), {"iban": factories.iban()}),
        (AgreedRate.objects.filter(terms__contract=contract), {"amount": "98.00"}),
        (people, {"died_on": date(2026, 6, 2)}),
        (people, {"in_prepayment_register": year}),
        (contracts, {"is_self_insured": True}),
        (contracts, {"valid": year}),
        (Organisation.objects.filter(pk=house.place.id), {"profile": "helsinki"}),
    ):
        before = rows.values(*values).get()
        rows.update(**values)
        assert not stands(run), values
        rows.update(**before)
        assert stands(run), values
    hold = Hold.objects.create(
        organisation_id=house.place.id,
        person_id=contract.carer_id,
        reason="Asked",
        held_at=NOW,
        held_by_id=house.handler.account_id,
    )
    assert not stands(run)
    hold.delete()
    assert stands(run)
    SetAside.objects.create(
        organisation_id=house.place.id,
        run=run,
        contract=contract,
        code="NO_TAX_CARD",
        reason="Asked",
        at=NOW,
        by_id=house.proposer.account_id,
    )
    assert not stands(run)
    SetAside.objects.all().delete()
    house.month(contract, 3, APRIL)  # another month waits
    assert not stands(run)


def test_what_was_proposed_anew_since_is_computed_and_compared():
    """A hold that comes and goes leaves the facts as the first calculation read them, but not the proposal."""
    house = payroll()
    contract = house.contract()
    house.month(contract)
    run = house.propose()
    part = calculated(run)
    actions.hold_person(contract.carer_id, by=house.proposer, at=NOW, reason="Asked")
    Hold.objects.all().delete()
    assert rereading.reads_the_same(bytes(part.statements), part.reading)
    assert not stands(run)
    with pytest.raises(FactsChanged):
        approving.approve_run(run.pk, by=house.approver, at=NOW, proposal=2)


def test_a_changed_program_or_rule_is_a_change(monkeypatch):
    house = payroll()
    house.month(house.contract())
    run = house.propose()
    assert len(rereading.program()) == 16
    monkeypatch.setattr(rereading, "program", lambda: b"another")
    assert not stands(run)


def test_a_reading_is_kept_only_if_it_can_be_repeated_and_writes_nothing():
    with rereading.recorded() as reading, connection.cursor() as cursor:
        cursor.execute("SELECT id FROM people_person WHERE id = ANY(%s)", [[1, 2]])
    assert reading.is_whole
    assert reading.statements == ["SELECT id FROM people_person WHERE id = ANY('{1,2}'::int2[])"]
    with rereading.recorded() as reading:
        list(Person.objects.iterator())  # in pieces: what comes later is not seen
    assert (reading.digest, reading.kept) == ("", b"")
    with rereading.recorded() as reading:
        Person.objects.update(email="")
    assert (reading.digest, reading.kept) == ("", b"")
    assert not rereading.reads_the_same(b"", "")


@pytest.mark.parametrize("values", ["(1, NULL), (2, '')", "(1, ''), (2, '')", "(1, '')", "(1, ''), (2, NULL), (3, '')"])
def test_rows_of_a_statement_with_an_order_differ_by_each_cell(values):
    digests = set()
    for some in ("(1, ''), (2, NULL)", values):
        with rereading.recorded() as reading, connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM (VALUES {some}) AS rows (number, text) ORDER BY number")
        digests.add(reading.digest)
    assert len(digests) == 2


def test_rows_in_another_order_are_the_same_rows_and_empty_is_not_missing():
    with rereading.recorded() as one, connection.cursor() as cursor:
        cursor.execute("SELECT * FROM (VALUES (1, ''), (2, NULL)) AS rows")
    digests = {one.digest}
    for values in ("(2, NULL), (1, '')", "(1, NULL), (2, '')", "(1, ''), (2, '')"):
        with rereading.recorded() as other, connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM (VALUES {values}) AS rows")
        digests.add(other.digest)
    assert len(digests) == 3


def test_rows_of_one_statement_are_not_taken_for_those_of_the_next():
    digests = set()
    for first, second in (("p1 1 q", "r"), ("p", "q1 1 r")):
        with rereading.recorded() as reading, connection.cursor() as cursor:
            for text in (first, second):
                cursor.execute("SELECT %s::text", [text])
        digests.add(reading.digest)
    assert len(digests) == 2
