"""The proof of a run, and setting a finding aside with a reason (BEY-7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from palkkio.contracts import access as contracts
from palkkio.core.viewer import RoleKind
from palkkio.payroll import access, actions
from palkkio.payroll.proof_rules import FindingKind
from palkkio.web.desk.payroll_forms import ReasonForm
from palkkio.web.desk.proof_page import proof_page, title_of
from palkkio.web.desk.roles import PAYROLL, for_clerks
from palkkio.web.desk.runs_page import run_title
from palkkio.web.desk.views.acting import ask, did
from palkkio.web.doors import for_roles

if TYPE_CHECKING:
    from palkkio.web.doors import RoleRequest

for_payroll = for_roles(*sorted(PAYROLL))


@require_safe
@for_payroll
def proof(request: RoleRequest, run_id: int) -> HttpResponse:
    """What stops the run first, then what is odd, then the changes of all payees."""
    found = access.run(request.viewer, run_id)
    may_act = request.viewer.role is RoleKind.PAYROLL_CLERK and found.state == "proposed"
    context = {
        "run": found,
        "title": run_title(found),
        "page": proof_page(found, may_act=may_act),
        "menu_at": "desk:runs",
    }
    return render(request, "desk/payroll/proof.html", context)


@require_http_methods(["GET", "POST"])
@for_clerks
def set_finding_aside(request: RoleRequest, run_id: int, contract_id: int, kind: str) -> HttpResponse:
    """Asks why the finding stops nothing."""
    access.run(request.viewer, run_id)
    contract = contracts.contract(request.viewer, contract_id)
    if kind not in set(FindingKind):
        raise Http404(kind)
    form = ReasonForm(request.POST if request.method == "POST" else None, label=_("Why is it in order?"))

    def does() -> None:
        actions.set_finding_aside(
            run_id, contract_id, kind, by=request.viewer, at=request.clock.now(), reason=form.cleaned_data["reason"]
        )

    if form.is_bound and form.is_valid() and did(form, does):
        messages.success(request, _("Set aside. Your name and the reason stay with the run."))
        return redirect("desk:run-proof", run_id)
    return ask(
        request,
        form,
        question=title_of(kind),
        explanation=f"{contract.carer.name}, {contract.number}",
        yes=_("It is in order"),
        back_url=reverse("desk:run-proof", args=[run_id]),
    )
