"""One run with all that its page says (PAY-7, BEY-7)."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.translation import gettext_noop as _

from palkkio.accounts import queries as accounts
from palkkio.core.problems import PAYS_WHEN_SET_ASIDE
from palkkio.core.viewer import Viewer
from palkkio.payroll import gate
from palkkio.payroll.figures import euros, figures_of
from palkkio.payroll.models import Run, SetAside
from palkkio.payroll.own import is_party, tied_people
from palkkio.payroll.parts import done_of
from palkkio.payroll.past import previous_run
from palkkio.payroll.queries.problems import problem_groups
from palkkio.payroll.queries.proof import causes_of, oddities, without_pay
from palkkio.payroll.queries.totals import run_totals, totals_of
from palkkio.payroll.values import GateItem, RunProgress, RunView, SetAsideRow
from palkkio.people import queries as people

REPORT_DAYS = 5  # calendar days after the payday in which the incomes register wants the reports


def run_view(run: Run, viewer: Viewer | None = None) -> RunView:
    """A run with totals, why they changed, what stands in the way, and whether it may be approved.

    viewer  who looks: the gate then says whether they may approve it
    """
    is_calculated = run.state != Run.State.CALCULATING  # until then there is nothing to compare, and nothing missing
    is_compared = is_calculated and not run.is_extra
    previous = previous_run(run.organisation_id, run.payday, run.until_by_kind) if is_compared else None
    of_run = figures_of(run)
    totals = totals_of(of_run)
    before = None if previous is None else run_totals([previous])[previous.pk]
    groups = problem_groups(of_run)
    missing, missing_count = without_pay(run) if is_calculated else ((), 0)
    items = (*gate.conditions(run, of_run), *_own_conditions(run, viewer)) if is_calculated else ()
    names = _names(run)
    return RunView(
        id=run.pk,
        number=run.number,
        payday=run.payday,
        state=run.state,
        is_extra=run.is_extra,
        proposal=run.proposal,
        contract_kinds=tuple(run.contract_kinds),
        care_months_until=run.care_months_until,
        proposed_by=names.get(run.proposed_by_person_id, ""),
        proposed_at=run.proposed_at,
        calculated_at=run.calculated_at,
        approved_by=names.get(run.approved_by_person_id or 0, ""),
        approved_at=run.approved_at,
        produced_at=run.produced_at,
        cancelled_at=run.cancelled_at,
        cancelled_reason=run.cancelled_reason,
        returned_reason=run.returned_reason,
        totals=totals,
        before=before,
        before_payday=None if previous is None else previous.payday,
        change=None if before is None else totals.less(before),
        causes=causes_of(run, previous, of_run),
        blocks=tuple(group for group in groups if group.is_red),
        warnings=tuple(group for group in groups if not group.is_red),
        set_asides=_set_asides(run),
        left_out=of_run.left_out,
        receivables=euros(of_run.sums["receivable"]),
        without_pay=missing,
        without_pay_count=missing_count,
        oddities=oddities(run, of_run),
        gate=items,
        may_approve=is_calculated and all(item.is_met for item in items),
        progress=run_progress(run),
        report_due_on=report_due_on(run.payday),
    )


def run_progress(run: Run) -> RunProgress:
    """How far the work on a run is: asked every other second while it goes on, so by one query at most."""
    is_under_way = run.state == Run.State.CALCULATING or (
        run.state == Run.State.APPROVED and run.payslips_made_at is None
    )
    done = done_of(run) if is_under_way else run.progress_done
    return RunProgress(run.pk, run.state, done, run.progress_of, run.trouble, run.trouble_params)


def report_due_on(payday: date) -> date:
    """Last day of the incomes register's time limit: five calendar days after the payday, also on a weekend."""
    return payday + timedelta(days=REPORT_DAYS)


def _own_conditions(run: Run, viewer: Viewer | None) -> list[GateItem]:
    """Conditions that depend on who asks."""
    if viewer is None:
        return []
    is_second = run.proposed_by_id != viewer.account_id and run.proposed_by_person_id != viewer.person_id
    is_own = is_party(run, tied_people(viewer, run.payday))
    return [
        GateItem("second", is_second, _("Somebody else approves than who proposed")),
        GateItem("own", not is_own, _("The run pays neither the approver nor somebody they act for")),
    ]


def _names(run: Run) -> dict[int, str]:
    ids = {run.proposed_by_person_id, run.approved_by_person_id} - {None}
    return people.names_of([each for each in ids if each is not None])


def _set_asides(run: Run) -> tuple[SetAsideRow, ...]:
    rows = list(SetAside.objects.filter(run=run).select_related("contract__carer").order_by("at", "pk"))
    names = accounts.names_of({row.by_id for row in rows}, run.organisation_id)
    return tuple(
        SetAsideRow(
            contract_id=row.contract_id,
            contract_number=row.contract.number,
            payee=row.contract.carer.name,
            code=row.code,
            reason=row.reason,
            by_name=names.get(row.by_id, ""),
            at=row.at,
            pays=row.code in PAYS_WHEN_SET_ASIDE,
        )
        for row in rows
    )
