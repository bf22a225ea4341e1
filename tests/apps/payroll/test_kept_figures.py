"""Parts keep the figures of their proposals; page and gate add them up (PAY-7, BEY-7, scale)."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from functools import partial

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from palkkio.contracts.models import Contract
from palkkio.core.payslip import ContractKind
from palkkio.payroll import actions, figures, findings, gate, proof_rules
from palkkio.payroll.actions import calculating
from palkkio.payroll.actions.calculating import refresh_open_runs
from palkkio.payroll.figures import Figures
from palkkio.payroll.models import Proposal, Run, RunPart
from palkkio.payroll.proof_rules import FindingKind, Row
from palkkio.payroll.queries import proposals, run_totals, run_view
from palkkio.payroll.values import GateItem, Totals
from tests import factories
from tests.apps.payroll.scene import APRIL, IN_MAY, NOW, PAYDAY_OF_APRIL, Payroll, payroll
from tests.apps.payroll.test_at_once import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(monkeypatch: pytest.MonkeyPatch) -> Payroll:
    """April paid, and May with much to say, in parts of two payees."""
    monkeypatch.setattr(calculating, "PAYEES_AT_ONCE", 2)
    house = payroll()
    contracts = [house.contract(name=f"Testaaja{number}", card=number != 5) for number in range(7)]
    for contract in contracts[:5]:
        house.card(contract.carer_id)
        house.month(contract, 10, APRIL)
    house.paid(PAYDAY_OF_APRIL, IN_MAY)
    second = house.contract(carer=factories.viewer(contracts[0].carer, factories.RoleKind.CARER), card=False)
    for days, contract in zip((31, 2, 25, 15, 11, 31, 1, 5), [*contracts, second], strict=True):
        house.month(contract, days)
    actions.hold_person(contracts[4].carer_id, by=house.proposer, at=NOW, reason="Wait")
    return house


def as_read(run: Run) -> Figures:
    return figures.read(run)


def kept(run: Run) -> Figures:
    """What page and gate take; it is asked for once before, as a page does."""
    figures.figures_of(run)
    assert None not in RunPart.objects.filter(run=run, step="calculate").values_list("figures", flat=True)
    return figures.figures_of(run)


def test_parts_add_up_to_what_all_proposals_say_whatever_is_done_after_the_calculation(house: Payroll) -> None:
    run = house.propose()
    assert RunPart.objects.filter(run=run, step="calculate").count() == 4
    whole = as_read(run)
    assert kept(run) == whole
    assert (whole.proposed, whole.left_out, whole.blocked, whole.payees) == (8, 1, 1, 6)
    assert whole.odd.keys() >= {"grew", "shrank", "every_day"}
    for view in ("grew", "shrank"):  # the list of payees and the oddities of the page are of one mind
        assert {each.pk for each in proposals(run, view=view)} == {pk for *_rank, pk in whole.odd[view]}
    assert whole.found.keys() >= {"DOUBLED", "HALVED"}
    assert whole.agrees_with(run)

    blocked = Proposal.objects.filter(run=run, is_blocked=True).order_by("position").first()
    assert blocked is not None
    code = blocked.problem_codes[0]
    actions.set_aside(run.pk, blocked.contract_id, code, by=house.proposer, at=NOW, reason="Asked by phone")
    run.refresh_from_db()
    assert kept(run) == as_read(run) != whole
    assert (kept(run).blocked, len(run_view(run).set_asides)) == (0, 1)
    actions.take_back_set_aside(run.pk, blocked.contract_id, code, by=house.proposer, at=NOW)

    person_id = Proposal.objects.filter(run=run, gross__gt=0, is_left_out=False).latest("position").person_id
    actions.hold_person(person_id, by=house.proposer, at=NOW, reason="Wait")
    run.refresh_from_db()
    assert kept(run) == as_read(run)
    assert kept(run).left_out == 2


def test_a_contract_that_comes_to_the_run_joins_the_part_of_its_payee(house: Payroll) -> None:
    run = house.propose()
    first = Proposal.objects.filter(run=run).order_by("position")[0]
    more = house.contract(carer=factories.viewer(first.person, factories.RoleKind.CARER), card=False)
    house.one_off(more, "20.00")
    run.refresh_from_db()
    part = RunPart.objects.get(run=run, step="calculate", ids__contains=[more.pk])
    assert first.contract_id in part.ids
    assert sum(RunPart.objects.filter(run=run, step="calculate").values_list("ids__len", flat=True)) == 9
    assert kept(run) == as_read(run)


def test_what_parts_keep_is_not_believed_where_a_proposal_says_something_else(
    house: Payroll, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = house.propose()
    before = {item.key: item.is_met for item in gate.conditions(run)}
    assert before["sums"]
    chosen = Proposal.objects.filter(run=run, is_left_out=False).latest("position")
    Proposal.objects.filter(pk=chosen.pk).update(gross=chosen.gross + 1, net=chosen.net + 1)
    assert not figures.figures_of(run).agrees_with(run)
    RunPart.objects.filter(run=run).update(figures=Figures(codes=["substitute_care NOT_SO"]).to_json())
    given: list[Figures] = []

    def later(_run: Run, of_run: Figures) -> list[GateItem]:
        given.append(of_run)
        return []

    monkeypatch.setattr(gate, "_checks", [later])
    assert not {item.key: item.is_met for item in gate.conditions(run)}["sums"]
    assert given == [as_read(run)]  # conditions of later stages look at the same


def test_what_a_run_settles_whose_job_began_before_this_one_was_proposed_is_found() -> None:
    """The moment that a run tells of its payslips is when the job began: another may be proposed before it ends."""
    house = payroll()
    contract = house.contract()
    house.month(contract)
    extra = house.propose(is_extra=True)
    house.approve(extra)
    run = house.propose(at=NOW + timedelta(minutes=1))
    actions.produce_payslips(extra.pk, at=NOW)
    assert [(each.kind.value, each.contract_id) for each in findings.findings(run)] == [("PAID_ALREADY", contract.pk)]
    assert not {item.key: item.is_met for item in gate.conditions(run)}["proof"]


def test_a_run_whose_parts_keep_nothing_yet_is_read_whole(house: Payroll) -> None:
    run = house.propose()
    said = run_view(run, house.approver)
    RunPart.objects.filter(run=run).update(figures=None)
    assert run_view(run, house.approver) == said


def test_totals_of_many_runs_are_asked_at_once_whatever_their_parts_keep(
    house: Payroll, django_assert_num_queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    """The list of runs: what parts keep is added up in the database; a run that lacks some by its proposals."""
    run = house.propose()
    april = Run.objects.exclude(pk=run.pk).get()
    assert parts_read_by(lambda: run_totals([april, run])) == 0
    with django_assert_num_queries(1):
        of_parts = run_totals([april, run])
    view = run_view(run)
    assert (of_parts[run.pk], of_parts[april.pk]) == (view.totals, view.before)
    assert (of_parts[run.pk].payees, of_parts[run.pk].contracts, of_parts[april.pk].payees) == (6, 7, 5)
    RunPart.objects.filter(run=april).update(figures=None)
    RunPart.objects.filter(run=run, number=2).update(figures=None)
    with django_assert_num_queries(2):
        assert run_totals([april, run]) == of_parts
    RunPart.objects.all().delete()  # calculated before there were parts
    assert run_totals([april, run]) == of_parts
    again = actions.recalculate_run(run.pk, by=house.proposer, at=NOW)
    assert run_totals([again, april]) == {run.pk: Totals(), april.pk: of_parts[april.pk]}
    assert run_totals([]) == {}


def parts_read_by(act: Callable[[], object]) -> int:
    """How many times proposals were read for figures."""
    with CaptureQueriesContext(connection) as caught:
        act()
    return sum("jsonb_to_recordset" in each["sql"] for each in caught)


def test_page_and_gate_read_no_proposals_one_by_one(house: Payroll) -> None:
    run = house.propose()
    assert parts_read_by(lambda: (run_view(run, house.approver), gate.conditions(run))) == 0


def test_while_a_run_is_calculated_again_nothing_is_told_of_the_calculation_before(
    house: Payroll, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PAY-7: page and progress tell of the parts that are done; nothing is compared or read meanwhile."""
    run = actions.recalculate_run(house.propose().pk, by=house.proposer, at=NOW)
    assert parts_read_by(lambda: run_view(run, house.approver)) == 0
    assert figures.figures_of(run) == Figures()
    write, seen = calculating.write_proposals, []

    def telling(of: Run, *values: object) -> list[Row]:
        rows = write(of, *values)  # type: ignore[arg-type]
        now = Run.objects.get(pk=of.pk)
        assert parts_read_by(lambda: gate.conditions(now)) == 0
        seen.append(figures.figures_of(now).proposed)
        return rows

    monkeypatch.setattr(calculating, "write_proposals", telling)
    run = actions.calculate_run(run.pk, at=NOW)
    assert seen[0] == 0
    assert seen == sorted(set(seen))
    assert figures.figures_of(run) == as_read(run)


