"""Household employers of the organisation: which are in order, and what the others lack (ACC-8 to ACC-10)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from palkkio.people.households.queries import gate_of, search
from palkkio.web.desk.forms import SearchForm
from palkkio.web.desk.lists import page_of, words_of
from palkkio.web.desk.roles import for_staff
from palkkio.web.gate_words import INSURANCE_NAMES
from palkkio.web.ui import wording
from palkkio.web.ui.values import Cell, Chip, Column, Row, Table

if TYPE_CHECKING:
    from palkkio.people.households.models import Household, Insurance
    from palkkio.web.doors import RoleRequest

IN_ORDER = {"open": True, "closed": False}


@require_safe
@for_staff
def households(request: RoleRequest) -> HttpResponse:
    """Found by the employer's name; narrowed to those whose gate opens, or that lack something."""
    typed, state = words_of(request, "households"), request.GET.get("state", "")
    found = search(request.viewer, typed, in_order=IN_ORDER.get(state))
    rows, pages = page_of(request, found)
    today = request.clock.today()
    columns = [
        Column(_("Employer"), place="title"),
        Column(_("Work may begin on"), place="side"),
        Column(_("Power of attorney")),
        *(Column(str(name)) for name in INSURANCE_NAMES.values()),
    ]
    table = Table(_("Household employers"), columns, [_row(each, today) for each in rows], is_wide=True)
    states = [("", _("All")), ("open", _("In order")), ("closed", _("Something is missing"))]
    form = SearchForm(initial={"q": typed, "state": state}, label=_("Name"), menus={"state": (_("State"), states)})
    context = {"form": form, "table": table, "pages": pages, "is_narrowed": bool(typed or state)}
    return render(request, "desk/households.html", context)


def _row(row: Household, today: date) -> Row:
    insurances = {each.kind: each for each in row.insurances.all()}
    return Row(
        [
            Cell(row.employer.name_family_first, reverse("desk:household", args=[row.pk])),
            Cell(chips=[_gate(row, today)]),
            _power_of_attorney(row),
            *(_insurance(insurances.get(kind)) for kind in INSURANCE_NAMES),
        ]
    )


def _gate(row: Household, today: date) -> Chip:
    opens_on = gate_of(row).opens_on
    if opens_on is None:
        return Chip(_("not yet"), "warn")
    return Chip(wording.day(opens_on), "ok" if opens_on <= today else "you")


def _power_of_attorney(row: Household) -> Cell:
    if row.power_of_attorney_on is None:
        return Cell(chips=[Chip(_("missing"), "warn")])
    if row.registered_on is None:
        return Cell(wording.day(row.power_of_attorney_on), chips=[Chip(_("not registered"), "warn")])
    return Cell(wording.day(row.power_of_attorney_on))


def _insurance(row: Insurance | None) -> Cell:
    if row is None:
        return Cell(chips=[Chip(_("missing"), "warn")])
    if row.confirmed_at is None:
        return Cell(row.insurer, chips=[Chip(_("to be checked"), "you")])
    return Cell(row.insurer, note=_("since %(day)s") % {"day": wording.day(row.first)})
