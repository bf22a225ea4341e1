"""Where the desk begins: each role at its own work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from palkkio.core.viewer import RoleKind
from palkkio.web.desk.roles import for_staff

if TYPE_CHECKING:
    from palkkio.web.doors import RoleRequest

FIRST = {
    RoleKind.HANDLER: "desk:queue",
    RoleKind.SOCIAL_WORKER: "desk:people",
    RoleKind.PAYROLL_CLERK: "desk:runs",
    RoleKind.ADMINISTRATOR: "desk:people",
}


@require_safe
@for_staff
def home(request: RoleRequest) -> HttpResponse:
    return redirect(FIRST[request.viewer.role])
