"""Runs in words: states, causes of change, what is odd, why somebody has no pay, and where a problem is repaired."""

from __future__ import annotations

from collections.abc import Callable

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from palkkio.core.problems import ProblemCode
from palkkio.payroll.values import Cause, CauseKind, Oddity, OddityKind, ProblemGroup, Repair, WithoutPayKind
from palkkio.web.ui import wording
from palkkio.web.ui.values import Action, Chip

STATES: dict[str, tuple[Promise, str]] = {
    "calculating": (lazy("Being calculated"), "you"),
    "proposed": (lazy("Waits for approval"), "warn"),
    "approved": (lazy("Files are being made"), "you"),
    "produced": (lazy("Ready for the bank"), "you"),
    "sent": (lazy("Given to the bank"), "ok"),
    "paid": (lazy("On the accounts"), "ok"),
    "cancelled": (lazy("Cancelled"), ""),
}

CAUSES: dict[CauseKind, Callable[[int], str]] = {
    CauseKind.MORE_DAYS: lambda n: ngettext("More days, %(n)s contract", "More days, %(n)s contracts", n) % {"n": n},
    CauseKind.FEWER_DAYS: lambda n: ngettext("Fewer days, %(n)s contract", "Fewer days, %(n)s contracts", n) % {"n": n},
    CauseKind.NEW_CONTRACTS: lambda n: ngettext("%(n)s new contract", "%(n)s new contracts", n) % {"n": n},
    CauseKind.CAME_BACK: lambda n: (
        ngettext("%(n)s that was not in the run before", "%(n)s that were not in the run before", n) % {"n": n}
    ),
    CauseKind.RATE: lambda n: _("Rates and agreed amounts"),
    CauseKind.CORRECTIONS: lambda n: (
        ngettext("Corrections, %(n)s contract", "Corrections, %(n)s contracts", n) % {"n": n}
    ),
    CauseKind.ONE_OFF: lambda n: _("One-off lines"),
    CauseKind.NO_ENTRIES: lambda n: (
        ngettext("%(n)s with nothing to pay yet", "%(n)s with nothing to pay yet", n) % {"n": n}
    ),
    CauseKind.ENDED: lambda n: ngettext("%(n)s contract ended", "%(n)s contracts ended", n) % {"n": n},
    CauseKind.LEFT_OUT: lambda n: ngettext("%(n)s left out of this run", "%(n)s left out of this run", n) % {"n": n},
    CauseKind.OTHER: lambda n: _("Other changes"),
}

ODDITIES: dict[OddityKind, Promise] = {
    OddityKind.GREW: lazy("Grew by more than half"),
    OddityKind.SHRANK: lazy("Fell by more than half"),
    OddityKind.EVERY_DAY: lazy("Every day of the month is recorded"),
    OddityKind.LARGE_CORRECTION: lazy("A large correction"),
    OddityKind.TWO_PAYEES_ONE_ACCOUNT: lazy("Two payees have the same account number"),
    OddityKind.OVERPAYMENT: lazy("Too much was paid before"),
}

WITHOUT_PAY: dict[WithoutPayKind, Promise] = {
    WithoutPayKind.NO_ENTRIES: lazy("Reviewed, nothing was recorded"),
    WithoutPayKind.NOT_REVIEWED: lazy("Waits for review"),
    WithoutPayKind.NOT_CONFIRMED: lazy("The carer has not confirmed"),
    WithoutPayKind.NO_SHEET: lazy("The care period was never opened"),
}

