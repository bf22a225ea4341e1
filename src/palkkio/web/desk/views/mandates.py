"""Who acts for a person, recorded by staff; the form on paper; a new invitation for somebody who was identified."""

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
from palkkio.core.identifiers import normal_identity_code
from palkkio.core.problems import WrongState
from palkkio.people import access
from palkkio.people.identity import with_identity_code
from palkkio.people.mandates import actions
from palkkio.web.desk.household_forms import InviteAgainForm, RecordMandateForm
from palkkio.web.desk.roles import for_representation
from palkkio.web.desk.views.acting import did, scan_id
from palkkio.web.file_answers import shown_pdf
from palkkio.web.invitation_links import link_of
from palkkio.web.mandate_form import mandate_form
from palkkio.web.refusals import words

if TYPE_CHECKING:
    from palkkio.people.models import Person
    from palkkio.web.doors import RoleRequest


@require_http_methods(["GET", "POST"])
@for_representation
def record(request: RoleRequest, person_id: int) -> HttpResponse:
    row = access.person(request.viewer, person_id)
    request.viewer.require_not_own(row.pk)
    posted = request.method == "POST"
    form = RecordMandateForm(
        request.POST if posted else None, request.FILES if posted else None, initial={"first": request.clock.today()}
    )
    if posted and form.is_valid():
        agent = _agent(request, form)
        if agent is not None and _recorded(request, row, agent, form):
            messages.success(request, _("It is recorded."))
            return redirect(reverse("desk:person", args=[row.pk]) + "#acting")
    context = {
        "form": form,
        "title": _("Record who acts for the person"),
        "lead": row.name,
        "explanation": _("A guardian or substitute employer acts until the day before the 18th birthday."),
        "button": _("Record"),
        "back_url": reverse("desk:person", args=[row.pk]) + "#acting",
    }
    return render(request, "desk/form.html", context, status=422 if form.errors else 200)


def _agent(request: RoleRequest, form: RecordMandateForm) -> Person | None:
    try:
        code = normal_identity_code(form.cleaned_data["agent"])
    except ValueError:
        form.add_error("agent", _("Enter the identity code as in 010170-999R"))
        return None
    found: Person | None = with_identity_code(access.persons(request.viewer), code).first()
    if found is None:
        form.add_error("agent", _("Nobody here has this identity code. Add the person first."))
    return found


def _recorded(request: RoleRequest, principal: Person, agent: Person, form: RecordMandateForm) -> bool:
    typed = form.cleaned_data
    is_mandate = typed["scope"] not in ("guardian", "substitute_employer")
    if is_mandate and not typed["file"]:
        form.add_error("file", _("Add the scanned form: the person's signature is on it"))
        return False
    terms = {name: typed[name] for name in actions.FIELDS}

    @transaction.atomic
    def does() -> None:
        paper_id = scan_id(request, typed["file"], principal.pk)
        actions.record(principal, agent, by=request.viewer, at=request.clock.now(), values=terms, paper_id=paper_id)

    return did(form, does)


@require_POST
@for_representation
def end(request: RoleRequest, mandate_id: int) -> HttpResponse:
    try:
        row = actions.end(mandate_id, by=request.viewer, at=request.clock.now())
    except WrongState as refusal:
        messages.error(request, words(refusal))
        return redirect("desk:people")
    messages.success(request, _("It has ended."))
    return redirect(reverse("desk:person", args=[row.principal_id]) + "#acting")


@require_safe
@for_representation
def form_on_paper(request: RoleRequest, person_id: int) -> HttpResponse:
    """The empty power of attorney in the person's language."""
    row = access.person(request.viewer, person_id)
    content = mandate_form(request.viewer, language=row.language, at=request.clock.now(), person_id=row.pk)
    return shown_pdf(content, "valtakirja.pdf")


@require_http_methods(["GET", "POST"])
@for_representation
def invite_again(request: RoleRequest, person_id: int) -> HttpResponse:
    """A new link for somebody whom staff have identified (ACC-13)."""
    row = access.person(request.viewer, person_id)
    request.viewer.require_not_own(row.pk)
    form = InviteAgainForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data

        def does() -> None:
            invitations.invite_again(
                row.pk,
                by=request.viewer,
                at=request.clock.now(),
                email=typed["email"],
                reason=typed["reason"],
                link_of=link_of,
            )

        if did(form, does):
            messages.success(request, _("The link is sent. It works once, for three days."))
            return redirect(reverse("desk:person", args=[row.pk]) + "#sign-in-title")
    context = {
        "form": form,
        "title": _("Invite again"),
        "lead": row.name,
        "explanation": _("Identify the person first: the link lets in who authenticates as this person."),
        "button": _("Send the link"),
        "back_url": reverse("desk:person", args=[row.pk]),
    }
    return render(request, "desk/form.html", context, status=422 if form.errors else 200)
