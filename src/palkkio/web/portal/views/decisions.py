"""The employer's decisions with hours granted, used and left (EMP-4): for the employer and who acts for them alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from palkkio.core.viewer import RoleKind
from palkkio.decisions import access, queries
from palkkio.entries.queries.employers import worked_of
from palkkio.web.decision_words import card
from palkkio.web.doors import for_roles

if TYPE_CHECKING:
    from palkkio.web.doors import RoleRequest


@require_safe
@for_roles(RoleKind.EMPLOYER)
def decisions(request: RoleRequest) -> HttpResponse:
    viewer, today = request.viewer, request.clock.today()
    employer = access.employer(viewer, viewer.subject_person_id)
    rows = access.decisions(viewer).filter(employer=employer).prefetch_related("versions").order_by("group", "order")
    grants, worked = queries.granted(viewer, employer.pk), worked_of(viewer, employer.pk)
    cards = [card(each, grants, worked, today) for each in rows]
    context = {
        "employer": employer,
        "now": [each for each in cards if each.state.tone],
        "ended": [each for each in cards if not each.state.tone],
        "pay_groups": queries.pay_groups_of(viewer, employer.pk),
    }
    return render(request, "portal/people/decisions.html", context)
