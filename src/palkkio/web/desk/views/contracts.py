"""Contracts (Sopimukset): the list, and one contract (CON-1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from palkkio.contracts import access
from palkkio.contracts.papers import papers_of_contract
from palkkio.contracts.queries import search
from palkkio.messages.queries import thread
from palkkio.organisations import access as organisations
from palkkio.organisations.queries import contract_kinds, local_name
from palkkio.web.contract_words import STATES, kind_name, state_chip
from palkkio.web.desk import contract_page as page
from palkkio.web.desk.employment_papers_page import table_of
from palkkio.web.desk.forms import AnswerForm, SearchForm
from palkkio.web.desk.lists import page_of, words_of
from palkkio.web.desk.roles import CONTRACTS, for_staff
from palkkio.web.desk.threads import drawn
from palkkio.web.leave_page import leave_page
from palkkio.web.numbers import whole
from palkkio.web.ui import wording
from palkkio.web.ui.values import Cell, Column, Row, Table

if TYPE_CHECKING:
    from palkkio.contracts.models import Contract
    from palkkio.web.doors import RoleRequest


@require_safe
@for_staff
def contracts(request: RoleRequest) -> HttpResponse:
    viewer, today, asked = request.viewer, request.clock.today(), request.GET
    typed, order = words_of(request, "contracts"), asked.get("sort", "")
    kinds = [kind.value for kind in contract_kinds(viewer.organisation_id)]
    kind = asked.get("kind", "") if asked.get("kind", "") in kinds else ""
    state = asked.get("state", "") if asked.get("state", "") in STATES else ""
    unit = whole(asked.get("unit"))
    found = search(viewer, words=typed, kind=kind, unit_id=unit, state=state, order=order or "number", today=today)
    rows, pages = page_of(request, found)
    columns = [
        Column(_("Contract"), sort="number", place="title"),
        Column(_("Carer"), sort="carer", place="bare"),
        Column(_("Care recipient"), sort="recipient", place="bare"),
        Column(_("Kind"), place="bare", is_extra=True),
        Column(_("First day"), sort="first", is_extra=True),
        Column(_("Last day"), sort="last"),
        Column(_("State"), place="side"),
    ]
    table = Table(_("Contracts"), columns, [_row(row, row.state_on(today)) for row in rows], sort=order or "number")
    all_first = [("", _("All"))]
    menus = {
        "state": (_("State"), [*all_first, *((each, str(name)) for each, (name, _tone) in STATES.items())]),
        "kind": (_("Kind"), [*all_first, *((each, kind_name(each)) for each in kinds)]),
        "unit": (_("Unit"), [*all_first, *((str(each.pk), local_name(each)) for each in organisations.units(viewer))]),
    }
    form = SearchForm(
        initial={"q": typed, "state": state, "kind": kind, "unit": str(unit or "")},
        label=_("Name or contract"),
        menus=menus,
    )
    context = {
        "form": form,
        "table": table,
        "pages": pages,
        "is_narrowed": bool(typed or kind or state or unit),
        "may_add": viewer.role in CONTRACTS,
    }
    return render(request, "desk/contracts.html", context)


def _row(row: Contract, state: str) -> Row:
    first, last = row.valid.first, row.valid.last
    return Row(
        [
            Cell(row.number, reverse("desk:contract", args=[row.pk])),
            Cell(row.carer.name_family_first),
            Cell(row.recipient.name_family_first if row.recipient else ""),
            Cell(kind_name(row.kind)),
            Cell(wording.day(first) if first else ""),
            Cell(wording.day(last) if last else ""),
            Cell(chips=[state_chip(state)]),
        ]
    )


@require_safe
@for_staff
def contract(request: RoleRequest, contract_id: int) -> HttpResponse:
    viewer, today = request.viewer, request.clock.today()
    row = access.contract(viewer, contract_id)
    is_own = bool({row.carer_id, row.recipient_id, row.employer_id} & viewer.for_person_ids)
    state = row.state_on(today)
    comments = thread(viewer, "contract", row.pk)
    context = {
        "contract": row,
        "is_own": is_own,
        "kind": kind_name(row.kind),
        "chip": state_chip(state),
        "facts": page.facts_of(viewer, row, today),
        "terms": page.timeline(row, today=today),
        "periods": page.periods(viewer, row, today=today),
        "events": page.events(viewer, row),
        "leave": leave_page(row, today),
        "event_links": [] if is_own or state == "pending" else page.event_links(viewer, row),
        "report_links": [] if is_own or state == "pending" else page.report_links(viewer, row),
        "versions": page.versions(viewer, row),
        "papers": table_of(papers_of_contract(viewer, row), today=today) if row.employer_id else None,
        "scan_url": (
            reverse("desk:scan-paper", args=[row.pk])
            if viewer.role in CONTRACTS and not is_own and row.employer_id
            else ""
        ),
        "sees_pay": viewer.role in page.PAYROLL,
        "payslips": page.payslips(viewer, row),
        "may_change": viewer.role in CONTRACTS and not is_own,
        "is_pending": row.signed_on is None,
        "is_finished": state == "finished",
        "comments": drawn(comments, back=reverse("desk:contract", args=[row.pk]) + "#comments"),
        "answer_form": None if is_own else AnswerForm.for_thread(comments),
    }
    return render(request, "desk/contract.html", context)
