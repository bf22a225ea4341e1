"""Where the money of an assistant's half month is, in words: the assistant records, the employer approves."""

from __future__ import annotations

from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from palkkio.web.states import Money, Stage
from palkkio.web.ui import wording
from palkkio.web.ui.values import Chip, Step

_AT = {Stage.REVIEWED: 1, Stage.IN_RUN: 2, Stage.AT_BANK: 3, Stage.BANK_RETURNED: 3, Stage.PAID: 5}
_WAITS = (Stage.OPEN, Stage.CONFIRMED)


def chip(money: Money) -> Chip | None:
    """None: as for every other period."""
    if money.stage in _WAITS and not money.is_empty:
        return Chip(_("Waits for approval"), "warn" if money.is_late else "you", "clock")
    return {
        Stage.REVIEWED: Chip(_("Approved"), "ok"),
        Stage.NOTHING: Chip(_("No shifts")),
    }.get(money.stage)


def steps(money: Money) -> list[Step]:
    at = _AT.get(money.stage, 0)
    first = _("Returned to you") if money.stage is Stage.RETURNED else _("Recorded") if at else _("To record")
    names = [first, _("Approved"), _("In a run"), _("At the bank"), _("On the account")]
    if money.stage is Stage.BANK_RETURNED:
        names[3] = _("Returned by the bank")
    found = []
    for place, name in enumerate(names):
        state = "done" if place < at else "now" if place == at else "next"
        if place == at and money.stage in (Stage.RETURNED, Stage.BANK_RETURNED):
            state = "back"
        if money.stage in (Stage.COMING, Stage.NOTHING):
            state = "next"
        note = ""
        if place == 1 and not at:
            note = _("by the employer")
        elif place == 4 and money.payday and money.stage is not Stage.NOTHING:
            note = wording.weekday_day(money.payday, get_language())
        found.append(Step(name, state, note))  # type: ignore[arg-type]
    return found


def sentence(money: Money, comes: str) -> tuple[str, str]:
    """For the assistant: who does what next, and when the pay comes (`comes`)."""
    if money.stage is Stage.RETURNED:
        lead = _("The employer returned the hours to you: %(reason)s") % {"reason": money.reason or "–"}
        return lead, _("Correct them. The employer approves them after that.")
    if money.stage is Stage.COMING:
        return _("The half month has not begun yet."), ""
    if money.stage in _WAITS:
        return _waits(money)
    if money.stage is Stage.REVIEWED:
        return _("The employer has approved the hours. The pay waits for the payroll run."), comes
    if money.stage is Stage.IN_RUN:
        return _("The pay is in the payroll run of %(day)s.") % {"day": _on(money.payday)}, comes
    if money.stage is Stage.AT_BANK:
        return _("The pay has been sent to the bank."), comes
    if money.stage is Stage.PAID:
        return _("Paid to your account %(day)s.") % {"day": _on(money.payday)}, ""
    if money.stage is Stage.BANK_RETURNED:
        return (
            _("The bank returned the payment."),
            _("Check your account number and tell payroll if it has changed. Payroll sends the pay again."),
        )
    return _("No shifts were recorded in this half month."), ""


def _waits(money: Money) -> tuple[str, str]:
    if money.deadline is None:
        return _("Record your shifts. The employer approves the hours."), ""
    if not money.is_late:
        lead = _("Record your shifts. The employer approves the hours at the latest %(day)s.")
        if money.payday is None:
            return lead % {"day": _on(money.deadline)}, ""
        rest = _("Then the money is on your account %(day)s.") % {"day": _on(money.payday)}
        return lead % {"day": _on(money.deadline)}, rest
    lead = wording.sentence(_("The employer had time to approve until %(day)s.") % {"day": wording.day(money.deadline)})
    return lead, _("Hours that are approved later are paid on the next payday. They keep their own days.")


def desk_sentence(money: Money) -> str:
    """For staff while the employer has it; "" afterwards."""
    if money.stage not in (*_WAITS, Stage.RETURNED):
        return ""
    if money.stage is Stage.RETURNED:
        return _("The employer returned the hours to the assistant: %(reason)s") % {"reason": money.reason or "–"}
    if money.deadline is None:
        return _("Waits for the employer to approve the hours.")
    text = _("The employer approves the hours at the latest %(day)s.")
    if money.is_late:
        text = _("The employer has not approved the hours; the deadline was %(day)s.")
    return text % {"day": _on(money.deadline)}


def _on(day: date | None) -> str:
    return wording.deadline(day, get_language()) if day else "–"
