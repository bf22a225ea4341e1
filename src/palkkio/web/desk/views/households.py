"""Household employers: making the customer, the link, insurances and their check, who was told (ACC-8 to ACC-10)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from palkkio.accounts.invitations import actions as invitations
from palkkio.accounts.invitations.queries import latest_of, state_of
from palkkio.core.capabilities import OF_MINORS
from palkkio.core.clock import day_of
from palkkio.core.problems import InvalidInput, WrongState
from palkkio.messages.actions import tell_gate_is_open
from palkkio.people import access as people
from palkkio.people.households import access, actions
from palkkio.people.households.queries import gate_of
from palkkio.people.mandates.queries import agents_of
from palkkio.people.rights import HOUSEHOLDS, INSURANCES
from palkkio.web.desk.household_forms import (
    ContributionsForm,
    HouseholdForm,
    InviteEmployerForm,
    TaxReferenceForm,
    TellForm,
)
from palkkio.web.desk.roles import for_insurances, for_representation, for_staff
from palkkio.web.desk.views.acting import did, scan_id
from palkkio.web.gate_words import INSURANCE_NAMES, RATES_OF, insurance_rows, missing_words
from palkkio.web.insurance_form import InsuranceForm
from palkkio.web.invitation_links import link_of
from palkkio.web.refusals import put_errors, words
from palkkio.web.ui.values import Link

if TYPE_CHECKING:
    from palkkio.people.households.models import Household
    from palkkio.people.models import Person
    from palkkio.web.doors import RoleRequest


@require_http_methods(["GET", "POST"])
@for_representation
def add(request: RoleRequest, person_id: int) -> HttpResponse:
    employer = people.person(request.viewer, person_id)
    request.viewer.require_not_own(employer.pk)
    posted = request.method == "POST"
    form = HouseholdForm(
        request.POST if posted else None, request.FILES if posted else None, signers=_signers(request, employer)
    )
    if posted and form.is_valid():
        made = _added(request, employer, form)
        if made is not None:
            messages.success(request, _("The household is a customer now. Send the link next."))
            return redirect("desk:household", made.pk)
    context = {
        "form": form,
        "title": _("Make a household employer"),
        "lead": employer.name,
        "button": _("Make the customer"),
        "back_url": reverse("desk:person", args=[employer.pk]),
    }
    return render(request, "desk/form.html", context, status=422 if form.errors else 200)


def _added(request: RoleRequest, employer: Person, form: HouseholdForm) -> Household | None:
    viewer, now, typed = request.viewer, request.clock.now(), form.cleaned_data
    try:
        with transaction.atomic():
            values = {**typed, "paper_id": scan_id(request, typed["file"], employer.pk)}
            return actions.add_household(employer.pk, by=viewer, at=now, values=values)
    except InvalidInput as refusal:
        put_errors(form, refusal, {"paper_id": "file"})
    except WrongState as refusal:
        form.add_error(None, words(refusal))
    return None


@require_safe
@for_staff
def household(request: RoleRequest, household_id: int) -> HttpResponse:
    """The customer with all that the gate asks for."""
    viewer, now = request.viewer, request.clock.now()
    row = access.household(viewer, household_id)
    is_own, gate = row.employer_id in viewer.for_person_ids, gate_of(row)
    invited = [latest_of(viewer, each.pk) for each in _registrants(request, row)]
    context = {
        "household": row,
        "gate": gate,
        "missing": missing_words(gate.missing),
        "insurances": insurance_rows(row, day_of(now)),
        "viewer_id": viewer.person_id,
        "may_change": viewer.role in HOUSEHOLDS and not is_own,
        "may_confirm": viewer.role in INSURANCES and not is_own,
        "invitations": [(each, state_of(each, now).value) for each in invited if each is not None],
        "tellings": row.tellings.select_related("person", "told_by").order_by("-told_at"),
        "crumbs": [Link(_("People"), reverse("desk:people")), Link(row.employer.name, _person_url(row))],
    }
    return render(request, "desk/household.html", context)


@require_http_methods(["GET", "POST"])
@for_representation
def invite(request: RoleRequest, household_id: int) -> HttpResponse:
    """Sends the personal link; of a minor, to the substitute employer or guardian."""
    row = access.household(request.viewer, household_id)
    request.viewer.require_not_own(row.employer_id)
    choices = [(str(each.pk), each.name) for each in _registrants(request, row)]
    form = InviteEmployerForm(request.POST if request.method == "POST" else None, people=choices)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data

        def does() -> None:
            invitations.invite_employer(
                int(typed["person_id"]),
                by=request.viewer,
                at=request.clock.now(),
                email=typed["email"],
                link_of=link_of,
            )

        if did(form, does):
            messages.success(request, _("The link is sent. It works once, for two weeks."))
            return redirect("desk:household", row.pk)
    return _form(request, form, row, _("Send the link to register"), _("Send the link"))


@require_http_methods(["GET", "POST"])
@for_representation
def enter_insurance(request: RoleRequest, household_id: int, kind: str) -> HttpResponse:
    """From paper, or where the organisation takes the insurances; a colleague checks it."""
    row = access.household(request.viewer, household_id)
    request.viewer.require_not_own(row.employer_id)
    if kind not in INSURANCE_NAMES:
        return redirect("desk:household", row.pk)
    form = InsuranceForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.enter_insurance(row.pk, kind, by=request.viewer, at=request.clock.now(), values=form.cleaned_data)
        except InvalidInput as refusal:
            put_errors(form, refusal)
        else:
            messages.success(request, _("The insurance is saved. A colleague checks it."))
            return redirect("desk:household", row.pk)
    return _form(request, form, row, str(INSURANCE_NAMES[kind]), _("Save"))


@require_http_methods(["GET", "POST"])
@for_insurances
def contributions(request: RoleRequest, household_id: int, kind: str) -> HttpResponse:
    """What an insurance costs the household, from a day on."""
    row = access.household(request.viewer, household_id)
    request.viewer.require_not_own(row.employer_id)
    if kind not in INSURANCE_NAMES:
        return redirect("desk:household", row.pk)
    posted = request.method == "POST"
    held = row.insurances.filter(kind=kind).first()
    form = ContributionsForm(
        request.POST if posted else None,
        keys=[*RATES_OF[kind], "pension_policy"] if kind == "pension" else RATES_OF[kind],
        initial={"pension_policy": held.pension_policy if held else ""},
    )

    def does() -> None:
        values = form.cleaned_data
        actions.record_contributions(row.pk, kind, by=request.viewer, at=request.clock.now(), values=values)
        messages.success(request, _("The percentages are saved. Runs from now on count by them."))

    if posted and form.is_valid() and did(form, does):
        return redirect("desk:household", row.pk)
    return _form(request, form, row, str(INSURANCE_NAMES[kind]), _("Save"))


@require_http_methods(["GET", "POST"])
@for_insurances
def tax_reference(request: RoleRequest, household_id: int) -> HttpResponse:
    """By which the household's health insurance contributions are paid."""
    row = access.household(request.viewer, household_id)
    request.viewer.require_not_own(row.employer_id)
    posted = request.method == "POST"
    form = TaxReferenceForm(request.POST if posted else None, initial={"reference": row.tax_reference})

    def does() -> None:
        typed = form.cleaned_data["reference"]
        actions.record_tax_reference(row.pk, typed, by=request.viewer, at=request.clock.now())

    if posted and form.is_valid() and did(form, does):
        messages.success(request, _("The reference is saved."))
        return redirect("desk:household", row.pk)
    return _form(request, form, row, _("Reference of self-assessed taxes"), _("Save"))


