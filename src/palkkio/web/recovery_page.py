"""A recovery as carer and clerk see it alike (BEY-9): how it arose, what happens, what has come back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from palkkio.calculation import frozen
from palkkio.payroll.balances import Balance, balances, set_offs
from palkkio.payroll.queries.recoveries import parts_of, plan_of, transfers_of, waivers_of
from palkkio.payroll.queries.views import line_views
from palkkio.web.pay_lines import pay_lines
from palkkio.web.rule_words import changed_text
from palkkio.web.ui import wording
from palkkio.web.ui.values import Chip, Flow, PayLine, Step, SumRow
from palkkio.web.ui.words import period_name

if TYPE_CHECKING:
    from palkkio.payroll.models import Recovery, RecoveryPlan, RecoveryWaiver


@dataclass(frozen=True, slots=True)
class Month:
    """One month of which too much was paid."""

    title: str
    causes: Sequence[str]
    lines: Sequence[PayLine]


@dataclass(frozen=True, slots=True)
class RecoveryView:
    id: int
    number: str
    reference: str
    state: str
    chip: Chip
    flow: Flow
    explanation: str
    months: Sequence[Month]
    sums: Sequence[SumRow]
    balance: Balance
    plan: str
    answer_by: date
    may_answer: bool
    answer: str
    answer_text: str
    decision: str
    posted_on: date | None
    final_from: date | None
    waivers: Sequence[RecoveryWaiver]


def recovery_view(recovery: Recovery, today: date) -> RecoveryView:
    """Everything that a page says of a recovery."""
    balance = balances([recovery])[recovery.pk]
    plan = plan_of(recovery)
    return RecoveryView(
        id=recovery.pk,
        number=recovery.number,
        reference=" ".join(_groups(recovery.reference)),
        state=recovery.state,
        chip=state_chip(recovery, today),
        flow=_flow(recovery, balance, plan, today),
        explanation=recovery.explanation,
        months=_months(recovery),
        sums=_sums(recovery, balance),
        balance=balance,
        plan=_plan(plan),
        answer_by=recovery.answer_by,
        may_answer=recovery.state == "hearing" or (recovery.state == "decided" and recovery.consented_on is None),
        answer=_answer(recovery),
        answer_text=recovery.answer_text,
        decision=recovery.decision,
        posted_on=recovery.posted_on,
        final_from=recovery.final_from,
        waivers=waivers_of(recovery),
    )


def state_chip(recovery: Recovery, today: date) -> Chip:
    """Where the matter stands, in two words."""
    if recovery.state == "hearing":
        if recovery.answer:
            return Chip(_("Answered"), "you")
        return Chip(_("Answer awaited"), "warn") if today <= recovery.answer_by else Chip(_("To be decided"), "you")
    if recovery.state == "decided":
        if recovery.is_appealed and recovery.final_from is None:
            return Chip(_("Appealed"), "warn")
        is_final = recovery.final_from is not None and recovery.final_from <= today
        return Chip(_("Decision is final"), "you") if is_final else Chip(_("Decided, not final"), "warn")
    if recovery.state == "recovering":
        return Chip(_("Being paid back"), "ok")
    return Chip(_("Closed"))


def _flow(recovery: Recovery, balance: Balance, plan: RecoveryPlan | None, today: date) -> Flow:
    names = (
        ("hearing", _("You are heard")),
        ("decided", _("Decision")),
        ("recovering", _("Paying back")),
        ("closed", _("Closed")),
    )
    at = [state for state, _name in names].index(recovery.state)
    steps = [
        Step(name, "done" if place < at else "now" if place == at else "next")
        for place, (_state, name) in enumerate(names)
    ]
    lead, rest = _sentence(recovery, balance, plan, today)
    return Flow(steps, lead=lead, rest=rest, label=_("Where the matter stands"))


def _sentence(recovery: Recovery, balance: Balance, plan: RecoveryPlan | None, today: date) -> tuple[str, str]:
    left = wording.euros(balance.left)
    if recovery.state == "hearing":
        if recovery.answer == "consents":
            return _("The payee has agreed that it is taken from coming fees"), _("Payroll makes a plan.")
        if recovery.answer:
            return _("The payee has answered"), _("Payroll decides next.")
        if today <= recovery.answer_by:
            day = wording.deadline(recovery.answer_by, get_language())
            return _("Nothing has been decided yet"), wording.sentence(_("Answer at the latest %(day)s") % {"day": day})
        return _("The time to answer is over"), _("Payroll decides next.")
    if recovery.state == "decided":
        if recovery.final_from is None:
            return _("The decision has been appealed"), _("Nothing is taken from the fees meanwhile.")
        day = wording.day(recovery.final_from)
        if recovery.final_from <= today:
            return _("The decision is final"), _("Payroll makes a plan.")
        return _("It has been decided that the sum is recovered"), wording.sentence(
            _("Nothing is taken from the fees before the decision is final on %(day)s") % {"day": day}
        )
    if recovery.state == "recovering":
        return _("%(sum)s is left") % {"sum": left}, _plan(plan)
    if balance.left > 0:
        return _("Nothing more is recovered"), recovery.closed_reason
    return _("All has been settled"), ""


def _plan(plan: RecoveryPlan | None) -> str:
    if plan is None:
        return ""
    if not plan.instalment:
        return _("You pay it by your own transfer.")
    text = _("%(sum)s is taken from each payday from %(day)s on.") % {
        "sum": wording.euros(plan.instalment),
        "day": wording.day(plan.first_payday),
    }
    if plan.leaves:
        text += " " + _("At least %(sum)s is always left to you.") % {"sum": wording.euros(plan.leaves)}
    return text


def _months(recovery: Recovery) -> list[Month]:
    made = []
    for receivable in parts_of(recovery):
        lines = [frozen.from_json(line) for line in receivable.lines]
        causes = dict.fromkeys(changed_text(each) for line in lines for each in line.working.causes)
        made.append(
            Month(
                period_name(receivable.period).capitalize(),
                list(causes),
                pay_lines(
                    line_views(lines, receivable.period),
                    (),
                    gross=-receivable.amount,
                    net=None,
                    main_period=receivable.period,
                ),
            )
        )
    return made


def _sums(recovery: Recovery, balance: Balance) -> list[SumRow]:
    rows = [SumRow(_("Too much was paid, before tax"), balance.amount)]
    rows += [
        SumRow(_("Taken from the fee on %(day)s") % {"day": wording.day(slip.payday)}, -amount)
        for slip, amount in set_offs(recovery)
    ]
    rows += [
        SumRow(
            _("Your transfer on %(day)s") % {"day": wording.day(each.paid_on)},
            -(each.amount + each.withheld),
            note=_("of it withheld tax %(sum)s") % {"sum": wording.euros(each.withheld)} if each.withheld else "",
        )
        for each in transfers_of(recovery)
    ]
    if balance.waived:
        rows.append(SumRow(_("Not recovered"), -balance.waived))
    return [*rows, SumRow(_("Left"), balance.left, is_total=True)]


def _answer(recovery: Recovery) -> str:
    if not recovery.answer or recovery.answered_on is None:
        return ""
    day = wording.day(recovery.answered_on)
    if recovery.answer == "consents":
        return _("Agreed on %(day)s that it is taken from coming fees") % {"day": day}
    return _("Answered on %(day)s") % {"day": day}


def _groups(digits: str) -> list[str]:
    """Groups of five from the right, as a reference number is written."""
    head = len(digits) % 5
    return [part for part in (digits[:head], *(digits[at : at + 5] for at in range(head, len(digits), 5))) if part]
