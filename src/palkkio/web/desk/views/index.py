"""The yearly index of agreed amounts: seen first, proposed by one, made by another, undone until paid."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from palkkio.accounts.queries import names_of
from palkkio.contracts import indexing
from palkkio.core.problems import Problem, ProblemCode
from palkkio.payroll.actions.indexing import undo_index
from palkkio.rates.revising import revisable
from palkkio.rules import RateNotConfirmed
from palkkio.web.desk import index_page as page
from palkkio.web.desk.rates_page import tabs
from palkkio.web.desk.roles import PAYROLL
from palkkio.web.desk.views.acting import act
from palkkio.web.doors import for_roles
from palkkio.web.looks import note_shown
from palkkio.web.numbers import whole
from palkkio.web.rule_words import problem_text

if TYPE_CHECKING:
    from palkkio.web.doors import RoleRequest

for_payroll = for_roles(*sorted(PAYROLL))


@require_safe
@for_payroll
def index(request: RoleRequest) -> HttpResponse:
    """What the index of a year would do now to whom, and the changes made before."""
    viewer = request.viewer
    year = whole(request.GET.get("year")) or request.clock.today().year + 1
    missing = ""
    found: list[indexing.Indexed] = []
    try:
        found = indexing.preview(viewer.organisation_id, year)
    except RateNotConfirmed as error:
        missing = problem_text(Problem(ProblemCode.RATE_NOT_CONFIRMED, error.figure, error.day))[0]
    rows = indexing.changes(viewer)
    accounts = {number for row in rows for number in (row.proposed_by_id, row.made_by_id, row.undone_by_id) if number}
    names = names_of(accounts, viewer.organisation_id)
    note_shown(request, [each.contract for each in found[: page.SHOWN]])
    context = {
        "tabs": tabs("desk:index"),
        "year": year,
        "years": [year - 1, year + 1],
        "missing": missing,
        "facts": page.facts_of(found),
        "table": page.table_of(found) if found else None,
        "may_propose": bool(found) and not any(row.year == year and row.undone_at is None for row in rows),
        "decided": len(revisable(viewer, year)),
        "changes": [page.change_row(row, viewer, names) for row in rows],
        "menu_at": "desk:rates",
    }
    return render(request, "desk/payroll/index_change.html", context)


@require_POST
@for_payroll
def propose_index(request: RoleRequest, year: int) -> HttpResponse:
    def does() -> None:
        indexing.propose_index(by=request.viewer, at=request.clock.now(), year=year)

    return act(request, does, said=_("The index is proposed. A colleague makes it."), to="desk:index")


@require_POST
@for_payroll
def make_index(request: RoleRequest, change_id: int) -> HttpResponse:
    """New terms for all contracts at once; a figure that is missing is told on the page."""
    return _act(request, change_id, indexing.make_index, _("The index is made. The contracts have new terms."))


@require_POST
@for_payroll
def withdraw_index(request: RoleRequest, change_id: int) -> HttpResponse:
    return _act(request, change_id, indexing.withdraw_index, _("The proposal is withdrawn."))


@require_POST
@for_payroll
def undo_index_change(request: RoleRequest, change_id: int) -> HttpResponse:
    return _act(request, change_id, undo_index, _("The index is undone. The terms before it go on."))


def _act(request: RoleRequest, change_id: int, action: Callable[..., Any], said: str) -> HttpResponse:
    indexing.change(request.viewer, change_id)

    def does() -> None:
        action(change_id, by=request.viewer, at=request.clock.now())

    return act(request, does, said=said, to="desk:index")
