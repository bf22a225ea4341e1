"""The workflow of a sheet as one table: which act, by whom, from which state. Actions refuse by it, pages ask it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_noop as _

from palkkio.core.capabilities import Capability
from palkkio.core.days import DateRange
from palkkio.core.problems import NotAllowed, Refusal, WrongState
from palkkio.core.viewer import NOT_IN_YOUR_MANDATE, OWN_HOURS, OWN_MATTER, RoleKind, Viewer
from palkkio.entries.models import Channel, DayEntry, EnteringConsent, Sheet, Shift, TripEntry
from palkkio.entries.tables.channels import BY_COUNTY
from palkkio.entries.values import Can
from palkkio.people.queries import tied_to

OPEN, CONFIRMED, REVIEWED = Sheet.State.OPEN, Sheet.State.CONFIRMED, Sheet.State.REVIEWED


@dataclass(frozen=True, slots=True)
class Act:
    """States from which a payee and a handler may do it; none: not theirs to do."""

    payee: frozenset[str] = frozenset()
    handler: frozenset[str] = frozenset()
    employer: frozenset[str] = frozenset()  # of an assistant: they approve hours, and enter them where it is agreed
    capability: Capability = Capability.ENTER  # what who acts for the payee must have


def act(
    *,
    payee: tuple[str, ...] = (),
    handler: tuple[str, ...] = (),
    employer: tuple[str, ...] = (),
    capability: Capability = Capability.ENTER,
) -> Act:
    return Act(frozenset(payee), frozenset(handler), frozenset(employer), capability)


ACTS = {
    "enter": act(payee=(OPEN,), handler=(OPEN, CONFIRMED), employer=(OPEN,)),
    "confirm": act(payee=(OPEN,), capability=Capability.CONFIRM),
    "confirm_on_behalf": act(handler=(OPEN,)),
    "return_sheet": act(handler=(CONFIRMED,)),
    "review": act(handler=(OPEN, CONFIRMED)),
    "reopen": act(handler=(REVIEWED,)),
    "key_in_paper": act(handler=(OPEN, CONFIRMED)),
    "approve": act(employer=(OPEN, CONFIRMED), capability=Capability.APPROVE),
    "return_shifts": act(employer=(OPEN, CONFIRMED), capability=Capability.APPROVE),
}
# What assistants and the county do otherwise: nobody confirms, the employer approves (R6), but for paper (EMP-1).
NOT_OF_ASSISTANTS = ("confirm", "confirm_on_behalf", "return_sheet")

ONLY_HANDLER = _("Only a handler of the wellbeing services county can do this.")
ONLY_EMPLOYER = _("Only the employer approves an assistant's hours, or who acts for the employer.")
APPROVED_TO_ASSISTANT = _(
    "The employer has approved these hours, so they cannot be changed here. Ask the employer, if something is wrong."
)
ALREADY_APPROVED = _("The hours are approved already. If something is wrong, ask the county to reopen them.")
HOURS_STILL_GOING_ON = _("The half month is still going on. Approve the hours after its last day.")
NO_CONSENT = _("The assistant has not agreed that you enter the hours. The assistant enters them, or agrees first.")
OWN_ENTRIES = _("Enter your own hours in your role of an assistant.")
ONLY_CARER = _("Only the carer confirms here. Confirm on the carer's behalf instead.")
KEYED_IN = _("You keyed in entries of this care period. A colleague reviews it.")
STILL_GOING_ON = _(
    "The care period is still going on and the carer has not confirmed it. Review it after its last day, "
    "or confirm it on the carer's behalf first."
)
CONFIRMED_TO_CARER = _(
    "The care period is confirmed, so only the county can change it now. Leave a comment if something is missing."
)
REVIEWED_TO_CARER = _(
    "The county has reviewed the care period, so it cannot be changed here. Leave a comment if something is wrong."
)
REVIEWED_TO_STAFF = _("The care period is reviewed. Reopen it with a reason to change it.")
ALREADY_CONFIRMED = _("The care period is already confirmed.")
NOT_CONFIRMED = _("Only a confirmed care period can be returned: this one is still open to the carer.")
NOT_REVIEWED = _("Only a reviewed care period can be reopened: this one is not reviewed.")
ON_PAPER = _(
    "These hours came on a paper that the employer has signed, so they cannot be changed here. "
    "Ask the county, if something is wrong."
)
NOT_ON_PAPER = _("Some of the hours are not on the signed paper. Key the paper in anew, or remove those hours.")


def refusal(sheet: Sheet, viewer: Viewer, act_name: str, *, today: date | None, is_own: bool) -> Refusal | None:
    """Why the viewer may not do the act now, or None. Who keyed the sheet in is asked of `keyed_by` apart.

    today  None: the calendar is not looked at
    is_own the matter is the staff member's own (`is_own_matter`)
    """
    rule = ACTS[act_name]
    if viewer.role is RoleKind.EMPLOYER or (rule.employer and not rule.payee):
        return _of_employer(sheet, viewer, act_name, today)
    if sheet.contract.is_employment and (
        act_name in NOT_OF_ASSISTANTS
        or (act_name == "review" and sheet.channel != Channel.PAPER and not viewer.is_payee)
    ):
        return NotAllowed(ONLY_EMPLOYER)
    if viewer.is_payee:
        return _of_payee(sheet, viewer, act_name)
    if viewer.role != RoleKind.HANDLER:
        return NotAllowed(ONLY_HANDLER)
    if not rule.handler:
        return NotAllowed(ONLY_CARER)
    return NotAllowed(OWN_MATTER) if is_own else _of_handler(sheet, act_name, today)


def _of_payee(sheet: Sheet, viewer: Viewer, act_name: str) -> Refusal | None:
    rule = ACTS[act_name]
    if not rule.payee:
        return NotAllowed(ONLY_HANDLER)
    if not viewer.may(rule.capability):
        return NotAllowed(NOT_IN_YOUR_MANDATE)
    if sheet.state in rule.payee:
        return WrongState(ON_PAPER) if sheet.contract.is_employment and sheet.channel == Channel.PAPER else None
    if act_name == "confirm" and sheet.state == CONFIRMED:
        return WrongState(ALREADY_CONFIRMED)
    if sheet.contract.is_employment:
        return WrongState(APPROVED_TO_ASSISTANT)
    return WrongState(REVIEWED_TO_CARER if sheet.state == REVIEWED else CONFIRMED_TO_CARER)


def _of_handler(sheet: Sheet, act_name: str, today: date | None) -> Refusal | None:
    rule = ACTS[act_name]
    if sheet.state not in rule.handler:
        if act_name == "return_sheet" and sheet.state == OPEN:
            return WrongState(NOT_CONFIRMED)
        if act_name == "reopen":
            return WrongState(NOT_REVIEWED)
        if act_name == "confirm_on_behalf" and sheet.state == CONFIRMED:
            return WrongState(ALREADY_CONFIRMED)
        return WrongState(REVIEWED_TO_STAFF)
    if act_name == "review" and sheet.state == OPEN and today is not None and today < last_care_day(sheet):
        return WrongState(STILL_GOING_ON)
    return None


def _of_employer(sheet: Sheet, viewer: Viewer, act_name: str, today: date | None) -> Refusal | None:
    rule = ACTS[act_name]
    if viewer.role is not RoleKind.EMPLOYER or not rule.employer:
        return NotAllowed(ONLY_EMPLOYER)
    if not viewer.may(rule.capability):
        return NotAllowed(NOT_IN_YOUR_MANDATE)
    if sheet.contract.carer_id == viewer.person_id:
        return NotAllowed(OWN_ENTRIES if act_name == "enter" else OWN_HOURS)
    if sheet.state not in rule.employer:
        return WrongState(ALREADY_APPROVED)
    if act_name == "enter" and not has_consent(sheet.contract_id):
        return NotAllowed(NO_CONSENT)
    if act_name == "enter" and sheet.channel == Channel.PAPER:
        return WrongState(ON_PAPER)
    if act_name == "approve" and today is not None and today < last_care_day(sheet):
        return WrongState(HOURS_STILL_GOING_ON)
    return None


def require_employer(sheet: Sheet, viewer: Viewer, act_name: str, *, today: date) -> None:
    """Raises NotAllowed or WrongState unless the viewer approves these hours now: never the own ones (EMP-1)."""
    viewer.require(RoleKind.EMPLOYER)
    viewer.require_may(Capability.APPROVE)
    viewer.require_not_themself(sheet.contract.carer_id)
    if found := _of_employer(sheet, viewer, act_name, today):
        raise found


def has_consent(contract_id: int) -> bool:
    """Whether the assistant lets the employer enter hours now (EMP-1)."""
    return EnteringConsent.objects.filter(contract_id=contract_id, withdrawn_at__isnull=True).exists()


def require(sheet: Sheet, viewer: Viewer, act_name: str, *, today: date) -> None:
    """Raises NotAllowed or WrongState unless the viewer may do the act now."""
    if found := refusal(sheet, viewer, act_name, today=today, is_own=is_own_matter(sheet, viewer, today)):
        raise found
    if act_name == "review" and (against := _against_review(sheet, viewer)):
        raise against


def may_now(sheet: Sheet, viewer: Viewer, *, today: date) -> Can:
    """What the viewer may do now, each refusal with its message id."""
    is_own = is_own_matter(sheet, viewer, today)
    found = {name: refusal(sheet, viewer, name, today=today, is_own=is_own) for name in ACTS}
    if found["review"] is None:
        found["review"] = _against_review(sheet, viewer)
    return Can(
        **{name: each is None for name, each in found.items()},
        why={name: each.message for name, each in found.items() if each is not None},
    )


def _against_review(sheet: Sheet, viewer: Viewer) -> Refusal | None:
    """What stands on the sheet keeps the viewer from reviewing it: own entries (ACC-11), or hours of an assistant that
    no employer has signed (EMP-1).
    """
    if viewer.account_id in keyed_in_by(sheet):
        return NotAllowed(KEYED_IN)
    if sheet.contract.is_employment and Shift.objects.filter(sheet=sheet).exclude(channel=Channel.PAPER).exists():
        return WrongState(NOT_ON_PAPER)
    return None


def is_own_matter(sheet: Sheet, viewer: Viewer, today: date) -> bool:
    """The carer or the care recipient is the staff member, somebody they act for, or somebody who acts for them."""
    if not viewer.is_staff:
        return False
    own = viewer.for_person_ids | tied_to(viewer.person_id, today)
    return sheet.contract.carer_id in own or sheet.contract.recipient_id in own


def keyed_in_by(sheet: Sheet) -> frozenset[int]:
    """Accounts that keyed the sheet in (ACC-11): who keyed the paper, and each member of staff whose day or trip stands
    on it now. What a carer or colleague has replaced since, or what was only cleared, does not count.
    """
    found = {sheet.keyed_by_id}
    for model in (DayEntry, TripEntry, Shift):
        rows = model.objects.filter(sheet_id=sheet.pk, channel__in=BY_COUNTY)
        found.update(rows.values_list("entered_by_id", flat=True).distinct())
    return frozenset(each for each in found if each is not None)


def care_days(sheet: Sheet) -> DateRange | None:
    """The days of the period inside the contract, or None when the contract holds none of them (any more)."""
    valid: DateRange = sheet.contract.valid
    return valid.overlap(sheet.period)


def last_care_day(sheet: Sheet) -> date:
    days = care_days(sheet) or sheet.period
    last = days.last
    if last is None:
        raise ValueError(f"The period of sheet {sheet.pk} is open-ended")
    return last
