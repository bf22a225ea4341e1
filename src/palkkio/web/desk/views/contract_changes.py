"""Changes of contracts, each dated: a new one, new terms, other details, the end (CON-5)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from palkkio.calculation.assistance.notice import NoticeOf
from palkkio.contracts import access, actions
from palkkio.contracts.queries import latest_values
from palkkio.core.payslip import ContractKind
from palkkio.core.problems import InvalidInput
from palkkio.entries.event_rules import EVENTS
from palkkio.entries.queries.endings import employment_ending
from palkkio.organisations import access as organisations
from palkkio.organisations.queries import contract_kinds, local_name
from palkkio.people import access as people
from palkkio.rules import RateNotConfirmed
from palkkio.web.contract_words import employment_end_words, kind_name
from palkkio.web.desk.contract_forms import ContractForm, DetailFields, EmploymentEndForm, EndForm
from palkkio.web.desk.finding import find_parties
from palkkio.web.desk.roles import for_contract_makers
from palkkio.web.desk.terms_forms import TermsFields
from palkkio.web.desk.views.acting import answered
from palkkio.web.numbers import whole
from palkkio.web.refusals import put_errors
from palkkio.web.ui.values import View

if TYPE_CHECKING:
    from django import forms

    from palkkio.contracts.models import Contract
    from palkkio.web.doors import RoleRequest


@require_http_methods(["GET", "POST"])
@for_contract_makers
def add(request: RoleRequest) -> HttpResponse:
    """A new contract. `?carer=` names the person whose page one came from."""
    viewer = request.viewer
    lists = _lists(request)
    kinds = contract_kinds(viewer.organisation_id)
    given = request.GET if request.method == "GET" else request.POST
    kind = next(
        (each for each in kinds if each == given.get("kind")), kinds[0] if kinds else ContractKind.INFORMAL_CARE
    )
    if request.method == "GET":
        form = ContractForm(initial={"pays_trips": False, "kind": kind.value}, kinds=kinds, terms_kind=kind, **lists)
        if (number := whole(request.GET.get("carer"))) is not None:
            carer = people.person(viewer, number)
            form.offer("carer", [(str(carer.pk), carer.name)])
            form.initial["carer_id"] = str(carer.pk)
    else:
        form = ContractForm(request.POST, kinds=kinds, terms_kind=kind, **lists)
        chosen = find_parties(viewer, form)
        if form.is_valid() and chosen.is_whole:
            typed = form.cleaned_data
            values = {
                "kind": typed["kind"],
                "carer_id": chosen.carer_id,
                "recipient_id": chosen.recipient_id,
                "first": typed["first"],
                "last": typed["last"],
                "signed_on": typed["signed_on"],
                "source": typed["source"],
                "agreed_rates": form.agreed(),
                **form.term_values(),
                **form.details(),
            }
            if form.has_employer:
                values["employer_id"] = chosen.employer_id
            try:
                made = actions.add_contract(by=viewer, at=request.clock.now(), values=values)
            except InvalidInput as refusal:
                put_errors(form, refusal, {f"{who}_id": f"{who}_words" for who in ("carer", "recipient", "employer")})
            else:
                messages.success(request, _("Contract %(number)s is added.") % {"number": made.number})
                return redirect("desk:contract", made.pk)
    here, carer_id = reverse("desk:add-contract"), whole(given.get("carer") or given.get("carer_id"))
    ending = f"&carer={carer_id}" if carer_id is not None else ""
    context = {
        "form": form,
        "title": _("Add a contract"),
        "back_url": reverse("desk:contracts"),
        "views": [View(kind_name(each), f"{here}?kind={each}{ending}", is_current=each == kind) for each in kinds],
    }
    return render(request, "desk/add_contract.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@for_contract_makers
def change_terms(request: RoleRequest, contract_id: int) -> HttpResponse:
    """New terms from a day on; the form begins from those in force."""
    row = _mine(request, contract_id)
    kind = ContractKind(row.kind)
    initial = TermsFields.initial_of(latest_values(row))
    form = TermsFields(request.POST if request.method == "POST" else None, initial=initial, terms_kind=kind)
    form.fields["first"].label = _("First day of the new terms")

    def act() -> None:
        typed = form.cleaned_data
        actions.change_terms(
            row,
            by=request.viewer,
            at=request.clock.now(),
            first=typed["first"],
            values=form.term_values(),
            agreed_rates=form.agreed(),
            source=typed["source"],
        )

    return _change(
        request,
        row,
        form,
        act,
        template="desk/change_terms.html",
        title=_("Change the terms"),
        button=_("Save the new terms"),
        said=_("The terms are changed. Days that were paid already lead to differences in the next run."),
    )


@require_http_methods(["GET", "POST"])
@for_contract_makers
def change(request: RoleRequest, contract_id: int) -> HttpResponse:
    """Unit, municipality, trips, pension, tasks."""
    row = _mine(request, contract_id)
    initial = {name: getattr(row, name) for name in DetailFields.DETAILS}
    form = DetailFields(request.POST if request.method == "POST" else None, initial=initial, **_lists(request))

    def act() -> None:
        actions.change_contract(row, by=request.viewer, at=request.clock.now(), values=form.details())

    return _change(
        request,
        row,
        form,
        act,
        title=_("Change the details of the contract"),
        button=_("Save"),
        said=_("The contract is changed."),
    )


@require_http_methods(["GET", "POST"])
@for_contract_makers
def end(request: RoleRequest, contract_id: int) -> HttpResponse:
    row = _mine(request, contract_id)
    if row.kind == ContractKind.PERSONAL_ASSISTANCE:
        return _end_employment(request, row)
    form = EndForm(request.POST if request.method == "POST" else None)
    explanation = ""
    if EVENTS[ContractKind(row.kind)]:
        explanation = _(
            "When notice is given, care becomes unnecessary or goes on no more because of danger, record that event on"
            " the page of the contract: its last day is computed. Here you end a contract on a day that was agreed."
        )

    def act() -> None:
        typed = form.cleaned_data
        actions.end_contract(row, by=request.viewer, at=request.clock.now(), last=typed["last"], reason=typed["reason"])

    return _change(
        request,
        row,
        form,
        act,
        title=_("End the contract"),
        button=_("End the contract"),
        said=_("The contract ends."),
        explanation=explanation,
    )


def _end_employment(request: RoleRequest, row: Contract) -> HttpResponse:
    """The last day follows from who gives notice, the agreement and how long the employment has lasted: it is shown
    and explained first, then recorded.
    """
    form = EmploymentEndForm(request.POST if request.method == "POST" else None)
    last, why = None, ""
    if form.is_bound and form.is_valid():
        last, why = _last_of_employment(form, row)
    if why and last is not None and request.POST.get("last_day") != last.isoformat():
        context = {
            "form": form,
            "title": _("End the contract"),
            "lead": f"{row.number}, {row.carer.name}",
            "button": _("End the contract"),
            "back_url": reverse("desk:contract", args=[row.pk]),
            "foreseen": why,
            "last_day": last.isoformat(),
        }
        return render(request, "desk/record_event.html", context)

    def act() -> None:
        reason = " ".join(part for part in (form.cleaned_data["reason"], why) if part)
        actions.end_contract(row, by=request.viewer, at=request.clock.now(), last=last, reason=reason)
        if why:
            messages.info(request, why)

    return _change(
        request, row, form, act, title=_("End the contract"), button=_("End the contract"), said=_("The contract ends.")
    )


def _last_of_employment(form: EmploymentEndForm, row: Contract) -> tuple[date | None, str]:
    """The last day, and why it is that one where it was computed; errors stand on the form."""
    typed = form.cleaned_data
    if typed["last"] is not None:
        return typed["last"], ""
    try:
        found = employment_ending(row, NoticeOf(typed["given_by"]), typed["given_on"])
    except RateNotConfirmed:
        form.add_error("last", _("The notice period is not known. Enter the last day."))
        return None, ""
    if found is None:
        form.add_error("given_on", _("Choose a day of the contract on which it has terms"))
        return None, ""
    return found.last, employment_end_words(found, typed["given_on"])


def _change(
    request: RoleRequest,
    row: Contract,
    form: forms.Form,
    act: Callable[[], None],
    *,
    title: str,
    button: str,
    said: str,
    template: str = "desk/form.html",
    explanation: str = "",
) -> HttpResponse:
    """One change of a contract: the form again with errors, or the contract with what was done."""
    return answered(
        request,
        form,
        act,
        back=reverse("desk:contract", args=[row.pk]),
        said=said,
        template=template,
        title=title,
        lead=f"{row.number}, {row.carer.name}",
        button=button,
        explanation=explanation,
    )


def _mine(request: RoleRequest, contract_id: int) -> Contract:
    """A contract that the reader may change. Raises NotAllowed."""
    row = access.contract(request.viewer, contract_id)
    request.viewer.require_not_own(row.carer_id, row.recipient_id)
    return row


def _lists(request: RoleRequest) -> dict[str, list[tuple[str, str]]]:
    viewer = request.viewer
    return {
        "units": [(str(each.pk), local_name(each)) for each in organisations.units(viewer)],
        "municipalities": [(str(each.pk), local_name(each)) for each in organisations.municipalities(viewer)],
    }
