"""Proof before the run: totals against the run before with reasons, oddities, who has no pay: PAY-7, BEY-7."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from palkkio.contracts.models import Contract
from palkkio.core.finland import PaydayRule
from palkkio.core.payslip import ContractKind, DayType, TaxCardKind
from palkkio.core.problems import WrongState
from palkkio.payroll import actions
from palkkio.payroll.figures import figures_of
from palkkio.payroll.findings import open_findings
from palkkio.payroll.models import TaxCard
from palkkio.payroll.queries import proposal_rows, proposals, run_view, scheduled_paydays, view_counts
from palkkio.payroll.values import CauseKind, OddityKind, WithoutPayKind
from palkkio.people.models import Person
from tests import factories
from tests.apps.entries.scene import sheet_of
from tests.apps.payroll.scene import (
    APRIL,
    IN_MAY,
    MAY,
    NOW,
    PAYDAY,
    PAYDAY_OF_APRIL,
    money,
    payroll,
)
from tests.prepared import prepared

pytestmark = pytest.mark.django_db


@pytest.fixture
def two_months():
    """April paid; May with one of each reason for a change."""
    return prepared("a month and the next", make_two_months)


def make_two_months():
    house = payroll()
    more, fewer, ended, silent, dearer, held = (
        house.contract(name=name) for name in ("Aamu", "Beeta", "Ceeta", "Delta", "Eetta", "Fiia")
    )
    from palkkio.contracts.models import AgreedRate, Contract
    from palkkio.core.days import DateRange

    sheets = {contract.pk: house.month(contract, 10, APRIL) for contract in (more, fewer, ended, silent, dearer, held)}
    house.paid(PAYDAY_OF_APRIL, IN_MAY)
    Contract.objects.filter(pk=ended.pk).update(valid=DateRange(date(2026, 1, 1), date(2026, 5, 1)))
    AgreedRate.objects.filter(terms__contract=dearer).update(amount="100.00")
    house.month(more, 16)
    house.month(fewer, 3)
    house.month(dearer, 10)
    house.month(held, 10)
    house.month(house.contract(name="Uusi"), 2)
    house.correct(sheets[fewer.pk], 11)
    actions.hold_person(held.carer_id, by=house.proposer, at=NOW, reason="Wait")
    return house, house.propose()


def test_the_causes_of_change_add_up_to_the_difference_to_the_cent(two_months):
    _house, run = two_months
    view = run_view(run)
    assert view.before_payday == PAYDAY_OF_APRIL
    assert view.before.gross == money("5853.00")
    causes = {cause.kind: (cause.amount, cause.contracts) for cause in view.causes}
    assert causes == {
        CauseKind.MORE_DAYS: (money("585.30"), 1),
        CauseKind.FEWER_DAYS: (money("-682.85"), 1),
        CauseKind.NEW_CONTRACTS: (money("195.10"), 1),
        CauseKind.RATE: (money("24.50"), 1),
        CauseKind.CORRECTIONS: (money("122.05"), 2),  # a day of April 97.55; April's ten days dearer by 2.45
        CauseKind.NO_ENTRIES: (money("-975.50"), 1),
        CauseKind.ENDED: (money("-975.50"), 1),
        CauseKind.LEFT_OUT: (money("-975.50"), 1),
    }
    assert sum(cause.amount for cause in view.causes) == view.change.gross
    assert view.totals.gross == view.before.gross + view.change.gross
    assert view.change.payees == -2


def test_totals_are_sums_of_what_will_be_paid(two_months):
    house, run = two_months
    view = run_view(run)
    slips = house.produce(run)
    assert view.totals.net == sum(slip.net for slip in slips)
    assert view.totals.withholding == sum(slip.withholding for slip in slips)
    assert view.totals.contracts == len(slips) == 4
    assert run_view(run).totals == view.totals


def test_oddities_are_ranked(two_months):
    """BEY-7: ranked oddities."""
    _house, run = two_months
    found = [(odd.kind, odd.row.payee, odd.amount) for odd in run_view(run).oddities]
    assert found == [
        (OddityKind.GREW, "Hilla Aamu", money("585.30")),
        (OddityKind.SHRANK, "Hilla Beeta", money("-585.30")),
    ]
    grew = run_view(run).oddities[0]
    assert (grew.days, grew.days_before) == (16, 10)


def test_two_payees_on_one_account_and_a_month_without_a_free_day_are_odd():
    from palkkio.people.models import BankAccount

    house = payroll()
    contracts = [house.contract(name=name) for name in ("Yksi", "Kaksi")]
    for contract in contracts:
        house.month(contract, 31)
    BankAccount.objects.update(iban=factories.iban())
    kinds = [odd.kind for odd in run_view(house.propose()).oddities]
    assert kinds == [OddityKind.TWO_PAYEES_ONE_ACCOUNT] * 2 + [OddityKind.EVERY_DAY] * 2


def test_contracts_without_pay_say_why():
    """BEY-7: contracts without pay."""
    house = payroll()
    house.month(house.contract(name="Palkattu"))
    open_sheet, confirmed, empty, none = (house.contract(name=name) for name in ("Avoin", "Boris", "Cilla", "Doris"))
    sheet_of(open_sheet)
    sheet = sheet_of(confirmed)
    type(sheet).objects.filter(pk=sheet.pk).update(state="confirmed")
    house.month(empty, 0)
    factories.contract(house.place, none.carer_id, signed_on=None)
    view = run_view(house.propose())
    assert [(row.payee, row.why) for row in view.without_pay] == [
        ("Hilla Avoin", WithoutPayKind.NOT_CONFIRMED),
        ("Hilla Boris", WithoutPayKind.NOT_REVIEWED),
        ("Hilla Cilla", WithoutPayKind.NO_ENTRIES),
        ("Hilla Doris", WithoutPayKind.NO_SHEET),
    ]
    assert view.without_pay_count == 4


def test_the_gate_says_what_is_met_and_what_is_not():
    house = payroll()
    house.month(house.contract(card=False))
    run = house.propose()
    view = run_view(run, house.proposer)
    assert {item.key: item.is_met for item in view.gate} == {
        "calculated": True,
        "something": True,
        "blocks": False,
        "others": True,
        "sums": True,
        "proof": True,
        "second": False,
        "own": True,
    }
    assert not view.may_approve
    assert view.report_due_on == date(2026, 7, 5)


def test_payees_are_searched_filtered_and_sorted_in_the_database():
    house = payroll()
    small, large = house.contract(name="Äkäslompolo"), house.contract(name="Mallikas", card=False)
    house.month(small, 2)
    house.month(large, {DayType.CARE: range(1, 20)})
    run = house.propose()

    def numbers(**how):
        return [row.contract_number for row in proposal_rows(proposals(run, **how))]

    assert numbers() == [large.number, small.number]
    assert numbers(order="gross") == [small.number, large.number]
    assert numbers(order="-net") == [large.number, small.number]
    assert numbers(words="akas") == [small.number]
    assert numbers(words=large.number) == [large.number]
    assert numbers(view="blocked") == [large.number]
    assert numbers(problem="NO_TAX_CARD") == [large.number]
    assert numbers(view="unheard of", order="unheard of") == [large.number, small.number]
    assert view_counts(run)["blocked"] == 1
    row = proposal_rows(proposals(run, view="blocked"))[0]
    assert (row.problems, row.is_blocked, row.payee) == (("NO_TAX_CARD",), True, "Hilla Mallikas")


def queries_of(act):
    with CaptureQueriesContext(connection) as counted:
        act()
    return len(counted)


def test_many_payees_need_no_more_queries_than_few():
    house = payroll()
    house.month(house.contract(name="Ennen"), 3)
    house.paid(is_extra=True)  # so that there is something paid to look at again in both rounds
    counts = []
    for payees in (3, 20):
        for number in range(payees):
            house.month(house.contract(name=f"Testaaja{number}"), 3)
        runs = []
        taken = [queries_of(lambda: runs.append(house.propose(is_extra=True)))]  # noqa: B023  # called at once
        run = runs[0]
        taken.append(queries_of(lambda: run_view(run, house.approver)))  # noqa: B023
        taken.append(queries_of(lambda: proposal_rows(proposals(run)[:25])))  # noqa: B023
        taken.append(queries_of(lambda: house.approve(run)))  # noqa: B023
        counts.append(taken)
        actions.produce_payslips(run.pk, at=NOW)
    assert counts[0] == counts[1]


def test_many_kinds_of_problems_and_findings_need_no_more_queries_than_few():
    """BEY-7 at scale: the proof is asked of all proposals at once, not of each group or payee."""
    house = payroll()
    counts = []
    for payees in (1, 6):
        for number in range(payees):
            carer = factories.viewer(
                factories.person(house.place, "Testi", f"Tilitön{number}"), factories.RoleKind.CARER
            )
            house.month(house.contract(carer=carer), 3)
        if payees > 1:
            changed = house.contract(name="Ilman korttia")
            TaxCard.objects.filter(person_id=changed.carer_id).delete()
            house.month(changed, 3)
            dead = house.contract(name="Kuollut")
            Person.objects.filter(pk=dead.carer_id).update(died_on=date(2026, 6, 1))
            house.month(dead, 3)
        unsigned = house.contract(name="Allekirjoittamaton")
        Contract.objects.filter(pk=unsigned.pk).update(signed_on=None)
        house.month(unsigned, 3)
        run = house.propose(is_extra=True)
        views = []
        counts.append(
            (
                queries_of(lambda: views.append(run_view(run, house.approver))),  # noqa: B023  # called at once
                queries_of(lambda: open_findings(run, figures_of(run))),  # noqa: B023
            )
        )
        (view,) = views
        actions.cancel_run(run.pk, by=house.proposer, at=NOW, reason="Counted")
    assert counts[0] == counts[1]
    groups = {group.code.value: group for group in view.blocks}
    assert groups.keys() >= {"NO_BANK_ACCOUNT", "NO_TAX_CARD", "PAYEE_DECEASED"}
    assert groups["NO_BANK_ACCOUNT"].contracts == 7
    assert [row.payee for row in groups["NO_BANK_ACCOUNT"].rows] == [
        f"Testi Tilitön{number}" for number in (0, 0, 1, 2, 3)
    ]
    assert open_findings(run, figures_of(run)) == 2


def test_the_schedule_shows_coming_paydays_with_their_runs():
    """CARE-10: deadline and payday as data, last banking day of the next month."""
    house = payroll()
    house.month(house.contract())
    run = house.propose()
    rows = {row.payday: row for row in scheduled_paydays(house.place.id, date(2026, 6, 8))}
    assert PAYDAY_OF_APRIL in rows
    june = rows[PAYDAY]
    assert (june.first, june.last, june.deadline) == (MAY.first, MAY.last, date(2026, 6, 3))
    assert (june.run_id, june.run_state) == (run.pk, "proposed")
    assert set(june.contract_kinds) == {"substitute_care", "other_commission"}
    assert rows[PAYDAY_OF_APRIL].run_id is None


def test_the_run_takes_kinds_by_their_own_schedules():
    """CARE-10: deadlines and paydays are data by kind of contract."""
    from palkkio.organisations.models import Schedule

    house = payroll()
    Schedule.objects.filter(series__contract_kind="other_commission").update(
        payday_rule=PaydayRule.DAY_OF_MONTH.value, payday_day=15
    )
    house.month(house.contract())
    visits = house.contract(kind=ContractKind.OTHER_COMMISSION, rates={"visit": "30.00"})
    house.month(visits, {DayType.VISIT: [4, 5]})
    run, other = house.propose(), house.propose(date(2026, 6, 15))
    assert (run.contract_kinds, proposals(run).count()) == (["substitute_care"], 1)
    assert (other.contract_kinds, proposals(other).get().gross) == (["other_commission"], money("60.00"))


def test_a_run_is_compared_with_the_run_before_of_its_own_kinds():
    from palkkio.organisations.models import Schedule

    house = payroll()
    Schedule.objects.filter(series__contract_kind="other_commission").update(
        payday_rule=PaydayRule.DAY_OF_MONTH.value, payday_day=15
    )
    house.month(house.contract(), 10, APRIL)
    house.paid(PAYDAY_OF_APRIL, IN_MAY)
    visits = house.contract(kind=ContractKind.OTHER_COMMISSION, rates={"visit": "30.00"}, card=False)
    house.card(visits.carer_id, kind=TaxCardKind.WORK_COMPENSATION)
    house.month(visits, {DayType.VISIT: [4]})
    house.paid(date(2026, 6, 15))
    view = run_view(house.propose())
    assert (view.before_payday, view.before.gross) == (PAYDAY_OF_APRIL, money("975.50"))


def test_sums_that_do_not_add_up_stop_the_approval():
    """BEY-7: invariants; red items block approval."""
    house = payroll()
    contract = house.contract()
    house.month(contract)
    run = house.propose()
    run.proposals.update(gross=F("gross") + 1, net=F("net") + 1)
    assert {item.key for item in run_view(run).gate if not item.is_met} == {"sums"}
    with pytest.raises(WrongState):
        house.approve(run)
