"""Whose data a page shows, told from the arguments of its address through the same access as its view."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from palkkio.contracts import access as contracts
from palkkio.contracts import papers
from palkkio.contracts.signing import access as signing
from palkkio.core.viewer import Viewer
from palkkio.decisions import access as decisions
from palkkio.documents import access as documents
from palkkio.entries import access as entries
from palkkio.messages import access as messages
from palkkio.organisations.access import one
from palkkio.payroll import access as payroll
from palkkio.payroll.queries import proposals
from palkkio.people import access as people
from palkkio.people.households import access as households
from palkkio.reporting import access as reporting

if TYPE_CHECKING:
    from palkkio.contracts.models import Contract


@dataclass(frozen=True, slots=True)
class Seen:
    """What a page showed. No subjects: many people, or nobody in particular."""

    object_kind: str
    object_id: int | None = None
    subjects: tuple[int, ...] = ()


WhoseData = Callable[[Viewer, Mapping[str, Any]], Seen]


def person(viewer: Viewer, args: Mapping[str, Any]) -> Seen:
    return Seen("person", args["person_id"], (args["person_id"],))


def account_number(viewer: Viewer, args: Mapping[str, Any]) -> Seen:
    return Seen("account_number", args["person_id"], (args["person_id"],))


def role(viewer: Viewer, args: Mapping[str, Any]) -> Seen:
    found = one(people.roles(viewer), args["role_id"])
    return Seen("person", found.person_id, (found.person_id,))


def household(viewer: Viewer, args: Mapping[str, Any]) -> Seen:
    found = households.household(viewer, args["household_id"])
    return Seen("household", found.pk, (found.employer_id,))


def decision(viewer: Viewer, args: Mapping[str, Any]) -> Seen:
    found = decisions.decision(viewer, args["decision_id"])
    return Seen("decision", found.pk, (found.employer_id,))


def decisions_of(viewer: Viewer, args: Mapping[str, Any]) -> Seen:
    return Seen("decisions", args["person_id"], (args["person_id"],))


def pay_group(viewer: Viewer, args: Mapping[str, Any]) -> Seen:
    found = decisions.pay_group(viewer, args["decision_id"])
    return Seen("pay_group_decision", found.pk, (found.employer_id,))


def contract(viewer: Viewer, args: Mapping[str, Any]) -> Seen:
    found = contracts.contract(viewer, args["contract_id"])
    return Seen("contract", found.pk, _parties(viewer, found))


def contract_version(viewer: Viewer, args: Mapping[str, Any]) -> Seen:
    found = signing.version(viewer, args["version_id"])
    return Seen("contract_version", found.pk, _parties(viewer, found.contract))


def employment_paper(viewer: Viewer, args: Mapping[str, Any]) -> Seen:
    found = papers.paper(viewer, args["paper_id"])
    return Seen("paper", found.pk, (found.person_id,))


def document(viewer: Viewer, args: Mapping[str, Any]) -> Seen:
    found = documents.about_person(viewer, args["document_id"])
    return Seen("document_of_person", found.pk, () if found.person_id is None else (found.person_id,))


def sheet(viewer: Viewer, args: Mapping[str, Any]) -> Seen:
    found = entries.sheet(viewer, args["sheet_id"])
    return Seen("sheet", found.pk, _parties(viewer, found.contract))


def employed_sheet(viewer: Viewer, args: Mapping[str, Any]) -> Seen:
    found = entries.employed_sheet(viewer, args["sheet_id"])
    return Seen("sheet", found.pk, _parties(viewer, found.contract))


def change_report(viewer: Viewer, args: Mapping[str, Any]) -> Seen:
    found = entries.change_report(viewer, args["report_id"])
    return Seen("change_report", found.pk, _parties(viewer, found.contract))


def care_event(viewer: Viewer, args: Mapping[str, Any]) -> Seen:
    found = one(entries.events(viewer), args["event_id"])
    return Seen("care_event", found.pk, _parties(viewer, found.contract))


def payslip(viewer: Viewer, args: Mapping[str, Any]) -> Seen:
    found = payroll.payslip(viewer, args["payslip_id"])
    return Seen("payslip", found.pk, (found.person_id,))


def proposal(viewer: Viewer, args: Mapping[str, Any]) -> Seen:
    found = proposals(payroll.run(viewer, args["run_id"])).get(pk=args["proposal_id"])
    return Seen("proposal", found.pk, (found.person_id,))


def receivable(viewer: Viewer, args: Mapping[str, Any]) -> Seen:
    found = one(payroll.receivables(viewer), args["receivable_id"])
    return Seen("receivable", found.pk, (found.person_id,))


def recovery(viewer: Viewer, args: Mapping[str, Any]) -> Seen:
    found = one(payroll.recoveries(viewer), args["recovery_id"])
    return Seen("recovery", found.pk, (found.person_id,))


def distraint_order(viewer: Viewer, args: Mapping[str, Any]) -> Seen:
    found = one(payroll.distraint_orders(viewer), args["order_id"])
    return Seen("distraint_order", found.pk, (found.person_id,))


def dues_authorisation(viewer: Viewer, args: Mapping[str, Any]) -> Seen:
    found = one(payroll.dues_authorisations(viewer), args["authorisation_id"])
    return Seen("dues_authorisation", found.pk, (found.person_id,))


def comment(viewer: Viewer, args: Mapping[str, Any]) -> Seen:
    found = one(messages.comments(viewer), args["comment_id"])
    return Seen("comment", found.pk, (found.person_id,))


def matter(viewer: Viewer, args: Mapping[str, Any]) -> Seen:
    found = messages.matter(viewer, args["about"], args["object_id"])
    return Seen("comment", args["object_id"], (found.person_id,))


def letter(viewer: Viewer, args: Mapping[str, Any]) -> Seen:
    found = one(messages.letters(viewer).select_related("notice"), args["letter_id"])
    return Seen("letter", found.pk, (found.notice.person_id,))


def register_report(viewer: Viewer, args: Mapping[str, Any]) -> Seen:
    found = one(reporting.reports(viewer), args["report_id"])
    whose = found.person_id or found.employer_id  # of a separate report: the household; none: the organisation's own
    return Seen("report", found.pk, () if whose is None else (whose,))


def of_whom_one_acts_for(viewer: Viewer, args: Mapping[str, Any]) -> Seen:
    """Pages of the portal without an object: those of the person whom the reader acts for."""
    return Seen("person", viewer.subject_person_id, (viewer.subject_person_id,))


def many(kind: str, argument: str = "") -> WhoseData:
    """Many people at once: a list, or a file."""
    return lambda viewer, args: Seen(kind, args.get(argument))


def _parties(viewer: Viewer, found: Contract) -> tuple[int, ...]:
    """Staff see carer and care recipient; in the portal it is the matter of the one whose page it is."""
    if not viewer.is_staff:
        return (viewer.subject_person_id,)
    return tuple(each for each in (found.carer_id, found.recipient_id) if each is not None)
