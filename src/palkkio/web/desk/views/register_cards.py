"""Tax cards asked of the Tax Administration, from the page of tax cards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from palkkio.payroll import actions
from palkkio.web.desk.roles import for_clerks
from palkkio.web.desk.views.acting import act

if TYPE_CHECKING:
    from palkkio.web.doors import RoleRequest


@require_POST
@for_clerks
def ask_for_tax_cards(request: RoleRequest) -> HttpResponse:
    def does() -> None:
        actions.ask_for_tax_cards(by=request.viewer, at=request.clock.now())

    return act(
        request,
        does,
        said=_("The cards of the next payday are asked for. New ones appear here in a moment."),
        to="desk:tax-cards",
    )
