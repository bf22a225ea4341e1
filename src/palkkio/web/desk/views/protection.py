"""Opening a person with care: the days of a protection order, and why somebody is opened without an open matter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from palkkio.core.problems import InvalidInput
from palkkio.people import access
from palkkio.people.protection import set_protection
from palkkio.people.rights import PROTECTED
from palkkio.web.desk.opening import ReasonForm, keep_reason
from palkkio.web.desk.people_forms import ProtectionForm
from palkkio.web.desk.roles import for_staff
from palkkio.web.doors import for_roles
from palkkio.web.refusals import put_errors

if TYPE_CHECKING:
    from palkkio.web.doors import RoleRequest


@require_http_methods(["GET", "POST"])
@for_roles(*PROTECTED)
def protection(request: RoleRequest, person_id: int) -> HttpResponse:
    row = access.person(request.viewer, person_id)
    request.viewer.require_not_own(row.pk)
    days = row.protection
    initial = {"first": days.first, "last": days.last} if days else {}
    form = ProtectionForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            set_protection(row, by=request.viewer, at=request.clock.now(), **form.cleaned_data)
        except InvalidInput as refusal:
            put_errors(form, refusal)
        else:
            messages.success(request, _("The protection order is saved."))
            return redirect("desk:person", row.pk)
    context = {
        "form": form,
        "title": _("Protection order"),
        "lead": row.name,
        "explanation": _(
            "While it is in force, only social workers and payroll clerks see where the person lives and how to reach "
            "them. Papers and files show no address either."
        ),
        "button": _("Save"),
        "back_url": reverse("desk:person", args=[row.pk]),
    }
    return render(request, "desk/form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@for_staff
def reason_to_open(request: RoleRequest, person_id: int) -> HttpResponse:
    """Asked where nothing is open about a person; shown to the person among those who looked (BEY-10)."""
    row = access.person(request.viewer, person_id)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        keep_reason(request, row.pk, form.reason)
        return redirect("desk:person", row.pk)
    context = {
        "form": form,
        "title": _("What do you need the details for?"),
        "explanation": _(
            "This person has no matter under way here. Say briefly why you open the details: it is kept with your "
            "visit, and the person may read it."
        ),
        "button": _("Open the details"),
        "back_url": reverse("desk:people"),
    }
    return render(request, "desk/form.html", context, status=422 if form.errors else 200)
