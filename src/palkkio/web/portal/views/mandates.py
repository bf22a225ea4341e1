"""Who acts for me, and for whom I act: giving a mandate online, ending it, the form on paper (ACC-14)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from palkkio.accounts.fresh import requires_fresh
from palkkio.accounts.invitations import actions as invitations
from palkkio.accounts.invitations import queries as offers
from palkkio.core.capabilities import Capability
from palkkio.core.clock import day_of
from palkkio.core.problems import WrongState
from palkkio.people.mandates import actions, queries
from palkkio.web.doors import for_portal
from palkkio.web.file_answers import shown_pdf
from palkkio.web.invitation_links import link_of
from palkkio.web.mandate_form import mandate_form
from palkkio.web.portal.people_forms import OfferForm
from palkkio.web.refusals import did, words
from palkkio.web.ui.words import reading_language

if TYPE_CHECKING:
    from palkkio.people.models import Representation
    from palkkio.web.doors import RoleRequest


@require_safe
@for_portal
def mandates(request: RoleRequest) -> HttpResponse:
    viewer, now = request.viewer, request.clock.now()
    day = day_of(now)
    given = list(queries.given_by(viewer)) if viewer.may(Capability.SEE) else []
    held = list(queries.held_by(viewer))
    context = {
        "given": [row for row in given if queries.is_in_force(row, day) or _is_coming(row, day)],
        "held": [row for row in held if queries.is_in_force(row, day) or _is_coming(row, day)],
        "over": [row for row in {each.pk: each for each in (*given, *held)}.values() if _is_over(row, day)],
        "offers": offers.offers(viewer, now),
        "may_give": viewer.may(Capability.GIVE_MANDATES),
    }
    return render(request, "portal/people/mandates.html", context)


def _is_coming(row: Representation, day: date) -> bool:
    return row.ended_at is None and row.valid.start is not None and row.valid.start > day


def _is_over(row: Representation, day: date) -> bool:
    return not queries.is_in_force(row, day) and not _is_coming(row, day)


@require_http_methods(["GET", "POST"])
@for_portal
@requires_fresh
def offer(request: RoleRequest) -> HttpResponse:
    """Asks somebody to act for the reader; the link goes to them by e-mail."""
    request.viewer.require_may(Capability.GIVE_MANDATES)
    form = OfferForm(request.POST if request.method == "POST" else None, initial={"first": request.clock.today()})
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data

        def does() -> None:
            invitations.offer_mandate(by=request.viewer, at=request.clock.now(), values=typed, link_of=link_of)

        if did(form, does):
            messages.success(request, _("The invitation is sent to %(email)s.") % {"email": typed["email"]})
            return redirect("portal:mandates")
    return render(request, "portal/people/offer.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
@for_portal
def end(request: RoleRequest, mandate_id: int) -> HttpResponse:
    """Either side ends it, at once."""
    try:
        actions.end(mandate_id, by=request.viewer, at=request.clock.now())
    except WrongState as refusal:
        messages.error(request, words(refusal))
    else:
        messages.success(request, _("The mandate has ended."))
    return redirect("portal:mandates")


@require_POST
@for_portal
def withdraw(request: RoleRequest, invitation_id: int) -> HttpResponse:
    try:
        invitations.withdraw(invitation_id, by=request.viewer, at=request.clock.now())
    except WrongState as refusal:
        messages.error(request, words(refusal))
    else:
        messages.success(request, _("The invitation is withdrawn. Its link opens nothing any more."))
    return redirect("portal:mandates")


@require_safe
@for_portal
def form(request: RoleRequest) -> HttpResponse:
    """The power of attorney on paper, with the principal's name on it; staff record it once it is signed."""
    language = reading_language()
    content = mandate_form(request.viewer, language=language, at=request.clock.now())
    return shown_pdf(content, "valtakirja.pdf")
