"""Home: what do I do now, and where is my money."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from palkkio.accounts.queries import has_confirmed_details
from palkkio.core.capabilities import Capability
from palkkio.core.viewer import RoleKind
from palkkio.web.doors import for_any_role
from palkkio.web.portal.context import DESK
from palkkio.web.portal.home_page import home_of

if TYPE_CHECKING:
    from palkkio.web.doors import RoleRequest


@require_safe
@for_any_role
def home(request: RoleRequest) -> HttpResponse:
    """A carer's first page; the county's staff go to their desk."""
    viewer = request.viewer
    if viewer.is_staff:
        return redirect(DESK)
    if viewer.acting_for is None and not has_confirmed_details(viewer):
        return redirect("portal:check-details")
    if not viewer.may(Capability.SEE):
        return redirect("portal:comments")
    if viewer.role is RoleKind.EMPLOYER:
        return redirect("portal:household")
    if not viewer.is_payee:
        return redirect("portal:comments")
    return render(request, "portal/home.html", {"home": home_of(viewer, now=request.clock.now())})
