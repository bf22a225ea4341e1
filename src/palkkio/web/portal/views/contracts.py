"""Contracts (Sopimukset): valid, pending, finished; one contract with its terms and what was paid by it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from palkkio.contracts import access
from palkkio.contracts.queries import lists
from palkkio.messages.queries import thread
from palkkio.web.days_off_page import days_off_page
from palkkio.web.doors import for_payees
from palkkio.web.leave_page import leave_page
from palkkio.web.portal.changes_page import notice_card
from palkkio.web.portal.contract_page import contract_of, group_of
from palkkio.web.portal.forms import CommentForm
from palkkio.web.portal.threads import drawn

if TYPE_CHECKING:
    from palkkio.web.doors import RoleRequest


@require_safe
@for_payees
def contracts(request: RoleRequest) -> HttpResponse:
    """The three lists of CON-1."""
    today = request.clock.today()
    found = lists(request.viewer, today)
    context = {
        "valid": group_of(found.valid, today),
        "pending": group_of(found.pending, today),
        "finished": group_of(found.finished, today),
    }
    return render(request, "portal/contracts.html", context)


@require_safe
@for_payees
def contract(request: RoleRequest, contract_id: int) -> HttpResponse:
    """Terms with their days, rates with their sources, changes to pay and the payslips concerned (PAY-1)."""
    row = access.contract(request.viewer, contract_id)
    context = {
        "page": contract_of(request.viewer, row, today=request.clock.today()),
        "notice": notice_card(request.viewer, row, request.clock.today()),
        "leave": leave_page(row, request.clock.today()),
        "days_off": days_off_page(request.viewer, row, request.clock.today()),
        "comments": drawn(thread(request.viewer, "contract", contract_id)),
        "comment_form": CommentForm(),
    }
    return render(request, "portal/contract.html", context)
