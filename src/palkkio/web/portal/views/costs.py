"""What the employer's assistants have cost, by payday and year (EMP-12): gross and the employer's contributions."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from palkkio.core.money import ZERO
from palkkio.core.viewer import RoleKind
from palkkio.payroll.queries.household_costs import DecisionCost, PaidWork, cost_by_decision, paid_work, years_paid
from palkkio.web.doors import for_roles
from palkkio.web.rule_words import line_name
from palkkio.web.ui import wording
from palkkio.web.ui.values import Cell, Column, Row, SumRow, Table, View
from palkkio.web.ui.words import period_name

if TYPE_CHECKING:
    from palkkio.web.doors import RoleRequest


@require_safe
@for_roles(RoleKind.EMPLOYER)
def costs(request: RoleRequest) -> HttpResponse:
    viewer, this_year = request.viewer, request.clock.today().year
    years = years_paid(viewer)
    asked = request.GET.get("year", "")
    year = next((each for each in years if str(each) == asked), years[0] if years else this_year)
    paid = paid_work(viewer, year)
    here = reverse("portal:costs")
    context = {
        "year": year,
        "years": [View(str(each), f"{here}?year={each}", is_current=each == year) for each in years],
        "totals": _totals(paid) if paid else None,
        "decisions": _decisions(cost_by_decision(paid)) if paid else None,
        "paydays": [_payday(each) for each in paid],
    }
    return render(request, "portal/people/costs.html", context)


def _totals(paid: Sequence[PaidWork]) -> Table:
    """Each assistant's year, and all together."""
    columns = [
        Column(_("Assistant"), place="title"),
        Column(_("Gross €"), is_number=True),
        Column(_("Employer's contributions €"), is_number=True),
        Column(_("Cost €"), is_number=True, place="side"),
    ]
    names = {each.assistant_id: each.assistant_name for each in paid}
    rows = [_total(name, [each for each in paid if each.assistant_id == pk]) for pk, name in names.items()]
    if len(names) > 1:
        rows.append(_total(_("Together"), paid))
    return Table(_("Cost of the year by assistant"), columns, rows)


def _decisions(costs: Sequence[DecisionCost]) -> Table:
    columns = [
        Column(_("Decision"), place="title"),
        Column(_("Hours"), is_number=True),
        Column(_("Cost €"), is_number=True, place="side"),
    ]
    rows = [
        Row(
            [
                Cell(each.identifier or _("Leave and illness without hours")),
                Cell(wording.number(each.hours, 2)),
                Cell(_euros(each.cost), strong=True),
            ]
        )
        for each in costs
    ]
    return Table(_("Cost of the year by decision"), columns, rows)


def _total(name: str, paid: Sequence[PaidWork]) -> Row:
    gross = sum((each.gross for each in paid), ZERO)
    cost = sum((each.cost for each in paid), ZERO)
    return Row([Cell(name), Cell(_euros(gross)), Cell(_euros(cost - gross)), Cell(_euros(cost), strong=True)])


def _payday(paid: PaidWork) -> dict[str, object]:
    gross = [SumRow(f"{line_name(each.code)}, {period_name(each.period)}", each.amount) for each in paid.lines]
    own = [SumRow(line_name(code), amount) for code, amount in paid.contributions.items()]
    title = f"{paid.assistant_name}, {wording.weekday_date(paid.payday, get_language())}"
    return {
        "title": title,
        "summary": f"{title}: {wording.euros(paid.cost)}",
        "rows": [
            *gross,
            SumRow(_("Gross"), paid.gross, is_total=True),
            *own,
            SumRow(_("Cost to the employer"), paid.cost, is_total=True),
        ],
    }


def _euros(amount: Decimal) -> str:
    return wording.number(amount, 2)
