"""Whom to ask (HELP-3): by municipality and age of the care recipient, open now or not, and being called back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from palkkio.core.problems import InvalidInput, WrongState
from palkkio.messages.actions import ask_callback as ask
from palkkio.organisations import access as organisations
from palkkio.organisations.queries import payer, public_contact_points, public_municipalities
from palkkio.web.doors import for_any_role
from palkkio.web.portal import contacts_page as page
from palkkio.web.portal.forms import CallbackForm
from palkkio.web.refusals import put_errors, words

if TYPE_CHECKING:
    from palkkio.web.doors import PublicRequest, RoleRequest


@require_safe
@for_any_role
def contacts(request: RoleRequest) -> HttpResponse:
    viewer = request.viewer
    form = page.filter_of(viewer, request.GET or page.own_choice(viewer, request.clock.today()))
    chosen = form.cleaned_data if form.is_valid() else {}
    context = {
        "form": form,
        "contacts": page.contacts_of(viewer, chosen, now=request.clock.now()),
        "organisation": organisations.of(viewer),
    }
    return render(request, "portal/contacts.html", context)


@require_safe
def public_contacts(request: PublicRequest) -> HttpResponse:
    """Whom to call, on the support site: without signing in, by municipality."""
    places = public_municipalities()
    form = page.ContactFilter(
        request.GET, places=[(pk, name) for pk, name, _of in places], nothing=_("Choose a municipality")
    )
    chosen = form.cleaned_data if form.is_valid() else {}
    of = {str(pk): organisation_id for pk, _name, organisation_id in places}
    payer_id = of.get(chosen.get("municipality", ""))
    now = request.clock.now()
    rows = [] if payer_id is None else public_contact_points(payer_id, **page.narrowed(chosen), now=now)
    context = {
        "form": form,
        "contacts": page.drawn(rows, now=now),
        "is_public": True,
        "organisation": None if payer_id is None else payer(payer_id),
    }
    return render(request, "portal/contacts.html", context)


@require_http_methods(["GET", "POST"])
@for_any_role
def ask_callback(request: RoleRequest, contact_id: int) -> HttpResponse:
    """Asks a contact point to call."""
    viewer, now = request.viewer, request.clock.now()
    organisations.one(organisations.contact_points(viewer), contact_id)
    contact = next(each for each in page.contacts_of(viewer, {}, now=now) if each.row.id == contact_id)
    form = CallbackForm(
        request.POST if request.method == "POST" else None,
        initial={"phone": page.phone_of(viewer, request.clock.today())},
    )
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            ask(contact_id, by=viewer, at=now, phone=typed["phone"], topic=typed["topic"])
        except InvalidInput as refusal:
            put_errors(form, refusal)
        except WrongState as refusal:
            form.add_error(None, words(refusal))
        else:
            messages.success(request, _("Your request is received. You will be called back."))
            return redirect("portal:contacts")
    context = {"form": form, "contact": contact}
    return render(request, "portal/callback.html", context, status=422 if form.errors else 200)
