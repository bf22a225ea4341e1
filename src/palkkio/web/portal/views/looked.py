"""Who has looked at my data (BEY-10): opened only soon after strong authentication (ACC-13)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from palkkio.accounts.fresh import requires_fresh
from palkkio.core.problems import NotAllowed
from palkkio.core.viewer import NOT_IN_YOUR_MANDATE
from palkkio.organisations import access as organisations
from palkkio.web.doors import for_any_role
from palkkio.web.portal.looked_page import lists_table, table_of, visits_of
from palkkio.web.ui.values import Pages

if TYPE_CHECKING:
    from palkkio.web.doors import RoleRequest

PAGE = 50


@require_safe
@for_any_role
@requires_fresh
def looked(request: RoleRequest) -> HttpResponse:
    """One's own data alone: who looked is told to nobody who acts for another."""
    if request.viewer.acting_for is not None:
        raise NotAllowed(NOT_IN_YOUR_MANDATE)
    shown = Paginator(visits_of(request.viewer), PAGE).get_page(request.GET.get("page"))
    context = {
        "table": table_of(shown.object_list),
        "lists": lists_table(request.viewer),
        "pages": Pages(shown.number, PAGE, shown.paginator.count),
        "organisation": organisations.of(request.viewer),
    }
    return render(request, "portal/looked.html", context)
