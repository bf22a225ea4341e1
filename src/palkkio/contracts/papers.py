"""Sends, accepts and returns the papers of an employment (EMP-9); who may see which, and the list to handle."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext_noop as _

from palkkio.audit import actions as audit
from palkkio.contracts.models import Contract
from palkkio.contracts.paper_models import Paper, PaperKind
from palkkio.contracts.rights import CONTRACTS
from palkkio.core.capabilities import Capability
from palkkio.core.clock import day_of
from palkkio.core.days import DateRange
from palkkio.core.payslip import ContractKind
from palkkio.core.problems import FieldError, InvalidInput, WrongState
from palkkio.core.viewer import RoleKind, Viewer
from palkkio.documents.actions import receive
from palkkio.documents.handling import SOON, settle
from palkkio.organisations.access import one
from palkkio.organisations.inputs import Inputs
from palkkio.people import queries as people

if TYPE_CHECKING:
    from datetime import date

    from django.core.files.uploadedfile import UploadedFile

    from palkkio.documents.models import Document

Kind = PaperKind
FROM_ASSISTANT = (Kind.CONTRACT, Kind.CERTIFICATE, Kind.TAX_CARD, Kind.DUES, Kind.NOTICE_OF_END)
FROM_EMPLOYER = (Kind.CONTRACT, Kind.PAY_GROUP_NOTICE, Kind.NOTICE_OF_END, Kind.HETA_MEMBERSHIP)
# Tax cards, dues and certificates are the assistant's own: an employer sees none of them (EMP-12).
KINDS_OF = {RoleKind.ASSISTANT: FROM_ASSISTANT, RoleKind.EMPLOYER: FROM_EMPLOYER}
SENT = ("kind", "contract_id", "came_on")
HANDLED = ("first", "last")
PAPER = "paper"  # kind of document
STANDING = "document__standing"
WAITING = Q(document__standing__handled_at__isnull=True)
ALREADY_HANDLED = _("The paper is handled already.")


# --- Who may see which ------------------------------------------------------------------------------------------------


def papers(viewer: Viewer) -> QuerySet[Paper]:
    """Staff: the organisation's. An assistant: of own employments, but for the employer's membership. An employer:
    of own assistants, but for those that are the assistant's own matter.
    """
    rows = Paper.objects.filter(organisation_id=viewer.organisation_id)
    rows = rows.select_related("person", "employer", "contract__carer", "receipt", "sent_by", f"{STANDING}__handled_by")
    if viewer.is_staff:
        return rows
    own, kinds = viewer.person_ids_to(Capability.SEE), KINDS_OF.get(viewer.role, ())
    whose = Q(employer__in=own) if viewer.role is RoleKind.EMPLOYER else Q(contract__carer__in=own)
    return rows.filter(whose, kind__in=kinds)


def paper(viewer: Viewer, paper_id: int) -> Paper:
    """Raises NotAllowed, alike for unknown papers and for others'."""
    return one(papers(viewer), paper_id)


def employments(viewer: Viewer) -> QuerySet[Contract]:
    """Of whom the viewer may send papers: an assistant's own ones, an employer's assistants, staff all."""
    rows = Contract.objects.filter(organisation_id=viewer.organisation_id, kind=ContractKind.PERSONAL_ASSISTANCE)
    rows = rows.filter(employer__isnull=False).select_related("carer", "employer").order_by("carer__sort_key", "pk")
    if viewer.is_staff:
        return rows
    own = viewer.person_ids_to(Capability.ADD_PAPERS)
    return rows.filter(employer__in=own) if viewer.role is RoleKind.EMPLOYER else rows.filter(carer__in=own)


# --- Reads ------------------------------------------------------------------------------------------------------------


def search(viewer: Viewer, *, words: str = "", state: str = "", kind: str = "", today: date) -> QuerySet[Paper]:
    """Papers for the desk, those that have waited longest first.

    state  received (default), returned, accepted, ending (ends within SOON or has ended, and no newer one has come),
           all
    """
    rows = papers(viewer).order_by("sent_at", "pk")
    if words.strip():
        found = people.matching(viewer.organisation_id, words).values("pk")
        rows = rows.filter(Q(person__in=found) | Q(employer__in=found))
    if kind:
        rows = rows.filter(kind=kind)
    if state == "all":
        return rows.order_by("-sent_at", "-pk")
    if state == "ending":
        newer = Paper.objects.filter(
            kind=OuterRef("kind"),
            person=OuterRef("person"),
            employer=OuterRef("employer"),
            sent_at__gt=OuterRef("sent_at"),
        ).exclude(**{f"{STANDING}__handled_at__isnull": False, f"{STANDING}__is_accepted": False})
        ends = f"{STANDING}__valid__endswith"
        rows = rows.filter(~Exists(newer), **{f"{STANDING}__is_accepted": True, f"{ends}__lte": today + SOON})
        return rows.order_by(F(ends).asc(), "pk")
    if state in ("accepted", "returned"):
        rows = rows.filter(**{f"{STANDING}__is_accepted": state == "accepted"}).exclude(WAITING)
        return rows.order_by(f"-{STANDING}__handled_at", "-pk")
    return rows.filter(WAITING)


def papers_of_contract(viewer: Viewer, contract: Contract) -> list[Paper]:
    """The newest first, with the memberships of its employer."""
    whose = Q(contract=contract) | Q(contract__isnull=True, employer_id=contract.employer_id)
    return list(papers(viewer).filter(whose).order_by("-sent_at", "-pk")) if contract.employer_id else []


def papers_of_person(viewer: Viewer, person_id: int) -> list[Paper]:
    """Of a person as assistant and as employer, the newest first."""
    return list(papers(viewer).filter(Q(person=person_id) | Q(employer=person_id)).order_by("-sent_at", "-pk"))


