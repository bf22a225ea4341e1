"""A run in parts: taken by several workers, compared by them where it is large."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.db.backends.utils import CursorWrapper

from palkkio.core.days import DateRange
from palkkio.payroll import actions, parts
from palkkio.payroll.actions import approving, calculating, producing
from palkkio.payroll.figures import figures_of
from palkkio.payroll.models import PaidRevision, Payslip, Proposal, Run, RunPart
from palkkio.payroll.proof_rules import Row
from palkkio.payroll.queries import run_progress
from palkkio.people.models import Person
from tests.apps.payroll.scene import NOW, PAYDAY, Payroll, payroll
from tests.apps.payroll.test_at_once import at_once

PAYEES = 6


def many(payees: int = PAYEES) -> Payroll:
    house = payroll()
    for number in range(payees):
        house.month(house.contract(name=f"Testaaja{number}"), 2 + number)
    return house


@pytest.mark.django_db
def test_a_large_run_is_compared_by_the_workers_before_anything_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(approving, "CHECKED_AT_ONCE", 3)
    monkeypatch.setattr(calculating, "PAYEES_AT_ONCE", 2)
    house = many()
    run = house.approve(house.propose())
    assert RunPart.objects.filter(run=run, step=approving.CHECK, done_at=None).count() == PAYEES / 2
    assert actions.produce_payslips(run.pk, at=NOW) == PAYEES
    assert not RunPart.objects.filter(run=run, done_at=None).exists()


@pytest.mark.django_db
def test_facts_that_changed_before_a_large_run_is_compared_begin_it_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is paid by facts that have changed since the proposal."""
    monkeypatch.setattr(approving, "CHECKED_AT_ONCE", 3)
    house = many()
    run = house.approve(house.propose())
    house.month(house.contract(name="Myöhäinen"), 2)
    house.card(house.contracts[0].carer_id, "50")
    assert actions.produce_payslips(run.pk, at=NOW) == 0
    run.refresh_from_db()
    assert (run.state, run.proposal, run.approved_by_id) == (Run.State.CALCULATING, 2, None)
    assert "2" in run.returned_reason
    assert not Payslip.objects.exists()
    again = house.approve(actions.calculate_run(run.pk, at=NOW))
    assert actions.produce_payslips(again.pk, at=NOW) == PAYEES + 1


@pytest.mark.django_db
def test_numbers_go_on_over_parts_in_the_order_of_payees(monkeypatch: pytest.MonkeyPatch) -> None:
    """PAY-12: payslip numbers without gaps, payees by name."""
    monkeypatch.setattr(producing, "PAYSLIPS_AT_ONCE", 2)
    house = many()
    house.produce(house.propose())
    slips = Payslip.objects.order_by("number")
    assert [slip.number for slip in slips] == [f"2026-{number:06d}" for number in range(1, PAYEES + 1)]
    assert [slip.person.family_name for slip in slips] == [f"Testaaja{number}" for number in range(PAYEES)]


@pytest.mark.django_db
def test_a_step_tells_how_many_rows_it_has_written(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody else tells PostgreSQL in time; by what it knew last month, each part of the files would go through all."""
    monkeypatch.setattr(calculating, "PAYEES_AT_ONCE", 2)
    monkeypatch.setattr(producing, "PAYSLIPS_AT_ONCE", 2)
    house = many()
    run = house.propose()
    assert _known_rows("payroll_proposal") == PAYEES
    house.produce(run)
    assert _known_rows("payroll_payslip") == PAYEES


def _known_rows(table: str) -> float:
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE oid = %s::regclass", [table])
        return float(cursor.fetchone()[0])


@pytest.mark.django_db
def test_progress_is_told_while_parts_are_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calculating, "PAYEES_AT_ONCE", 2)
    house = many()
    run = actions.propose_run(by=house.proposer, at=NOW, payday=PAYDAY)
    write = calculating.write_proposals
    seen: list[int] = []

    def telling(of: Run, *values: object) -> list[Row]:
        seen.append(run_progress(Run.objects.get(pk=of.pk)).done)
        return write(of, *values)  # type: ignore[arg-type]

    monkeypatch.setattr(calculating, "write_proposals", telling)
    actions.calculate_run(run.pk, at=NOW)
    assert seen == [0, 2, 4]


@pytest.mark.django_db(transaction=True)
def test_three_workers_share_the_parts_and_pay_everybody_once(monkeypatch: pytest.MonkeyPatch) -> None:
    for module, name in ((calculating, "PAYEES_AT_ONCE"), (producing, "PAYSLIPS_AT_ONCE")):
        monkeypatch.setattr(module, name, 1)
    house = many()
    run = actions.propose_run(by=house.proposer, at=NOW, payday=PAYDAY)
    at_once(*[lambda: actions.calculate_run(run.pk, at=NOW) for _ in range(3)])
    house.approve(run)
    made = at_once(*[lambda: actions.produce_payslips(run.pk, at=NOW) for _ in range(3)])
    assert sum(made) == Payslip.objects.count() == PaidRevision.objects.count() == PAYEES


@pytest.mark.django_db
def test_a_payslip_without_deductions_is_posted_like_any_other() -> None:
    """What has its default is not frozen: no deductions at all are still no gap in what the ledger must know."""
    house = payroll()
    contract = house.contract(is_self_insured=True)
    house.month(contract, 2)
    whole_year = DateRange.of_days(date(2026, 1, 1), date(2026, 12, 31))
    Person.objects.filter(pk=contract.carer_id).update(in_prepayment_register=whole_year)
    run = house.propose()
    assert "deductions" not in Proposal.objects.get(run=run).result
    assert figures_of(run).posting_codes == {("substitute_care", "CARE_DAY")}
    (slip,) = house.produce(run)
    assert slip.gross == slip.net


@pytest.mark.django_db
def test_keys_are_checked_by_their_index_also_where_the_table_was_empty_when_the_work_began() -> None:
    """A run fills tables faster than their statistics follow: a plan of its beginning would go through all of each."""
    house = many(1)
    run = actions.propose_run(by=house.proposer, at=NOW, payday=PAYDAY)
    parts.open_step(run, "fill", [([], number) for number in range(20)])
    read: list[int] = []

    def fill(_run: Run, part: RunPart) -> int:
        rows = 1 if part.number == 1 else 100
        first = part.number * 1_000
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO parent SELECT %s + generate_series(0, %s - 1)", [first, rows])
            before = _gone_through(cursor)
            cursor.execute("INSERT INTO child SELECT %s + generate_series(0, 99) %% %s", [first, rows])
            read.append(_gone_through(cursor) - before)
        return rows

    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE parent (id int PRIMARY KEY, filling char(2000) DEFAULT '')")
        cursor.execute("ANALYZE parent")
        cursor.execute("CREATE TEMPORARY TABLE child (parent_id int REFERENCES parent)")
    parts.work_through(run.pk, "fill", run.proposal, run.state, NOW, fill)
    assert len(read) == 20
    assert not any(read[2:]), read


def _gone_through(cursor: CursorWrapper) -> int:
    """Rows of the parents' table that were read without its index so far."""
    cursor.execute("SELECT seq_tup_read FROM pg_stat_xact_user_tables WHERE relname = 'parent'")
    return int(cursor.fetchone()[0])