def test_what_is_written_again_is_read_once_by_who_looks_next(house: Payroll) -> None:
    """The night's tax cards write proposals again payee by payee: each takes no look at the others of its part."""
    run = house.propose()
    paid = Proposal.objects.filter(run=run, is_held=False).order_by("position")
    for person_id in paid.values_list("person_id", flat=True)[:2]:
        assert parts_read_by(partial(refresh_open_runs, house.place.id, person_id)) == 0
    run.refresh_from_db()
    assert RunPart.objects.filter(run=run, step="calculate", figures__isnull=True).count() == 1
    assert parts_read_by(lambda: gate.conditions(run)) == 1
    assert parts_read_by(lambda: gate.conditions(run)) == 0
    assert kept(run) == as_read(run)


@pytest.mark.django_db(transaction=True)
def test_figures_read_while_somebody_writes_proposals_again_are_not_kept(house: Payroll) -> None:
    """Who reads beside a change does not wait for it, and does not keep what it is about to take back."""
    run = house.propose()
    RunPart.objects.filter(run=run).update(figures=None)

    def look() -> Figures:
        return figures.figures_of(run)

    with transaction.atomic():
        Run.objects.select_for_update().get(pk=run.pk)
        (found,) = at_once(look)
    assert found == as_read(run)
    assert not RunPart.objects.filter(run=run, step="calculate", figures__isnull=False).exists()
    Run.objects.filter(pk=run.pk).update(proposal=run.proposal + 1)  # changed since this one was fetched
    assert look() == found
    assert not RunPart.objects.filter(run=run, step="calculate", figures__isnull=False).exists()
    run.refresh_from_db()
    assert look() == kept(run) == found


