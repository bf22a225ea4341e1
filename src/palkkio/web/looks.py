"""Which pages show another person's data, as one table: whoever opens one leaves a look (ACC-12, BEY-10).

    LOOKS["desk:contract"] = Look("open_contract", contract)

A middleware records it once the page was really shown, so that no view has to think of it; a page about people that is
not in the table fails a test. A list leaves one look with the numbers of the people it showed: `lists.page_of` notes
the rows of its page, what else a list shows its view notes by `note_shown`. A page or file of a run names the run,
whose payees stand in its tables.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.http import HttpRequest, HttpResponse

from palkkio.audit.actions import record_look
from palkkio.core.viewer import Viewer
from palkkio.web.whose_data import (
    WhoseData,
    account_number,
    care_event,
    change_report,
    comment,
    contract,
    contract_version,
    decision,
    decisions_of,
    distraint_order,
    document,
    dues_authorisation,
    employed_sheet,
    employment_paper,
    household,
    letter,
    many,
    matter,
    of_whom_one_acts_for,
    pay_group,
    payslip,
    person,
    proposal,
    receivable,
    recovery,
    register_report,
    role,
    sheet,
)


@dataclass(frozen=True, slots=True)
class Look:
    """What opening an address is called in the log, and how to tell whose data it showed."""

    action: str
    seen: WhoseData


LOOKS: dict[str, Look] = {
    "desk:home": Look("list_work", many("list")),
    "desk:queue": Look("list_periods", many("list")),
    "desk:return-many": Look("list_periods", many("list")),
    "desk:comments": Look("list_comments", many("list")),
    "desk:give-comments": Look("open_thread", matter),
    "desk:callbacks": Look("list_callbacks", many("list")),
    "desk:letters": Look("list_letters", many("list")),
    "desk:letter-pdf": Look("open_letter", letter),
    "desk:print-batch": Look("list_letters", many("print_batch", "batch_id")),
    "desk:print-batch-pdf": Look("list_letters", many("print_batch", "batch_id")),
    "desk:choose-letters": Look("open_person", person),
    "desk:contracts": Look("list_contracts", many("list")),
    "desk:add-contract": Look("list_people", many("list")),
    "desk:people": Look("list_people", many("list")),
    "desk:payslips": Look("list_payslips", many("list")),
    "desk:one-offs": Look("list_one_offs", many("list")),
    "desk:holds": Look("list_holds", many("list")),
    "desk:receivables": Look("list_receivables", many("list")),
    "desk:employers": Look("list_employers", many("list")),
    "desk:tax-cards": Look("list_tax_cards", many("list")),
    "desk:propose-extra-run": Look("list_contracts", many("list")),
    "desk:run": Look("open_run", many("run", "run_id")),
    "desk:run-proof": Look("open_run", many("run", "run_id")),
    "desk:set-finding-aside": Look("open_contract", contract),
    "desk:run-progress": Look("open_run", many("run", "run_id")),
    "desk:run-payees": Look("list_payees", many("run", "run_id")),
    "desk:client-charges": Look("open_run", many("run", "run_id")),
    "desk:client-charges-csv": Look("export_payees", many("run", "run_id")),
    "desk:run-csv": Look("export_payees", many("run", "run_id")),
    "desk:run-file": Look("open_run_file", many("document", "document_id")),
    "desk:reports": Look("list_refused_reports", many("list")),
    "desk:delivery": Look("open_delivery", many("delivery", "delivery_id")),
    "desk:delivery-file": Look("open_run_file", many("delivery", "delivery_id")),
    "desk:take-back-report": Look("open_report", register_report),
    "desk:set-aside": Look("list_payees", many("run", "run_id")),
    "desk:reconciliation": Look("list_findings", many("list")),
    "desk:owed": Look("list_owed", many("list")),
    "desk:pay-owed": Look("list_owed", many("list")),
    "desk:owed-csv": Look("export_owed", many("list")),
    "desk:bank": Look("list_returned_payments", many("list")),
    "desk:bank-file": Look("open_payment_file", many("payment_file", "batch_id")),
    "desk:bank-answer-file": Look("open_bank_answer", many("bank_answer", "answer_id")),
    "desk:year-end": Look("list_payees", many("year", "year")),
    "desk:year-csv": Look("export_payees", many("year", "year")),
    "desk:period": Look("open_sheet", sheet),
    "desk:scan": Look("open_paper_sheet", sheet),
    "desk:receipt": Look("open_receipt", sheet),
    "desk:paper": Look("open_sheet", sheet),
    "desk:add-trip": Look("open_sheet", sheet),
    "desk:edit-trip": Look("open_sheet", sheet),
    "desk:return-period": Look("open_sheet", sheet),
    "desk:reopen-period": Look("open_sheet", sheet),
    "desk:save-days": Look("open_sheet", sheet),
    "desk:edit-comment": Look("open_comment", comment),
    "desk:delete-comment": Look("open_comment", comment),
    "desk:contract": Look("open_contract", contract),
    "desk:changes": Look("list_changes", many("list")),
    "desk:change": Look("open_change", change_report),
    "desk:change-attachment": Look("open_change", change_report),
    "desk:key-in-change": Look("open_contract", contract),
    "desk:record-event": Look("open_contract", contract),
    "desk:withdraw-event": Look("open_contract", care_event),
    "desk:rate-effect": Look("list_contracts", many("list")),
    "desk:index": Look("list_contracts", many("list")),
    "desk:choice-effect": Look("list_contracts", many("list")),
    "desk:figure-effect": Look("list_contracts", many("list")),
    "desk:adjust-leave": Look("open_contract", contract),
    "desk:change-terms": Look("open_contract", contract),
    "desk:change-contract": Look("open_contract", contract),
    "desk:end-contract": Look("open_contract", contract),
    "desk:mark-signed": Look("open_contract", contract),
    "desk:make-version": Look("open_contract", contract),
    "desk:signatures": Look("list_contracts", many("list")),
    "desk:signature": Look("open_contract_document", contract_version),
    "desk:signature-pdf": Look("open_contract_document", contract_version),
    "desk:signature-file": Look("open_contract_document", contract_version),
    "desk:sign-version": Look("open_contract_document", contract_version),
    "desk:withdraw-version": Look("open_contract_document", contract_version),
    "desk:person": Look("open_person", person),
    "desk:change-person": Look("open_person", person),
    "desk:give-role": Look("open_person", person),
    "desk:end-role": Look("open_person", role),
    "desk:protection": Look("open_person", person),
    "desk:show-account-number": Look("show_account_number", account_number),
    "desk:set-account-number": Look("open_person", person),
    "desk:make-account": Look("open_person", person),
    "desk:record-mandate": Look("open_person", person),
    "desk:mandate-form": Look("open_person", person),
    "desk:invite-again": Look("open_person", person),
    "desk:add-household": Look("open_person", person),
    "desk:households": Look("list_households", many("list")),
    "desk:household": Look("open_household", household),
    "desk:invite-employer": Look("open_household", household),
    "desk:tell-gate": Look("open_household", household),
    "desk:enter-household-insurance": Look("open_household", household),
    "desk:household-contributions": Look("open_household", household),
    "desk:household-tax-reference": Look("open_household", household),
    "desk:assistance": Look("list_assistance", many("list")),
    "desk:employment-papers": Look("list_papers", many("list")),
    "desk:employment-paper": Look("open_paper", employment_paper),
    "desk:employment-paper-file": Look("open_paper", employment_paper),
    "desk:documents": Look("list_documents", many("list")),
    "desk:document": Look("open_document", document),
    "desk:document-file": Look("open_document", document),
    "desk:person-documents": Look("list_documents_of", person),
    "desk:add-document": Look("open_person", person),
    "desk:scan-paper": Look("open_contract", contract),
    "desk:decisions": Look("list_decisions", many("list")),
    "desk:employer-decisions": Look("open_decisions", decisions_of),
    "desk:decision": Look("open_decision", decision),
    "desk:add-decision": Look("open_decisions", decisions_of),
    "desk:change-decision": Look("open_decision", decision),
    "desk:add-pay-group": Look("open_decisions", decisions_of),
    "desk:add-notice": Look("open_decisions", pay_group),
    "desk:papers": Look("open_papers", person),
    "desk:add-tax-card": Look("open_person", person),
    "desk:run-payee": Look("open_proposal", proposal),
    "desk:payslip": Look("open_payslip", payslip),
    "desk:payslip-pdf": Look("open_payslip_pdf", payslip),
    "desk:receivable": Look("open_receivable", receivable),
    "desk:open-recovery": Look("open_receivable", receivable),
    "desk:recovery": Look("open_recovery", recovery),
    "desk:recovery-act": Look("open_recovery", recovery),
    "desk:claims": Look("open_claims", person),
    "desk:add-distraint": Look("open_claims", person),
    "desk:add-dues": Look("open_claims", person),
    "desk:end-distraint": Look("open_claims", distraint_order),
    "desk:revoke-dues": Look("open_claims", dues_authorisation),
    "portal:recovery": Look("open_recovery", recovery),
    # In the portal these are looks only while acting for another: nobody's look at their own is kept.
    "portal:home": Look("open_home", of_whom_one_acts_for),
    "portal:periods": Look("list_periods", of_whom_one_acts_for),
    "portal:period": Look("open_sheet", sheet),
    "portal:print-period": Look("open_sheet", sheet),
    "portal:add-shift": Look("open_sheet", sheet),
    "portal:edit-shift": Look("open_sheet", sheet),
    "portal:hours": Look("list_hours", of_whom_one_acts_for),
    "portal:hours-of": Look("open_hours", employed_sheet),
    "portal:receipt": Look("open_receipt", sheet),
    "portal:add-trip": Look("open_sheet", sheet),
    "portal:edit-trip": Look("open_sheet", sheet),
    "portal:contracts": Look("list_contracts", of_whom_one_acts_for),
    "portal:contract": Look("open_contract", contract),
    "portal:signatures": Look("list_contracts", of_whom_one_acts_for),
    "portal:signature": Look("open_contract_document", contract_version),
    "portal:signature-pdf": Look("open_contract_document", contract_version),
    "portal:signature-file": Look("open_contract_document", contract_version),
    "portal:sign-version": Look("open_contract_document", contract_version),
    "portal:decline-version": Look("open_contract_document", contract_version),
    "portal:changes": Look("list_changes", of_whom_one_acts_for),
    "portal:report-change": Look("open_contract", contract),
    "portal:give-notice": Look("open_contract", contract),
    "portal:change": Look("open_change", change_report),
    "portal:change-attachment": Look("open_change", change_report),
    "portal:payslips": Look("list_payslips", of_whom_one_acts_for),
    "portal:payslip": Look("open_payslip", payslip),
    "portal:payslip-pdf": Look("open_payslip_pdf", payslip),
    "portal:reports": Look("list_reports", of_whom_one_acts_for),
    "portal:trips-pdf": Look("export_trips", of_whom_one_acts_for),
    "portal:trips-csv": Look("export_trips", of_whom_one_acts_for),
    "portal:summary-pdf": Look("export_summary", of_whom_one_acts_for),
    "portal:certificate-pdf": Look("export_certificate", of_whom_one_acts_for),
    "portal:mandates": Look("list_mandates", of_whom_one_acts_for),
    "portal:offer-mandate": Look("list_mandates", of_whom_one_acts_for),
    "portal:mandate-form": Look("list_mandates", of_whom_one_acts_for),
    "portal:documents": Look("list_documents_of", of_whom_one_acts_for),
    "portal:document-file": Look("open_document", document),
    "portal:decisions": Look("list_decisions", of_whom_one_acts_for),
    "portal:costs": Look("list_costs", of_whom_one_acts_for),
    "portal:papers": Look("list_papers", of_whom_one_acts_for),
    "portal:send-paper": Look("list_papers", of_whom_one_acts_for),
    "portal:paper-file": Look("open_paper", employment_paper),
    "portal:household": Look("open_household", of_whom_one_acts_for),
    "portal:enter-insurance": Look("open_household", of_whom_one_acts_for),
    "portal:sign-power-of-attorney": Look("open_household", of_whom_one_acts_for),
    "portal:comments": Look("list_comments", of_whom_one_acts_for),
    "portal:ask-callback": Look("open_person", of_whom_one_acts_for),
}


# --- People on a list ------------------------------------------------------------------------------------------------

PEOPLE = frozenset({"person_id", "carer_id", "recipient_id", "employer_id"})  # columns that name people
BETWEEN = ("contract", "sheet", "household", "notice", "payslip")  # rows that a list reaches people by


def note_shown(request: HttpRequest, shown: Iterable[Model | int]) -> None:
    """Note whom a list shows: rows about people, or numbers of people. The look that the page leaves names them."""
    noted: set[int] = request.__dict__.setdefault("people_shown", set())
    for each in shown:
        noted |= {each} if isinstance(each, int) else _people_on(each)


def _people_on(row: Model) -> set[int]:
    """Numbers of the people that a row names; the database is asked nothing."""
    if row._meta.label == "people.Person":
        return {row.pk}
    found = {getattr(row, name) for name in PEOPLE if hasattr(row, name)}
    for name in BETWEEN:
        if (between := row._state.fields_cache.get(name)) is not None:
            found |= _people_on(between)
    return {each for each in found if each is not None}


class LooksMiddleware:
    """Records a look once a page of LOOKS was shown. Stands after ViewerMiddleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        viewer: Viewer | None = getattr(request, "viewer", None)
        match = request.resolver_match
        if viewer is not None and match is not None and response.status_code == 200 and match.view_name in LOOKS:
            record(request, viewer, LOOKS[match.view_name], match.kwargs)
        return response


def record(request: HttpRequest, viewer: Viewer, look: Look, args: Mapping[str, Any]) -> None:
    """Writes one look for each person whose data was shown, or one for all of a list."""
    if not viewer.is_staff and viewer.acting_for is None:
        return
    seen = look.seen(viewer, args)
    shown = () if seen.subjects else sorted(getattr(request, "people_shown", ()))
    for subject in seen.subjects or (None,):
        record_look(
            look.action,
            by=viewer,
            at=request.clock.now(),  # type: ignore[attr-defined]
            object_kind=seen.object_kind,
            object_id=seen.object_id,
            subject_person_id=subject,
            reason=getattr(request, "look_reason", ""),
            shown=shown,
        )
