"""A household employer's first page: what is missing before an assistant may work, and how to mend it (ACC-10)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from palkkio.accounts.fresh import requires_fresh
from palkkio.core.capabilities import Capability
from palkkio.core.problems import InvalidInput, WrongState
from palkkio.core.viewer import RoleKind
from palkkio.messages.queries import notices_of
from palkkio.people.households import access, actions
from palkkio.people.households.queries import gate_of
from palkkio.web.doors import for_roles
from palkkio.web.gate_words import INSURANCE_NAMES, insurance_rows, missing_words
from palkkio.web.insurance_form import InsuranceForm
from palkkio.web.portal.home_page import signatures_to_do
from palkkio.web.portal.hours_page import alerts_todo
from palkkio.web.portal.warnings import warnings_of
from palkkio.web.refusals import put_errors, words

if TYPE_CHECKING:
    from palkkio.people.households.models import Household
    from palkkio.web.doors import RoleRequest

for_employers = for_roles(RoleKind.EMPLOYER)


def _own(request: RoleRequest) -> Household | None:
    found = access.households(request.viewer).filter(employer_id=request.viewer.subject_person_id)
    return found.prefetch_related("insurances").first()


@require_safe
@for_employers
def household(request: RoleRequest) -> HttpResponse:
    row, viewer = _own(request), request.viewer
    gate = gate_of(row) if row else None
    context = {
        "household": row,
        "todos": [
            *signatures_to_do(viewer, request.clock.today()),
            *warnings_of(viewer, notices_of(viewer, only_unread=True)),
            *(alerts_todo(viewer, request.clock.today()) if viewer.may(Capability.SEE) else ()),
        ],
        "gate": gate,
        "is_open": gate is not None and gate.is_open(request.clock.today()),
        "missing": missing_words(gate.missing) if gate else [],
        "insurances": insurance_rows(row) if row else [],
        "may_sign": viewer.may(Capability.SIGN),
        "may_enter": viewer.may(Capability.ENTER),
    }
    return render(request, "portal/people/household.html", context)


@require_http_methods(["GET", "POST"])
@for_employers
def enter_insurance(request: RoleRequest, kind: str) -> HttpResponse:
    request.viewer.require_may(Capability.ENTER)
    row = _own(request)
    if row is None or kind not in INSURANCE_NAMES:
        return redirect("portal:household")
    held = next((each for each in row.insurances.all() if each.kind == kind), None)
    initial = {name: getattr(held, name) for name in ("insurer", "policy_number", "first")} if held else {}
    form = InsuranceForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.enter_insurance(row.pk, kind, by=request.viewer, at=request.clock.now(), values=form.cleaned_data)
        except InvalidInput as refusal:
            put_errors(form, refusal)
        else:
            messages.success(request, _("The insurance is saved. Staff check it and tell you."))
            return redirect("portal:household")
    context = {"form": form, "name": INSURANCE_NAMES[kind]}
    return render(request, "portal/people/insurance.html", context, status=422 if form.errors else 200)


@require_POST
@for_employers
def let_city_insure(request: RoleRequest) -> HttpResponse:
    if row := _own(request):
        actions.let_city_insure(row.pk, by=request.viewer, at=request.clock.now())
        messages.success(request, _("Saved. Staff take the insurances for you and tell you when they are in force."))
    return redirect("portal:household")


@require_http_methods(["GET", "POST"])
@for_employers
@requires_fresh
def sign(request: RoleRequest) -> HttpResponse:
    """The power of attorney online: read, then given, strongly authenticated."""
    request.viewer.require_may(Capability.SIGN)
    row = _own(request)
    if row is None or row.power_of_attorney_on is not None:
        return redirect("portal:household")
    if request.method == "POST":
        try:
            actions.sign_power_of_attorney(row.pk, by=request.viewer, at=request.clock.now())
        except WrongState as refusal:
            messages.error(request, words(refusal))
        else:
            messages.success(request, _("The power of attorney is given."))
        return redirect("portal:household")
    return render(request, "portal/people/power_of_attorney.html", {"household": row})