@pytest.mark.parametrize(
    "kind", [FindingKind.PAY_WITHOUT_CONTRACT, FindingKind.ABOVE_BOUND, FindingKind.MONTH_WITHOUT_PAY]
)
def test_what_is_set_aside_takes_no_place_of_what_still_stops_the_run(
    kind: FindingKind, monkeypatch: pytest.MonkeyPatch
) -> None:
    """BEY-7: the gate opens when the last red finding is mended or set aside, however many there are of a kind."""
    monkeypatch.setattr(findings, "MOST_FOUND", 1)
    monkeypatch.setattr(calculating, "PAYEES_AT_ONCE", 2)
    house = payroll()
    factories.pays(house.place, ContractKind.INFORMAL_CARE)
    contracts = [house.contract(name=f"Testaaja{number}") for number in range(3)]
    for contract in contracts:
        house.month(contract, 2)
    if kind is FindingKind.ABOVE_BOUND:
        monkeypatch.setattr(proof_rules, "BOUNDS", dict.fromkeys(ContractKind, 0))
    if kind is FindingKind.PAY_WITHOUT_CONTRACT:
        Contract.objects.update(signed_on=None)
    run = house.propose()
    if kind is FindingKind.MONTH_WITHOUT_PAY:  # contracts that came after the run had been calculated
        contracts = [factories.informal_care(house.place, factories.carer(house.place).person_id) for _ in contracts]
    for _ in contracts:
        assert not {item.key: item.is_met for item in gate.conditions(run)}["proof"]
        chosen = next(each for each in findings.findings(run) if each.kind is kind and each.is_red)
        actions.set_finding_aside(run.pk, chosen.contract_id, kind, by=house.proposer, at=NOW, reason="Agreed")
    assert {item.key: item.is_met for item in gate.conditions(run)}["proof"]
    assert sum(each.set_aside for each in findings.findings(run)) == len(contracts)
