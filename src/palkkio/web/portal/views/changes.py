"""Changes in care (Ilmoita muutos, CARE-14): what was reported, its state, a new report, taking one back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from palkkio.accounts.fresh import requires_fresh
from palkkio.calculation.events import NoticeBy
from palkkio.contracts import access as contracts
from palkkio.core.capabilities import Capability
from palkkio.core.payslip import ContractKind
from palkkio.core.problems import InvalidInput, NotAllowed, WrongState
from palkkio.documents import access as documents
from palkkio.documents.actions import receive
from palkkio.entries import access, actions
from palkkio.entries.event_rules import REPORTED, Reported
from palkkio.entries.queries.endings import notice_ending
from palkkio.messages.actions import mark_read
from palkkio.messages.queries import notices_of
from palkkio.organisations.access import NOT_FOUND
from palkkio.web.change_forms import CertificateForm, NoticeForm, ReportForm
from palkkio.web.change_words import KINDS, notice_words
from palkkio.web.doors import for_payees
from palkkio.web.file_answers import answer_with
from palkkio.web.portal import changes_page as page
from palkkio.web.refusals import did, put_errors, words

if TYPE_CHECKING:
    from palkkio.contracts.models import Contract
    from palkkio.entries.models import ChangeReport
    from palkkio.web.doors import RoleRequest


@require_safe
@for_payees
def changes(request: RoleRequest) -> HttpResponse:
    """What has been reported, the newest first, and what can be reported on each contract."""
    viewer, today = request.viewer, request.clock.today()
    context = {
        "reports": page.reports(viewer),
        "contracts": page.reportable(viewer, today),
        "may_report": viewer.may(Capability.REPORT_CHANGES),
    }
    return render(request, "portal/changes.html", context)


@require_http_methods(["GET", "POST"])
@for_payees
def report_change(request: RoleRequest, contract_id: int, kind: str) -> HttpResponse:
    viewer = request.viewer
    viewer.require_may(Capability.REPORT_CHANGES)
    contract = contracts.contract(viewer, contract_id)
    if kind not in REPORTED[ContractKind(contract.kind)] or kind == Reported.NOTICE:
        raise NotAllowed(NOT_FOUND)
    is_assistant = contract.kind == ContractKind.PERSONAL_ASSISTANCE
    if request.method == "POST":
        form = ReportForm(request.POST, request.FILES, kind=kind, is_assistant=is_assistant)
        if form.is_valid() and (sent := _send(request, contract, form)):
            messages.success(request, _("The change is reported. You see here when the county has handled it."))
            return redirect("portal:change", sent)
    else:
        form = ReportForm(kind=kind, is_assistant=is_assistant)
    title, meaning = KINDS[kind]
    context = {
        "form": form,
        "title": title,
        "meaning": meaning,
        "contract_title": page.title_of(contract),
        "is_absence": kind in ("own_illness", "child_illness", "hospital", "away"),
    }
    return render(request, "portal/report_change.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@for_payees
@requires_fresh
def give_notice(request: RoleRequest, contract_id: int) -> HttpResponse:
    """The carer ends the contract: its last day is computed and explained before anything is sent (CON-6)."""
    viewer, now = request.viewer, request.clock.now()
    viewer.require_may(Capability.SIGN)
    contract, today = contracts.contract(viewer, contract_id), request.clock.today()
    card = page.notice_card(viewer, contract, today)
    ending = notice_ending(contract, NoticeBy.CARER, today) if card else None
    if card is None or ending is None:
        raise NotAllowed(NOT_FOUND)
    if card.is_given:
        return redirect(card.href)
    form = NoticeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        if request.POST.get("last") != ending.last.isoformat():
            form.add_error(None, _("The day has changed since you opened the page. Look at the last day again."))
        else:
            values = {"kind": Reported.NOTICE, "first": today, "text": form.cleaned_data["text"]}
            sent: list[ChangeReport] = []
            if did(form, lambda: sent.append(actions.report_change(contract.pk, by=viewer, at=now, values=values))):
                messages.success(request, _("You have given notice. You see here when the county has read it."))
                return redirect("portal:change", sent[0].pk)
    last = contract.valid.last
    context = {
        "form": form,
        "contract": contract,
        "contract_title": page.title_of(contract),
        "said": notice_words(ending),
        "last": ending.last.isoformat(),
        "is_informal": contract.kind == ContractKind.INFORMAL_CARE,
        "ends_anyway": last if last is not None and last <= ending.last else None,
    }
    return render(request, "portal/give_notice.html", context, status=422 if form.errors else 200)


@require_safe
@for_payees
def change(request: RoleRequest, report_id: int) -> HttpResponse:
    """One report: what was told, where it stands, what the county accepted or why it was returned."""
    report = access.change_report(request.viewer, report_id)
    told = notices_of(request.viewer, only_unread=True)
    if unread := [each.id for each in told if each.kind == "change_handled" and each.object_id == report_id]:
        mark_read(unread, by=request.viewer, at=request.clock.now())
    return _change_page(request, report, CertificateForm())


@require_POST
@for_payees
def add_certificate(request: RoleRequest, report_id: int) -> HttpResponse:
    """The medical certificate of an absence of more than three days (EMP-7)."""
    request.viewer.require_may(Capability.ADD_PAPERS)
    report = access.change_report(request.viewer, report_id)
    form, now = CertificateForm(request.POST, request.FILES), request.clock.now()
    if form.is_valid():
        try:
            with transaction.atomic():
                paper = form.cleaned_data["file"]
                person_id = report.contract.carer_id
                document = receive(paper, kind="certificate", person_id=person_id, by=request.viewer, at=now)
                actions.add_certificate(report.pk, by=request.viewer, at=now, document=document)
        except InvalidInput as refusal:
            put_errors(form, refusal)
        except WrongState as refusal:
            form.add_error(None, words(refusal))
        else:
            messages.success(request, _("The certificate is sent to the county."))
            return redirect("portal:change", report.pk)
    return _change_page(request, report, form)


@require_POST
@for_payees
def withdraw_change(request: RoleRequest, report_id: int) -> HttpResponse:
    try:
        actions.withdraw_change(report_id, by=request.viewer, at=request.clock.now())
    except WrongState as refusal:
        messages.warning(request, words(refusal))
    else:
        messages.success(request, _("The report is taken back. Nothing changes."))
    return redirect(reverse("portal:change", args=[report_id]))


@require_safe
@for_payees
def change_attachment(request: RoleRequest, report_id: int) -> HttpResponse:
    """The attachment as it was sent in."""
    report = access.change_report(request.viewer, report_id)
    if report.attachment_id is None:
        raise NotAllowed(NOT_FOUND)
    return answer_with(documents.document(request.viewer, report.attachment_id))


def _change_page(request: RoleRequest, report: ChangeReport, form: CertificateForm) -> HttpResponse:
    context = {"page": page.report_page(request.viewer, report, request.clock.today()), "form": form}
    return render(request, "portal/change.html", context, status=422 if form.errors else 200)


def _send(request: RoleRequest, contract: Contract, form: ReportForm) -> int | None:
    """The id of the report, or None with the errors on the form."""
    now, upload = request.clock.now(), form.cleaned_data["attachment"]
    try:
        with transaction.atomic():
            document = None
            if upload:
                document = receive(upload, kind="attachment", person_id=contract.carer_id, by=request.viewer, at=now)
            values = form.values()
            sent = actions.report_change(contract.pk, by=request.viewer, at=now, values=values, attachment=document)
    except InvalidInput as refusal:
        put_errors(form, refusal, {"file": "attachment"})
        return None
    return sent.pk
