"""The values of a run's page: where it is, its sums and why they changed, what stops it, whether it may be approved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from palkkio.core.viewer import RoleKind, Viewer
from palkkio.payroll.values import GateItem, RunProgress, RunView
from palkkio.web.contract_words import kind_name
from palkkio.web.desk import run_problems
from palkkio.web.desk.run_flow import flow_of
from palkkio.web.desk.run_words import HISTORY, cause_name
from palkkio.web.refusals import filled
from palkkio.web.rule_words import line_name
from palkkio.web.ui import wording
from palkkio.web.ui.values import Change, Check, Flow, Job, Problem, Total, Waterfall
from palkkio.web.ui.words import moment

if TYPE_CHECKING:
    from palkkio.audit.queries import EventRow
    from palkkio.reporting.queries import RunFiles

WITHOUT_PAY_SHOWN = 10


@dataclass(frozen=True, slots=True)
class RunPage:
    view: RunView
    title: str
    subtitle: str
    flow: Flow
    totals: Sequence[Total]
    blocks: Sequence[Problem]
    blocks_count: int
    set_asides: Sequence[run_problems.SetAside]
    looks: Sequence[Problem]
    oddities: Sequence[Problem]
    waterfall: Waterfall | None
    waterfall_title: str
    without: Sequence[run_problems.Without]
    gate: Sequence[Check]
    approve: str
    why_not: str
    may_approve: bool
    is_open: bool  # proposed: may be changed
    may_act: bool  # a payroll clerk
    may_cancel: bool
    job: Job | None
    begin_again: str  # address that begins the stopped job again


def run_page(view: RunView, viewer: Viewer, made: RunFiles, *, today: date, bank_by: date | None = None) -> RunPage:
    """`bank_by`: the day by which the schedule wants the file at the bank, None where it knows none."""
    batch = made.batch
    is_sent = batch is not None and batch.sent_at is not None
    is_clerk = viewer.role is RoleKind.PAYROLL_CLERK
    is_open = view.state == "proposed"
    blocks = [run_problems.block(view, group, is_open and is_clerk) for group in view.blocks if group.open]
    fall = _waterfall(view)
    why_not = _why_not(view, is_clerk=is_clerk)
    return RunPage(
        view=view,
        title=_title(view),
        subtitle=_subtitle(view),
        flow=flow_of(view, made, today, bank_by),
        totals=_totals(view),
        blocks=blocks,
        blocks_count=sum(group.open for group in view.blocks),
        set_asides=[run_problems.set_aside(row) for row in view.set_asides],
        looks=run_problems.looks(view),
        oddities=run_problems.oddities(view),
        waterfall=fall,
        waterfall_title=_fall_title(view),
        without=[run_problems.without(row) for row in view.without_pay[:WITHOUT_PAY_SHOWN]],
        gate=[_check(view, item) for item in view.gate],
        approve=_("Approve %(sum)s") % {"sum": wording.euros(view.totals.net)},
        why_not=why_not,
        may_approve=not why_not,
        is_open=is_open,
        may_act=is_clerk,
        may_cancel=is_clerk and view.state != "cancelled" and not is_sent,
        job=job_of(view.progress),
        begin_again=reverse(
            "desk:recalculate-run" if view.state == "calculating" else "desk:run-again", args=[view.id]
        ),
    )


def job_of(progress: RunProgress) -> Job | None:
    """The work that is going on, None when there is none."""
    if progress.state not in ("calculating", "approved"):
        return None
    title = _("Calculating the run") if progress.state == "calculating" else _("Making payslips and files")
    whole = max(progress.of, 1)
    if progress.trouble:
        mend = _("What is missing is made when the cause is mended; nothing is paid twice.")
        why = filled(progress.trouble, progress.trouble_params)
        return Job(title, progress.done, whole, is_failed=True, note=f"{why} {mend}", id="run-job", level=2)
    note = _("You may leave the page: the work goes on.")
    if progress.state == "approved" and progress.of and progress.done >= progress.of:
        note = _("The payslips are made; the files come next.")
    poll = reverse("desk:run-progress", args=[progress.run_id])
    return Job(title, progress.done, whole, poll=poll, note=note, id="run-job", level=2)


# --- Heading ---------------------------------------------------------------------------------------------------------


def _title(view: RunView) -> str:
    name = _("Extra run %(day)s") if view.is_extra else _("Payroll run %(day)s")
    return name % {"day": wording.day(view.payday)}


def _subtitle(view: RunView) -> str:
    language = get_language()
    kinds = ", ".join(kind_name(each).lower() for each in view.contract_kinds)
    month = wording.month_name(view.care_months_until, language)
    parts = [_("%(month)s and late ones of earlier months: %(kinds)s") % {"month": month.capitalize(), "kinds": kinds}]
    number = _("proposal %(n)s") % {"n": view.proposal}
    if view.calculated_at:
        number += f", {moment(view.calculated_at)}"
    parts.append(number)
    return " · ".join(parts)


# --- Sums and causes -------------------------------------------------------------------------------------------------


def _totals(view: RunView) -> list[Total]:
    now, change, before = view.totals, view.change, view.before

    def figure(name: str, value: Decimal, delta: Decimal | None, *, share: Decimal | None = None) -> Total:
        note = wording.signed(delta, 2) if delta is not None else ""
        if delta and share:
            note += f" ({wording.signed(delta / share * 100, 1)}{wording.HARD_SPACE}%)"
        return Total(name, wording.number(value, 2), note)

    found = [Total(_("Payees"), wording.number(now.payees), wording.signed(change.payees) if change else "")]
    found.append(
        figure(_("Gross"), now.gross, change.gross if change else None, share=before.gross if before else None)
    )
    found.append(figure(line_name("WITHHOLDING"), -now.withholding, -change.withholding if change else None))
    found.append(figure(_("Pension contributions"), -now.pension, -change.pension if change else None))
    if now.other_deductions or (before and before.other_deductions):
        found.append(figure(_("Other deductions"), -now.other_deductions, -change.other_deductions if change else None))
    found.append(figure(_("of gross, tax free"), now.reimbursements, change.reimbursements if change else None))
    found.append(figure(_("To the accounts"), now.net, change.net if change else None))
    return found


def _fall_title(view: RunView) -> str:
    if view.change is None or not view.change.gross:
        return _("Gross did not change")
    return _("Why the gross changed %(sum)s") % {"sum": f"{wording.signed(view.change.gross, 2)}{wording.HARD_SPACE}€"}


def _waterfall(view: RunView) -> Waterfall | None:
    if view.before is None or view.before_payday is None or not view.causes:
        return None
    return Waterfall(
        Change(_("Run %(day)s") % {"day": wording.day_short(view.before_payday)}, view.before.gross),
        [Change(cause_name(cause), cause.amount) for cause in view.causes],
        Change(_("This run"), view.totals.gross),
        sentence=_("The change of the gross from the run before to this one, by cause. The figures are in the table."),
        caption=_("Causes of the change, euros"),
    )


# --- Gate ------------------------------------------------------------------------------------------------------------


def _check(view: RunView, item: GateItem) -> Check:
    if item.key == "blocks" and item.is_met:
        return Check(_("Nothing stops the run"), True)
    if item.key == "blocks":
        count = int(str(item.params.get("count", 0)))
        text = ngettext(
            "%(n)s problem neither repaired nor set aside", "%(n)s problems neither repaired nor set aside", count
        )
        return Check(text % {"n": count}, False)
    if item.key == "proof" and item.is_met:
        return Check(_("The proof finds nothing that stops the run"), True)
    if item.key == "proof":
        return Check(filled(item.message, item.params), False, href=reverse("desk:run-proof", args=[view.id]))
    if item.key == "second" and not item.is_met:
        return Check(_("You proposed this run: a second person approves it"), False)
    if item.key == "ledger" and not item.is_met:
        codes = [line_name(code.strip()) for code in str(item.params.get("codes", "")).split(",")]
        text = filled(item.message, {"codes": ", ".join(codes)})
        return Check(text, False, href=reverse("desk:ledger-accounts"))
    return Check(filled(item.message, item.params), item.is_met)


def _why_not(view: RunView, *, is_clerk: bool) -> str:
    """Why the run cannot be approved by this reader now, "" when it can."""
    if not is_clerk:
        return _("A payroll clerk approves the run.")
    if view.may_approve:
        return ""
    unmet = {item.key for item in view.gate if not item.is_met}
    if "second" in unmet:
        return _("You proposed this run. A colleague approves it.")
    if "own" in unmet:
        return _("The run pays you or somebody close to you. A colleague approves it.")
    if "blocks" in unmet:
        return _("You can approve when what stops the run is repaired, or set aside with a reason.")
    if "calculated" in unmet:
        return _("You can approve when the proposal is calculated.")
    return _("You can approve when everything on the list is in order.")


# --- History ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Event:
    what: str
    who: str
    at: str
    reason: str


def history(rows: Sequence[EventRow], names: dict[int, str]) -> list[Event]:
    """Who did what to the run, the newest first."""
    return [
        Event(
            what=str(HISTORY.get(row.action, row.action)),
            who=names.get(row.actor_person_id or 0, "") or _("The system"),
            at=moment(row.at),
            reason=row.reason,
        )
        for row in rows
    ]
