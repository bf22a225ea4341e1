"""Events of a contract (CON-6): staff record notice, absence, days off, start-up, and withdraw what was wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from palkkio.contracts import access as contracts
from palkkio.core.payslip import ContractKind
from palkkio.core.problems import NotAllowed
from palkkio.entries import access, actions
from palkkio.entries.event_rules import ENDINGS, EVENTS
from palkkio.entries.queries.endings import ending_by, ending_on
from palkkio.organisations.access import NOT_FOUND, one
from palkkio.web.change_words import EVENTS as NAMES
from palkkio.web.change_words import ending_words, event_title
from palkkio.web.desk.event_forms import EventForm, WithdrawForm
from palkkio.web.desk.roles import for_handlers
from palkkio.web.desk.views.acting import did

if TYPE_CHECKING:
    from palkkio.web.doors import RoleRequest


@require_http_methods(["GET", "POST"])
@for_handlers
def record(request: RoleRequest, contract_id: int, kind: str) -> HttpResponse:
    """What ends the contract is shown with its last day first: such an event cannot be withdrawn."""
    viewer = request.viewer
    contract = contracts.contract(viewer, contract_id)
    viewer.require_not_own(contract.carer_id, contract.recipient_id)
    if kind not in EVENTS[ContractKind(contract.kind)]:
        raise NotAllowed(NOT_FOUND)
    form = EventForm(request.POST if request.method == "POST" else None, kind=kind)
    foreseen = None

    def does() -> None:
        event = actions.record_event(contract.pk, by=viewer, at=request.clock.now(), values=form.values())
        ending = ending_by(event, contract)
        messages.success(request, ending_words(ending) if ending else _("The event is recorded."))

    if form.is_bound and form.is_valid():
        typed = form.cleaned_data
        if kind in ENDINGS:
            foreseen = ending_on(contract, kind, typed["first"], given_by=typed.get("given_by", ""))
        is_seen = foreseen is None or request.POST.get("last_day") == foreseen.last.isoformat()
        if is_seen and did(form, does):
            return redirect("desk:contract", contract.pk)
    context = {
        "form": form,
        "foreseen": ending_words(foreseen) if foreseen else "",
        "last_day": foreseen.last.isoformat() if foreseen else "",
        "title": str(NAMES[kind]),
        "lead": f"{contract.number}, {contract.carer.name}",
        "explanation": form.explanation,
        "button": _("Show the last day") if kind in ENDINGS and not foreseen else _("Record"),
        "back_url": reverse("desk:contract", args=[contract.pk]),
    }
    return render(request, "desk/record_event.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@for_handlers
def withdraw(request: RoleRequest, event_id: int) -> HttpResponse:
    event = one(access.events(request.viewer), event_id)
    request.viewer.require_not_own(event.contract.carer_id, event.contract.recipient_id)
    form = WithdrawForm(request.POST if request.method == "POST" else None)

    def does() -> None:
        reason = form.cleaned_data["reason"]
        actions.withdraw_event(event.pk, by=request.viewer, at=request.clock.now(), reason=reason)

    if form.is_bound and form.is_valid() and did(form, does):
        messages.success(request, _("The event is withdrawn. Months that were paid already are corrected."))
        return redirect("desk:contract", event.contract_id)
    context = {
        "form": form,
        "title": _("Withdraw an event"),
        "lead": f"{event.contract.number}, {event.contract.carer.name}: {event_title(event)}",
        "button": _("Withdraw an event"),
        "back_url": reverse("desk:contract", args=[event.contract_id]),
    }
    return render(request, "desk/form.html", context, status=422 if form.errors else 200)
