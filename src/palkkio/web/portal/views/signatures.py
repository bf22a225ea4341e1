"""Contracts that wait for one's signature, and those that have it (CON-1, CON-2, CON-3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from palkkio.accounts.fresh import requires_fresh
from palkkio.contracts.signing import access, actions
from palkkio.contracts.signing.queries import lists, own_turn
from palkkio.core.clock import day_of
from palkkio.core.problems import InvalidInput, NotAllowed
from palkkio.organisations.access import NOT_FOUND
from palkkio.organisations.queries import local_name
from palkkio.web.doors import for_portal
from palkkio.web.portal.forms import DeclineForm
from palkkio.web.refusals import put_errors
from palkkio.web.signature_words import state_chip, title_of
from palkkio.web.signing import answer_attached, answer_document, answer_signature, shown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from palkkio.contracts.signing.models import Version
    from palkkio.web.doors import RoleRequest


@require_safe
@for_portal
def signatures(request: RoleRequest) -> HttpResponse:
    """Those that wait, those in force, those that are over (CON-1)."""
    viewer, today = request.viewer, request.clock.today()
    found = lists(viewer, today)
    mine = {each.pk for each in found.waiting if own_turn(viewer, each, today) is not None}
    context = {
        "waiting": _cards(found.waiting, mine),
        "in_force": _cards(found.in_force, mine),
        "finished": _cards(found.finished, mine),
    }
    return render(request, "portal/signatures/list.html", context)


def _cards(versions: Iterable[Version], mine: set[int]) -> list[dict[str, object]]:
    return [
        {
            "title": title_of(each),
            "chip": state_chip(each),
            "whose": _whose(each),
            "href": reverse("portal:signature", args=[each.pk]),
            "is_mine": each.pk in mine,
            "expires_on": each.expires_on if each.closed_at is None else None,
        }
        for each in versions
    ]


def _whose(version: Version) -> str:
    contract = version.contract
    people = [contract.carer, contract.employer or contract.recipient]
    return " · ".join(each.name for each in people if each is not None)


@require_safe
@for_portal
def signature(request: RoleRequest, version_id: int) -> HttpResponse:
    """One version: to open, then to sign; afterwards the sealed file. Errors are told to the unit (CON-3)."""
    version = access.version(request.viewer, version_id)
    unit = version.contract.unit
    context = {**shown(request, version), "whose": _whose(version), "unit": unit, "unit_name": local_name(unit)}
    return render(request, "portal/signatures/version.html", context)


@require_safe
@for_portal
def document(request: RoleRequest, version_id: int) -> HttpResponse:
    return answer_document(request, version_id)


@require_safe
@for_portal
def attached(request: RoleRequest, version_id: int, part: str) -> HttpResponse:
    """The care and service plan, or the decision, that goes with the contract."""
    return answer_attached(request, version_id, part, ("plan", "decision"))


@require_http_methods(["GET", "POST"])
@for_portal
@requires_fresh
def sign(request: RoleRequest, version_id: int) -> HttpResponse:
    return answer_signature(request, version_id, door="portal", said=_said)


def _said(signed: Version) -> str:
    if signed.closed_at is not None:
        return _("The contract is signed by all. You can save it here.")
    return _("You have signed. The contract now waits for the other party.")


@require_http_methods(["GET", "POST"])
@for_portal
def decline(request: RoleRequest, version_id: int) -> HttpResponse:
    """One does not sign, and says why."""
    viewer, now = request.viewer, request.clock.now()
    version = access.version(viewer, version_id)
    if own_turn(viewer, version, day_of(now)) is None:
        raise NotAllowed(NOT_FOUND)
    form = DeclineForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            actions.decline_version(version_id, by=viewer, at=now, reason=form.cleaned_data["reason"])
        except InvalidInput as refused:
            put_errors(form, refused)
        else:
            messages.success(request, _("You did not sign. The county reads why and gets in touch with you."))
            return redirect("portal:signature", version_id)
    context = {"form": form, "version": version, "title": title_of(version)}
    return render(request, "portal/signatures/decline.html", context, status=422 if form.errors else 200)
