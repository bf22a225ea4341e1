"""How contracts are signed, and the organisation's own clauses: its administrators' pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from palkkio.contracts.signing import settings as stage
from palkkio.contracts.signing.queries import choices_of, template_of
from palkkio.core.payslip import ContractKind
from palkkio.core.problems import InvalidInput
from palkkio.organisations.queries import contract_kinds
from palkkio.web.contract_words import kind_name
from palkkio.web.desk.roles import for_administrators
from palkkio.web.desk.settings_page import tabs
from palkkio.web.desk.signature_forms import SigningChoicesForm, TemplateForm
from palkkio.web.refusals import put_errors
from palkkio.web.ui.values import Link

if TYPE_CHECKING:
    from palkkio.web.doors import RoleRequest


@require_http_methods(["GET", "POST"])
@for_administrators
def choices(request: RoleRequest) -> HttpResponse:
    """Days to sign, reminders, which changes are signed again; and a template for each kind that is paid."""
    viewer = request.viewer
    row = choices_of(viewer.organisation_id)
    initial = {name: getattr(row, name) for name in stage.CHOICES}
    form = SigningChoicesForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        try:
            stage.save_choices(by=viewer, at=request.clock.now(), values=form.cleaned_data)
        except InvalidInput as refusal:
            put_errors(form, refusal)
        else:
            messages.success(request, _("The choices are saved."))
            return redirect("desk:signing-choices")
    links = [
        Link(kind_name(kind), reverse("desk:contract-template", args=[kind.value.replace("_", "-")]))
        for kind in contract_kinds(viewer.organisation_id)
    ]
    return render(
        request,
        "desk/signatures/choices.html",
        {"form": form, "links": links, "tabs": tabs("desk:signing-choices")},
        status=422 if form.errors else 200,
    )


@require_http_methods(["GET", "POST"])
@for_administrators
def template(request: RoleRequest, kind: str) -> HttpResponse:
    viewer = request.viewer
    found = next((each for each in ContractKind if each.value == kind.replace("-", "_")), None)
    if found is None:
        raise Http404
    row = template_of(viewer.organisation_id, found.value)
    initial = {name: getattr(row, name) for name in stage.TEXTS}
    form = TemplateForm(request.POST if request.method == "POST" else None, initial=initial, kind=found)
    if form.is_bound and form.is_valid():
        try:
            stage.save_template(found.value, by=viewer, at=request.clock.now(), values=form.cleaned_data)
        except InvalidInput as refusal:
            put_errors(form, refusal)
        else:
            messages.success(request, _("The template is saved. Documents made from now on have it."))
            return redirect("desk:signing-choices")
    context = {
        "form": form,
        "title": _("Template of contracts: %(kind)s") % {"kind": kind_name(found)},
        "button": _("Save"),
        "back_url": reverse("desk:signing-choices"),
        "explanation": _(
            "What the Act asks for comes from the terms and stands in every contract. Write here what your "
            "organisation adds, one paragraph a line."
        ),
    }
    return render(request, "desk/form.html", context, status=422 if form.errors else 200)
