"""Rates and rules: decided amounts proposed by one and approved by another; figures of the law and choices to read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from palkkio.core.days import DateRange, add_months
from palkkio.entries.queries.rate_effect import effect_of_rate
from palkkio.organisations import queries
from palkkio.rates import access, actions, revising
from palkkio.web.desk import rates_page as page
from palkkio.web.desk.decided_rows import names_in
from palkkio.web.desk.rate_effect_page import effect_page
from palkkio.web.desk.rates_forms import RateForm, RevisionForm
from palkkio.web.desk.roles import PAYROLL
from palkkio.web.desk.views.acting import act, answered, ask, did
from palkkio.web.doors import for_roles
from palkkio.web.looks import note_shown

if TYPE_CHECKING:
    from palkkio.web.doors import RoleRequest

for_payroll = for_roles(*sorted(PAYROLL))


@require_safe
@for_payroll
def rates(request: RoleRequest) -> HttpResponse:
    """What the organisation has decided, by kind of contract, each amount as a timeline."""
    viewer, today = request.viewer, request.clock.today()
    found = list(access.rates(viewer))
    kinds = page.kinds_of(found, viewer, names_in(found, viewer), today=today)
    context = {
        "tabs": page.tabs("desk:rates"),
        "kinds": kinds,
        "waiting": sum(each.approved_at is None for each in found),
    }
    return render(request, "desk/payroll/rates.html", context)


@require_http_methods(["GET", "POST"])
@for_payroll
def propose_rate(request: RoleRequest) -> HttpResponse:
    """A decided amount; it pays once a second person approves it."""
    kinds = queries.contract_kinds(request.viewer.organisation_id)
    form = RateForm(request.POST if request.method == "POST" else None, kinds=kinds, initial=dict(request.GET.items()))

    def does() -> None:
        actions.propose_rate(by=request.viewer, at=request.clock.now(), **form.cleaned_data)

    if form.is_bound and form.is_valid() and did(form, does):
        messages.success(request, _("The rate is proposed. It pays when a second person has approved it."))
        return redirect("desk:rates")
    return ask(
        request,
        form,
        question=_("Propose a rate"),
        explanation=_(
            "The rate before it ends the day before. Days that were paid by another amount are corrected in the next"
            " run."
        ),
        yes=_("Propose"),
        back_url=reverse("desk:rates"),
    )


@require_http_methods(["GET", "POST"])
@for_payroll
def revise_rates(request: RoleRequest, year: int) -> HttpResponse:
    """Decided rates at the turn of a year: by the index, at the law's minimum, as decided or as they are (X4)."""
    found = revising.revisable(request.viewer, year)
    form = RevisionForm(request.POST if request.method == "POST" else None, found=found)

    def does() -> None:
        revising.propose_revision(
            by=request.viewer,
            at=request.clock.now(),
            year=year,
            ways=form.ways(),
            decision=form.cleaned_data["decision"],
        )

    return answered(
        request,
        form,
        does,
        title=_("Decided rates from 1 January %(year)s") % {"year": year},
        lead=_("The index of this year is not confirmed") if any(each.lacks_index for each in found) else "",
        explanation=_("What changes is proposed. Each amount pays when a second person has approved it."),
        button=_("Propose"),
        back=reverse("desk:rates"),
        said=_("The new amounts are proposed. They pay when a second person has approved them."),
    )


@require_POST
@for_payroll
def approve_rate(request: RoleRequest, rate_id: int) -> HttpResponse:
    rate = access.rate(request.viewer, rate_id)

    def does() -> None:
        actions.approve_rate(rate, by=request.viewer, at=request.clock.now())

    return act(request, does, said=_("The rate is approved and pays from its first day."), to="desk:rates")


@require_safe
@for_payroll
def rate_effect(request: RoleRequest, rate_id: int) -> HttpResponse:
    """Who would gain and who lose by a rate, in the care month before this one (BEY-11). Changes nothing."""
    rate = access.rate(request.viewer, rate_id)
    month = DateRange.month_of(add_months(request.clock.today().replace(day=1), -1))
    shown = effect_page(rate, effect_of_rate(request.viewer, rate, month))
    note_shown(request, shown.listed)
    return render(request, "desk/payroll/rate_effect.html", {"page": shown})


@require_POST
@for_payroll
def withdraw_rate(request: RoleRequest, rate_id: int) -> HttpResponse:
    rate = access.rate(request.viewer, rate_id)

    def does() -> None:
        actions.withdraw_rate(rate, by=request.viewer, at=request.clock.now())

    return act(request, does, said=_("The proposal is withdrawn."), to="desk:rates")