# What happens to a payee while the red problem stands, in a clerk's words.
PROBLEM_NOTES: dict[str, Promise] = {
    ProblemCode.NO_TAX_CARD: lazy("Record the card, or set it aside: then 60 % is withheld."),
    ProblemCode.NO_BANK_ACCOUNT: lazy("Not paid until the account number is given, or left to the next run."),
    ProblemCode.RATE_NOT_CONFIRMED: lazy("The amount awaits its decision or the approval of a second person."),
    ProblemCode.CONTRACT_TERM_MISSING: lazy("The contract says no amount for this kind of day, and none is decided."),
    ProblemCode.NET_NEGATIVE: lazy("The deductions are larger than the fee: check the entries and the deductions."),
    ProblemCode.ENTRY_OUTSIDE_CONTRACT: lazy("Reopen the period and remove the days, or change the contract's days."),
    ProblemCode.NO_IDENTITY_CODE: lazy("The report to the incomes register needs it."),
    ProblemCode.PAYEE_DECEASED: lazy("Pay to the estate is handled by hand: leave it to a later run."),
    ProblemCode.CERTIFICATE_MISSING: lazy(
        "It pays. Ask for the certificate, and correct the absence if there is none."
    ),
    ProblemCode.LEAVE_NOT_EARNED: lazy("The days above those earned are not paid. Check the leave balance."),
    ProblemCode.LEAVE_NOT_SETTLED: lazy("Record the leave year: then the compensation is paid in the next run."),
    ProblemCode.OVERPAYMENT: lazy("It is not taken from this payment. See the receivables."),
    ProblemCode.RATE_NOT_VERIFIED: lazy("It pays. Check the official figure when you can."),
}

VIEWS: dict[str, Promise] = {
    "all": lazy("All"),
    "blocked": lazy("Stopped"),
    "warned": lazy("To look at"),
    "left_out": lazy("Left out"),
    "held": lazy("On hold"),
    "changed": lazy("Changed"),
    "new": lazy("New"),
    "corrected": lazy("Corrections"),
    "grew": lazy("Grew"),
    "shrank": lazy("Fell"),
    "overpaid": lazy("Overpaid"),
    "nothing": lazy("Nothing to pay"),
}

HISTORY: dict[str, Promise] = {
    "propose_run": lazy("Proposed"),
    "calculate_run": lazy("Calculated"),
    "recalculate_run": lazy("Asked for a new calculation"),
    "find_run_stale": lazy("Facts had changed, calculated again"),
    "set_aside": lazy("Set a problem aside"),
    "take_back_set_aside": lazy("Took a set-aside back"),
    "return_run": lazy("Returned to the proposer"),
    "approve_run": lazy("Approved"),
    "produce_run": lazy("Files made"),
    "finish_run_again": lazy("Making of the files begun again"),
    "cancel_run": lazy("Cancelled"),
}


def state_chip(state: str) -> Chip:
    text, tone = STATES.get(state, (state, ""))
    return Chip(str(text), tone)  # type: ignore[arg-type]


def cause_name(cause: Cause) -> str:
    return CAUSES[cause.kind](cause.contracts)


def oddity_note(oddity: Oddity) -> str:
    """What makes it odd, in figures."""
    row = oddity.row
    if oddity.kind in (OddityKind.GREW, OddityKind.SHRANK):
        days = ""
        if oddity.days or oddity.days_before:
            days = " " + _("%(now)s days, %(before)s before.") % {
                "now": wording.number(oddity.days.normalize() if oddity.days % 1 else int(oddity.days)),
                "before": wording.number(
                    oddity.days_before.normalize() if oddity.days_before % 1 else int(oddity.days_before)
                ),
            }
        return f"{wording.signed(oddity.amount, 2)}{wording.HARD_SPACE}€." + days
    if oddity.kind is OddityKind.TWO_PAYEES_ONE_ACCOUNT:
        return _("%(sum)s to the account.") % {"sum": wording.euros(row.net)}
    return wording.euros(oddity.amount)


def repair_action(group: ProblemGroup) -> Action | None:
    """Where a clerk repairs the problem; of several payees the list, of one the place itself."""
    row = group.rows[0] if len(group.rows) == 1 and group.contracts == 1 else None
    if group.repair is Repair.RATE:
        return Action(_("Open the rates"), href=reverse("desk:rates"))
    if row is None or group.repair in (Repair.WAIT, Repair.NONE):
        return None
    if group.repair is Repair.TAX_CARD:
        return Action(_("Record the card"), href=reverse("desk:add-tax-card", args=[row.person_id]))
    if group.repair is Repair.CONTRACT:
        return Action(_("Open the contract"), href=reverse("desk:contract", args=[row.contract_id]))
    if group.repair is Repair.SHEET and row.sheet_ids:
        return Action(_("Open the period"), href=reverse("desk:period", args=[row.sheet_ids[-1]]))
    return Action(_("Open the person"), href=reverse("desk:person", args=[row.person_id]))