# --- Writes -----------------------------------------------------------------------------------------------------------


@transaction.atomic
def send_paper(
    *,
    by: Viewer,
    at: datetime,
    values: Mapping[str, Any],
    upload: UploadedFile | None,
    receipt: UploadedFile | None = None,
) -> Paper:
    """A paper of an employment comes in: from the assistant or the employer, or scanned by staff.

    values   SENT; contract_id says whose employment, also for a membership, which is then its employer's
    receipt  that the fee of a membership is paid
    Raises InvalidInput, on `file` and `receipt` too, and NotAllowed.
    """
    by.require(*CONTRACTS, *KINDS_OF)
    inputs = Inputs(values, SENT)
    kind = inputs.choice("kind", PaperKind, "Choose what paper it is")
    if kind not in KINDS_OF.get(by.role, tuple(Kind)):
        inputs.error("kind", "Choose what paper it is")
    contract_id = inputs.number_of("contract_id", "Choose whose employment it is about")
    today = day_of(at)
    came_on = inputs.day("came_on") or today
    if came_on > today:
        inputs.error("came_on", "Enter a day that is not in the future")
    contract = None if contract_id is None else one(employments(by), contract_id)
    if upload is None:
        inputs.error("file", "Choose a file")
    is_membership = kind == Kind.HETA_MEMBERSHIP
    if is_membership and receipt is None:
        inputs.error("receipt", "Add the receipt of the membership fee too")
    inputs.check()
    if contract is None or contract.employer_id is None:
        raise AssertionError("the check refuses a paper without an employment")
    if by.is_staff:
        by.require_not_own(contract.carer_id, contract.employer_id)
    person_id = contract.employer_id if is_membership else contract.carer_id
    holder = person_id if by.is_staff else by.subject_person_id
    made = Paper.objects.create(
        organisation_id=by.organisation_id,
        kind=kind.value,
        person_id=person_id,
        employer_id=contract.employer_id,
        contract=None if is_membership else contract,
        document=receive(upload, kind=PAPER, person_id=holder, by=by, at=at),
        receipt=_receipt(receipt, holder, by=by, at=at) if is_membership else None,
        came_on=came_on,
        sent_by_id=by.person_id,
        sent_as=by.role.value,
        sent_at=at,
    )
    _record("send_paper", made, by=by, at=at)
    return made


@transaction.atomic
def accept_paper(paper_id: int, *, by: Viewer, at: datetime, values: Mapping[str, Any]) -> Paper:
    """The paper is in order, and its matter has been entered where it belongs.

    values  HANDLED: days that it holds; a membership needs both, other papers may hold until further notice
    Raises InvalidInput, NotAllowed, WrongState.
    """
    row = _waiting(paper_id, by=by)
    inputs = Inputs(values, HANDLED)
    first, last = inputs.first_and_last()
    if row.kind == Kind.HETA_MEMBERSHIP and first is None:
        inputs.error("first", "Enter the first day of the membership that was paid for")
    if row.kind == Kind.HETA_MEMBERSHIP and last is None:
        inputs.error("last", "Enter the last day of the membership that was paid for")
    if first is None and last is not None:
        first = min(row.came_on, last)
    inputs.check()
    _settle(row, by=by, at=at, valid=None if first is None else DateRange.of_days(first, last))
    _record("accept_paper", row, by=by, at=at)
    return row


@transaction.atomic
def return_paper(paper_id: int, *, by: Viewer, at: datetime, reason: str) -> Paper:
    """The paper cannot be used; who sent it reads why. Raises InvalidInput on `reason`, NotAllowed, WrongState."""
    row = _waiting(paper_id, by=by)
    inputs = Inputs({"reason": reason}, ("reason",))
    text = inputs.text("reason", 1000, "Enter why the paper is returned: who sent it reads it")
    inputs.check()
    _settle(row, by=by, at=at, reason=text)
    _record("return_paper", row, by=by, at=at, reason=text)
    return row


# --- Parts ------------------------------------------------------------------------------------------------------------


def _receipt(upload: UploadedFile | None, person_id: int, *, by: Viewer, at: datetime) -> Document:
    try:
        return receive(upload, kind=PAPER, person_id=person_id, by=by, at=at)
    except InvalidInput as refusal:
        raise InvalidInput(*(FieldError("receipt", each.message, each.params) for each in refusal.errors)) from refusal


def _waiting(paper_id: int, *, by: Viewer) -> Paper:
    by.require(*CONTRACTS)
    rows = Paper.objects.filter(organisation_id=by.organisation_id).select_for_update()
    row = one(rows, paper_id)  # its standing is read below, once the lock is held
    by.require_not_own(row.person_id, row.employer_id)
    if row.standing.handled_at is not None:
        raise WrongState(ALREADY_HANDLED)
    return row


def _settle(row: Paper, *, by: Viewer, at: datetime, reason: str = "", valid: DateRange | None = None) -> None:
    settle([row.document_id, row.receipt_id], by=by, at=at, reason=reason, valid=valid)
    row.standing.refresh_from_db()


def _record(action: str, row: Paper, *, by: Viewer, at: datetime, reason: str = "") -> None:
    audit.record(
        action,
        by=by,
        at=at,
        object_kind="paper",
        object_id=row.pk,
        subject_person_id=row.person_id,
        reason=reason,
        details={"kind": row.kind},
    )


__all__ = [
    "FROM_ASSISTANT",
    "FROM_EMPLOYER",
    "KINDS_OF",
    "PaperKind",
    "accept_paper",
    "employments",
    "paper",
    "papers",
    "papers_of_contract",
    "papers_of_person",
    "return_paper",
    "search",
    "send_paper",
]
