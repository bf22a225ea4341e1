"""The states of `states` in words: a line of steps, who has the ball, the next date."""

from __future__ import annotations

from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from palkkio.web import shift_states
from palkkio.web.states import Money, Stage
from palkkio.web.ui import wording
from palkkio.web.ui.values import Chip, Flow, Step


def flow(money: Money) -> Flow:
    """The state line for the carer: the way as steps, then who has the ball and the next date."""
    lead, rest = shift_states.sentence(money, _money_comes(money)) if money.is_employment else _sentence(money)
    return Flow(_steps(money), lead=lead, rest=rest)


def desk_flow(money: Money) -> Flow:
    """The same for the county's staff."""
    waits = shift_states.desk_sentence(money) if money.is_employment else ""
    lead, rest = (waits, "") if waits else _desk_sentence(money)
    return Flow(_steps(money), lead=lead, rest=rest)


def desk_chip(money: Money) -> Chip:
    """The state in a word or two, for the county's staff."""
    if money.stage is Stage.RETURNED:
        return Chip(_("Returned to the carer"), "error", "return")
    return chip(money)


def chip(money: Money) -> Chip:
    """The state in a word or two, for lists."""
    if money.is_employment and (own := shift_states.chip(money)):
        return own
    return {
        Stage.COMING: lambda: Chip(_("Coming")),
        Stage.OPEN: lambda: Chip(_("To record"), "warn" if money.is_late else "you", "edit"),
        Stage.RETURNED: lambda: Chip(_("Returned to you"), "error", "return"),
        Stage.CONFIRMED: lambda: Chip(_("Confirmed"), "ok"),
        Stage.REVIEWED: lambda: Chip(_("Reviewed"), "ok"),
        Stage.IN_RUN: lambda: Chip(_("In a run"), "ok", "euro"),
        Stage.AT_BANK: lambda: Chip(_("At the bank"), "ok", "bank"),
        Stage.PAID: lambda: Chip(_("On the account"), "ok"),
        Stage.BANK_RETURNED: lambda: Chip(_("Returned by the bank"), "error", "return"),
        Stage.NOTHING: lambda: Chip(_("No fee")),
    }[money.stage]()


_AT = {
    Stage.COMING: 0,
    Stage.OPEN: 0,
    Stage.RETURNED: 0,
    Stage.NOTHING: 0,
    Stage.CONFIRMED: 1,
    Stage.REVIEWED: 2,
    Stage.IN_RUN: 3,
    Stage.AT_BANK: 4,
    Stage.PAID: 6,
    Stage.BANK_RETURNED: 4,
}


def _steps(money: Money) -> list[Step]:
    if money.is_employment:
        return shift_states.steps(money)
    at = _AT[money.stage]
    first = _("Recorded") if at else (_("Returned to you") if money.stage is Stage.RETURNED else _("To record"))
    names = [first, _("Confirmed"), _("Reviewed"), _("In a run"), _("At the bank"), _("On the account")]
    if money.stage is Stage.BANK_RETURNED:
        names[4] = _("Returned by the bank")
    steps = []
    for place, name in enumerate(names):
        state = "done" if place < at else "next"
        if place == at:
            state = "back" if money.stage in (Stage.RETURNED, Stage.BANK_RETURNED) else "now"
        if money.stage in (Stage.COMING, Stage.NOTHING):
            state = "next"
        note = ""
        if place == 0 and money.stage is Stage.OPEN:
            note = _("by you")
        elif place == 1 and at > 1 and money.is_confirmed_on_behalf:
            note = _("on the carer's behalf")
        elif place == 5 and money.payday and money.stage is not Stage.NOTHING:
            note = wording.weekday_day(money.payday, get_language())
        steps.append(Step(name, state, note))  # type: ignore[arg-type]
    return steps


def _on(day: date) -> str:
    """keskiviikkona 3.6., on Wednesday 3 June."""
    return wording.deadline(day, get_language())


def _money_comes(money: Money) -> str:
    """When the money is on the account, "" when nobody can say."""
    if money.payday is None:
        return ""
    text = wording.sentence(_("The money is on your account %(day)s.") % {"day": _on(money.payday)})
    if money.is_missed:
        text = _("It missed its own payroll run and goes to the next one.") + " " + text
    return text


