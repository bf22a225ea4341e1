"""The leave ledger of an assistant: staff write what came before, a correction, or what has expired."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from palkkio.contracts import access
from palkkio.entries.actions import adjust_leave
from palkkio.web.desk.leave_forms import LeaveForm
from palkkio.web.desk.roles import for_contract_makers
from palkkio.web.desk.views.acting import did
from palkkio.web.leave_page import years_offered

if TYPE_CHECKING:
    from palkkio.web.doors import RoleRequest


@require_http_methods(["GET", "POST"])
@for_contract_makers
def adjust(request: RoleRequest, contract_id: int) -> HttpResponse:
    viewer = request.viewer
    contract = access.contract(viewer, contract_id)
    viewer.require_not_own(contract.carer_id, contract.recipient_id, contract.employer_id)
    form = LeaveForm(request.POST if request.method == "POST" else None, years=years_offered(request.clock.today()))

    def does() -> None:
        adjust_leave(contract.pk, by=viewer, at=request.clock.now(), values=form.values())
        messages.success(request, _("It is in the leave ledger. Paid months that it changes come to the next run."))

    address = reverse("desk:contract", args=[contract.pk]) + "#leave"
    if form.is_bound and form.is_valid() and did(form, does):
        return redirect(address)
    context = {
        "form": form,
        "title": _("Write into the leave ledger"),
        "lead": f"{contract.number}, {contract.carer.name}",
        "button": _("Save"),
        "back_url": address,
    }
    return render(request, "desk/form.html", context, status=422 if form.errors else 200)