@require_POST
@for_insurances
def confirm_insurance(request: RoleRequest, insurance_id: int) -> HttpResponse:
    """Checked with the insurer; when nothing is missing any more, everybody concerned is told."""
    try:
        row = actions.confirm_insurance(insurance_id, by=request.viewer, at=request.clock.now())
    except WrongState as refusal:
        messages.error(request, words(refusal))
        return redirect("desk:people")
    messages.success(request, _("The insurance is checked."))
    told = access.household(request.viewer, row.household_id)
    if gate_of(told).opens_on is not None:
        tell_gate_is_open(told.pk, at=request.clock.now())
        messages.info(request, _("All is in order now. Who has an e-mail address is told; tell the others."))
    return redirect("desk:household", row.household_id)


@require_http_methods(["GET", "POST"])
@for_insurances
def tell(request: RoleRequest, household_id: int) -> HttpResponse:
    """A letter or a phone call is written down."""
    row = access.household(request.viewer, household_id)
    request.viewer.require_not_own(row.employer_id)
    choices = [(str(each.pk), each.name) for each in (row.employer, *_stand_ins(request, row.employer))]
    form = TellForm(request.POST if request.method == "POST" else None, people=choices)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        actions.tell(
            row.pk,
            int(typed["person_id"]),
            means=typed["means"],
            note=typed["note"],
            by=request.viewer,
            at=request.clock.now(),
        )
        messages.success(request, _("It is written down."))
        return redirect("desk:household", row.pk)
    return _form(request, form, row, _("Told that work may begin"), _("Write down"))


@require_POST
@for_representation
def register_on_paper(request: RoleRequest, household_id: int) -> HttpResponse:
    """An employer without electronic services (ACC-11)."""
    try:
        actions.register_on_paper(household_id, by=request.viewer, at=request.clock.now())
    except WrongState as refusal:
        messages.error(request, words(refusal))
    else:
        messages.success(request, _("The employer is registered."))
    return redirect("desk:household", household_id)


# --- Parts -----------------------------------------------------------------------------------------------------------


def _form(request: RoleRequest, form: object, row: Household, title: str, button: str) -> HttpResponse:
    context = {
        "form": form,
        "title": title,
        "lead": row.employer.name,
        "button": button,
        "back_url": reverse("desk:household", args=[row.pk]),
    }
    return render(request, "desk/form.html", context, status=422 if form.errors else 200)  # type: ignore[attr-defined]


def _person_url(row: Household) -> str:
    return reverse("desk:person", args=[row.employer_id])


def _stand_ins(request: RoleRequest, employer: Person) -> list[Person]:
    """Substitute employers and guardians of a minor."""
    found = agents_of(employer.pk, request.clock.today())
    return [row.agent for row in found if row.scope in OF_MINORS]


def _signers(request: RoleRequest, employer: Person) -> list[tuple[str, str]]:
    return [(str(each.pk), each.name) for each in (employer, *_stand_ins(request, employer))]


def _registrants(request: RoleRequest, row: Household) -> list[Person]:
    """Who gets the link: the employer; of a minor, who stands in."""
    return _stand_ins(request, row.employer) or [row.employer]