def _awaits(money: Money) -> str:
    """Of a payment whose day is here and of which the bank has said nothing yet, "" before."""
    if money.payday is None or money.payday > money.today:
        return ""
    return _("The bank has not confirmed the payment yet.")


def _sentence(money: Money) -> tuple[str, str]:
    comes = _money_comes(money)
    if money.stage is Stage.RETURNED:
        lead = _("The county returned this period to you: %(reason)s") % {"reason": money.reason or "–"}
        return lead, _("Correct it and confirm again.") + (f" {comes}" if comes else "")
    if money.stage is Stage.OPEN:
        return _open_sentence(money)
    if money.stage is Stage.COMING:
        return _("The month has not begun yet."), _("You may record coming days already now.")
    if money.stage is Stage.CONFIRMED:
        if money.review_by and money.review_by >= money.today:
            return _("The county reviews the entries at the latest %(day)s.") % {"day": _on(money.review_by)}, comes
        return _("The county reviews the entries."), comes
    if money.stage is Stage.REVIEWED:
        return _("The county has reviewed the entries, and the fee waits for the payroll run."), comes
    if money.stage is Stage.IN_RUN:
        return _("The fee is in the payroll run of %(day)s.") % {"day": _day(money)}, comes
    if money.stage is Stage.AT_BANK:
        return _("The fee has been sent to the bank."), _awaits(money) or comes
    if money.stage is Stage.PAID:
        return _("Paid to your account %(day)s.") % {"day": _day(money)}, ""
    if money.stage is Stage.BANK_RETURNED:
        return (
            _("The bank returned the payment."),
            _("Check your account number and tell the county if it has changed. Payroll sends the fee again."),
        )
    return _("Nothing was recorded in this period, so no fee is paid."), ""


def _open_sentence(money: Money) -> tuple[str, str]:
    if money.deadline is None:
        return _("Record the days and confirm the period."), ""
    if not money.is_late:
        lead = _("Record the days and confirm at the latest %(day)s.") % {"day": _on(money.deadline)}
        if money.payday is None:
            return lead, ""
        return lead, _("Then the money is on your account %(day)s.") % {"day": _on(money.payday)}
    lead = wording.sentence(_("The deadline was %(day)s.") % {"day": _on(money.deadline)})
    lead += " " + _("Confirm as soon as you can.")
    return lead, _("Without entries no fee is paid.") if money.is_empty else _money_comes(money)


def _day(money: Money) -> str:
    return _on(money.payday) if money.payday else "–"


def _desk_sentence(money: Money) -> tuple[str, str]:
    pays = _("Payday is %(day)s.") % {"day": wording.weekday_date(money.payday, get_language())} if money.payday else ""
    if money.is_missed:
        pays = _("It missed its own payroll run and goes to the next one.") + " " + pays
    if money.stage is Stage.RETURNED:
        return _("Returned to the carer: %(reason)s") % {"reason": money.reason or "–"}, pays
    if money.stage is Stage.OPEN:
        if money.is_late and money.deadline:
            return (
                _("The carer has not confirmed; the deadline was %(day)s.") % {"day": _on(money.deadline)},
                _("Review it as it stands, or confirm on the carer's behalf.") + f" {pays}",
            )
        if money.deadline:
            return _("The carer records and confirms at the latest %(day)s.") % {"day": _on(money.deadline)}, pays
        return _("The carer records and confirms."), pays
    if money.stage is Stage.COMING:
        return _("The month has not begun yet."), pays
    if money.stage is Stage.CONFIRMED:
        if money.review_by:
            return _("Waits for review, at the latest %(day)s.") % {"day": _on(money.review_by)}, pays
        return _("Waits for review."), pays
    return {
        Stage.REVIEWED: (_("Reviewed, waits for the payroll run."), pays),
        Stage.IN_RUN: (_("In the payroll run of %(day)s.") % {"day": _day(money)}, ""),
        Stage.AT_BANK: (_("Sent to the bank."), _awaits(money) or pays),
        Stage.PAID: (_("Paid %(day)s.") % {"day": _day(money)}, ""),
        Stage.BANK_RETURNED: (_("The bank returned the payment."), _("Payroll sends it again.")),
        Stage.NOTHING: (_("Nothing to pay."), ""),
    }[money.stage]
