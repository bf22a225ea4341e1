"""Where a run is on its way from the proposal to the incomes register, in a drawing and in words."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from palkkio.payments.queries import RunAnswers, answers_of_run
from palkkio.payroll.values import RunView
from palkkio.web.ui import wording
from palkkio.web.ui.values import Flow, Step
from palkkio.web.ui.words import moment

if TYPE_CHECKING:
    from palkkio.reporting.queries import RunFiles


def flow_of(view: RunView, made: RunFiles, today: date, bank_by: date | None) -> Flow:
    """The stages of a run, and a sentence on where it stands.

    bank_by  the day by which the schedule wants the file at the bank, None where it knows none
    """
    language = get_language()
    sent_at = made.batch.sent_at if made.batch else None
    reported = bool(made.deliveries) and all(each.sent_at for each in made.deliveries)
    at = {"calculating": 0, "proposed": 1, "approved": 2, "produced": 2, "cancelled": 0}[view.state]
    answers = answers_of_run(view.id) if sent_at else None
    if answers is not None:
        is_paid = answers.is_paid if answers.are_read else view.payday <= today
        at = 5 if is_paid else 3
    names = [
        (_("Proposal"), view.proposed_by),
        (_("Approval"), view.approved_by or _("a second person")),
        (_("To the bank"), moment(sent_at) if sent_at else _bank_by(view, bank_by)),
        (_("On the accounts"), wording.weekday_day(view.payday, language)),
        (_("Incomes register"), _("by %(day)s") % {"day": wording.weekday_day(view.report_due_on, language)}),
    ]
    steps = []
    for place, (name, note) in enumerate(names):
        state = "done" if place < at else "now" if place == at else "next"
        if view.state == "cancelled":
            state = "next"
        if place == 4:
            state = "done" if reported else "now" if at == 5 else "next"
        steps.append(Step(name, state, note))  # type: ignore[arg-type]
    lead, rest = _sentence(view, answers, today)
    if sent_at and made.deliveries and not reported:
        rest = _("The reports are to be in the incomes register by %(day)s") % {
            "day": wording.deadline(view.report_due_on, language)
        }
        if view.report_due_on < today:
            lead = _("The reports are late: give them to the incomes register now.")
    return Flow(steps, lead=lead, rest=rest, label=_("Stages of the run"))


def _bank_by(view: RunView, bank_by: date | None) -> str:
    if view.state == "cancelled":
        return ""
    return wording.weekday_day(bank_by, get_language()) if bank_by else _("before the payday")


def _sentence(view: RunView, answers: RunAnswers | None, today: date) -> tuple[str, str]:
    """`answers`: what the bank has said, None before it has the file."""
    language = get_language()
    payday = wording.deadline(view.payday, language)
    if view.state == "cancelled":
        return _("The run was cancelled: %(reason)s") % {"reason": view.cancelled_reason}, _(
            "What it would have paid waits for the next run."
        )
    if view.state == "calculating":
        if view.returned_reason:  # how far the calculation is stands below
            return _("Returned to the proposer: %(reason)s") % {"reason": view.returned_reason}, ""
        return _("When the run is calculated, a second person approves it."), ""
    if view.state == "proposed":
        rest = _("%(name)s proposed it. The money is on the accounts %(day)s.") % {
            "name": view.proposed_by,
            "day": payday,
        }
        if view.returned_reason:
            return _("Returned to the proposer: %(reason)s") % {"reason": view.returned_reason}, rest
        return _("Waits for the approval of a second person."), rest
    if view.state == "approved":
        return _("%(name)s approved the run.") % {"name": view.approved_by}, ""
    if answers is None:
        return _("Give the payment file to the bank, then mark it as given."), _(
            "The money is to be on the accounts %(day)s."
        ) % {"day": payday}
    if answers.are_read and (answers.settled or answers.came_back):
        return _answered(answers)
    if view.payday <= today:
        is_late = _("The bank has not confirmed the payments yet.") if answers.are_read else ""
        return _("The money should be on the accounts."), is_late
    return _("The bank has the payment file."), _("The money is on the accounts %(day)s.") % {"day": payday}


def _answered(answers: RunAnswers) -> tuple[str, str]:
    """What the bank has said of the payments, and what is still to do."""
    settled = ngettext("The bank has paid %(n)s payment.", "The bank has paid %(n)s payments.", answers.settled)
    rest = []
    if answers.came_back:
        text = ngettext(
            "%(n)s payment came back: pay it anew.", "%(n)s payments came back: pay them anew.", answers.came_back
        )
        rest.append(text % {"n": wording.number(answers.came_back)})
    if answers.waiting:
        text = ngettext("%(n)s payment is not answered yet.", "%(n)s payments are not answered yet.", answers.waiting)
        rest.append(text % {"n": wording.number(answers.waiting)})
    return settled % {"n": wording.number(answers.settled)}, " ".join(rest)
