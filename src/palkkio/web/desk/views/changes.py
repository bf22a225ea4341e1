"""Changes that carers report (CARE-14): the queue, one report with its effect on the fee, keying one in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from palkkio.contracts import access as contracts
from palkkio.core.payslip import ContractKind
from palkkio.core.problems import InvalidInput, NotAllowed, Refusal
from palkkio.documents import access as documents
from palkkio.documents.actions import receive
from palkkio.entries import access, actions
from palkkio.entries.event_rules import REPORTED
from palkkio.messages.actions.notices import notify
from palkkio.organisations.access import NOT_FOUND
from palkkio.web.change_forms import AcceptForm, KeyInForm, ReturnForm
from palkkio.web.change_words import DESK_KINDS, notice_explained
from palkkio.web.desk import changes_page as page
from palkkio.web.desk.lists import page_of
from palkkio.web.desk.roles import for_handlers
from palkkio.web.desk.views.acting import did
from palkkio.web.file_answers import answer_with
from palkkio.web.refusals import put_errors, words
from palkkio.web.ui.values import View

if TYPE_CHECKING:
    from palkkio.contracts.models import Contract
    from palkkio.entries.models import ChangeReport
    from palkkio.web.doors import RoleRequest


@require_safe
@for_handlers
def changes(request: RoleRequest) -> HttpResponse:
    """Reports that wait, the oldest first; handled ones, the newest first."""
    is_handled = request.GET.get("view") == "handled"
    found = access.change_reports(request.viewer)
    waiting = found.filter(state="sent").order_by("reported_at", "pk")
    handled = found.filter(state__in=("accepted", "returned")).order_by("-handled_at", "-pk")
    rows, pages = page_of(request, handled if is_handled else waiting)
    here = reverse("desk:changes")
    context = {
        "table": page.table(rows, request.viewer),
        "pages": pages,
        "is_handled": is_handled,
        "views": [
            View(_("Waiting"), here, waiting.count(), is_current=not is_handled),
            View(_("Handled"), here + "?view=handled", is_current=is_handled),
        ],
    }
    return render(request, "desk/changes.html", context)


@require_http_methods(["GET", "POST"])
@for_handlers
def change(request: RoleRequest, report_id: int) -> HttpResponse:
    """One report: correct its days, look at the effect, accept it or return it with a reason."""
    viewer = request.viewer
    actions.read_notice(report_id, by=viewer, at=request.clock.now())
    report = access.change_report(viewer, report_id)
    is_assistant = report.contract.kind == ContractKind.PERSONAL_ASSISTANCE
    initial = {"first": report.first, "last": report.last, **report.values}
    posted = request.POST if request.method == "POST" else None
    wanted = request.POST.get("do", "")
    accept = AcceptForm(
        posted if wanted in ("accept", "preview") else None,
        kind=report.kind,
        is_assistant=is_assistant,
        initial=initial,
    )
    back = ReturnForm(posted if wanted == "return" else None, auto_id="return_%s")
    values = None
    if accept.is_bound and accept.is_valid():
        values = {name: accept.cleaned_data.get(name) for name in accept.names}
    if wanted == "accept" and values is not None and _accepted(request, report, accept, values):
        return redirect("desk:changes")
    if back.is_bound and back.is_valid() and _returned(request, report, back):
        return redirect("desk:changes")
    is_open = report.state == "sent"
    effect = page.effect_of(viewer, report, values, request.clock) if is_open and not accept.errors else None
    context = {
        "page": page.report_page(viewer, report),
        "accept": accept,
        "back": back,
        "effect": effect,
        "is_open": is_open and page.may_handle(viewer, report),
        "why_not": page.why_not(viewer, report) if is_open else "",
    }
    return render(request, "desk/change.html", context, status=422 if accept.errors or back.errors else 200)


@require_http_methods(["GET", "POST"])
@for_handlers
def key_in_change(request: RoleRequest, contract_id: int, kind: str) -> HttpResponse:
    """A report that came on paper or by phone; a colleague accepts it."""
    viewer = request.viewer
    contract = contracts.contract(viewer, contract_id)
    viewer.require_not_own(contract.carer_id, contract.recipient_id)
    if kind not in REPORTED[ContractKind(contract.kind)]:
        raise NotAllowed(NOT_FOUND)
    is_assistant = contract.kind == ContractKind.PERSONAL_ASSISTANCE
    if request.method == "POST":
        form = KeyInForm(request.POST, request.FILES, kind=kind, is_assistant=is_assistant)
        if form.is_valid() and _keyed_in(request, contract, form):
            messages.success(request, _("The report is keyed in. A colleague accepts it."))
            return redirect("desk:contract", contract.pk)
    else:
        form = KeyInForm(kind=kind, is_assistant=is_assistant)
    context = {
        "form": form,
        "title": str(DESK_KINDS[kind]),
        "lead": f"{contract.number}, {contract.carer.name}",
        "button": _("Key in the report"),
        "back_url": reverse("desk:contract", args=[contract.pk]),
        "is_multipart": True,
    }
    return render(request, "desk/form.html", context, status=422 if form.errors else 200)


@require_safe
@for_handlers
def change_attachment(request: RoleRequest, report_id: int) -> HttpResponse:
    report = access.change_report(request.viewer, report_id)
    if report.attachment_id is None:
        raise NotAllowed(NOT_FOUND)
    return answer_with(documents.document(request.viewer, report.attachment_id))


def _accepted(request: RoleRequest, report: ChangeReport, form: AcceptForm, values: dict[str, Any]) -> bool:
    @transaction.atomic
    def does() -> None:
        note = form.cleaned_data["note"]
        actions.accept_change(report.pk, by=request.viewer, at=request.clock.now(), values=values, note=note)
        _tell(request, report)

    if not did(form, does):
        return False
    said = _("The change is accepted. Months that were paid already are corrected in the next run.")
    messages.success(request, notice_explained(access.change_report(request.viewer, report.pk)) or said)
    return True


def _returned(request: RoleRequest, report: ChangeReport, form: ReturnForm) -> bool:
    @transaction.atomic
    def does() -> None:
        reason = form.cleaned_data["reason"]
        actions.return_change(report.pk, by=request.viewer, at=request.clock.now(), reason=reason)
        _tell(request, report)

    if not did(form, does):
        return False
    messages.success(request, _("The report is returned to the carer."))
    return True


def _tell(request: RoleRequest, report: ChangeReport) -> None:
    """The carer gets a notice, in the transaction of the act."""
    key = f"change-{report.pk}"
    notify(report.contract.carer_id, "change_handled", report.pk, key, at=request.clock.now())


def _keyed_in(request: RoleRequest, contract: Contract, form: KeyInForm) -> bool:
    now, upload = request.clock.now(), form.cleaned_data["attachment"]
    try:
        with transaction.atomic():
            document = None
            if upload:
                document = receive(upload, kind="attachment", person_id=contract.carer_id, by=request.viewer, at=now)
            actions.report_change(
                contract.pk,
                by=request.viewer,
                at=now,
                values=form.values(),
                attachment=document,
                channel=form.cleaned_data["channel"],
            )
    except InvalidInput as refusal:
        put_errors(form, refusal, {"file": "attachment"})
    except Refusal as refusal:
        form.add_error(None, words(refusal))
    else:
        return True
    return False
