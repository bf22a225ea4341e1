"""Care periods (Hoitojaksot): the list, one period's page, the month on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from palkkio.contracts import access as contracts
from palkkio.core.viewer import RoleKind
from palkkio.entries import access
from palkkio.entries.queries import history, periods_of, sheet_view
from palkkio.entries.values import SheetView
from palkkio.messages.actions import mark_read
from palkkio.messages.queries import notices_of, thread
from palkkio.payroll.queries import preview
from palkkio.web import history_words, state_words
from palkkio.web.contract_words import kind_name
from palkkio.web.doors import for_payees
from palkkio.web.numbers import number_from
from palkkio.web.portal import period_page as page
from palkkio.web.portal.forms import CommentForm, DaysForm, NoteForm
from palkkio.web.portal.periods_page import listed
from palkkio.web.portal.threads import drawn
from palkkio.web.states import money_of
from palkkio.web.ui.values import DayKind
from palkkio.web.ui.words import reading_language

if TYPE_CHECKING:
    from palkkio.entries.models import Sheet
    from palkkio.web.doors import RoleRequest


# What a save without JavaScript said, kept until the next page.
SAID = "palkkio_said"


class ContractFilter(forms.Form):
    contract = forms.ChoiceField(required=False)

    def __init__(self, *args: Any, rows: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["contract"].label = _("Contract")
        self.fields["contract"].choices = [("", _("All contracts")), *rows]  # type: ignore[attr-defined]


@require_safe
@for_payees
def periods(request: RoleRequest) -> HttpResponse:
    """Past periods to view and coming ones to record, in the order of time (CARE-1)."""
    viewer, today = request.viewer, request.clock.today()
    mine = contracts.contracts(viewer).order_by("number")
    names = [
        (str(each.pk), f"{each.recipient.name if each.recipient else each.number}, {kind_name(each.kind).lower()}")
        for each in mine
    ]
    form = ContractFilter(request.GET, rows=names)
    chosen = form.cleaned_data["contract"] if form.is_valid() else ""
    rows = periods_of(viewer, int(chosen) if chosen else None)
    context = {
        "form": form,
        "has_filter": len(names) > 1,
        "has_contracts": bool(names),
        "is_assistant": viewer.role is RoleKind.ASSISTANT,
        "groups": listed(rows, today=today, shows_recipient=len(names) > 1 and not chosen),
    }
    return render(request, "portal/periods.html", context)


@require_safe
@for_payees
def open_period(request: RoleRequest) -> HttpResponse:
    """Where the menu "Hoidettava" goes (CARE-2)."""
    chosen = number_from(request.GET.get("sheet"))
    return redirect("portal:period", access.sheet(request.viewer, chosen).pk)


@require_safe
@for_payees
def period(request: RoleRequest, sheet_id: int) -> HttpResponse:
    from palkkio.web.portal.views import shifts  # which reads sheets as this module does

    sheet = access.sheet(request.viewer, sheet_id)
    view = viewed(request, sheet)
    unread = [each.id for each in notices_of(request.viewer, only_unread=True) if _is_about(each, sheet_id)]
    if unread:
        mark_read(unread, by=request.viewer, at=request.clock.now())
    if view.is_employment:
        return shifts.page_of(request, sheet, view)
    said = request.session.pop(SAID, {})
    calendar = {"said": said["said"], "undo": said.get("undo", "")} if said.get("sheet") == sheet_id else {}
    return render(request, "portal/period.html", period_context(request, view, calendar=calendar))


def _is_about(notice: Any, sheet_id: int) -> bool:
    if notice.kind in ("sheet_returned", "deadline_near"):
        return bool(notice.object_id == sheet_id)
    return bool(notice.about == "sheet" and notice.matter_id == sheet_id)


@require_safe
@for_payees
def print_period(request: RoleRequest, sheet_id: int) -> HttpResponse:
    """The month on one sheet of paper, with what is recorded, to keep or to fill in by pen (CARE-16)."""
    view = view_of(request, sheet_id)
    comments = {row.day: row.text for row in thread(request.viewer, "sheet", sheet_id) if row.day}
    rows = [
        {
            "cell": cell,
            "kind": page.day_kind(cell.day_type) if cell.day_type else None,
            "comment": comments.get(cell.day, ""),
            "trips": [trip for trip in view.trips if trip.day == cell.day],
        }
        for cell in view.days
    ]
    context = {"view": view, "rows": rows, "kind": kind_name(view.contract_kind), "month": page.month_name(view)}
    return render(request, "portal/print_period.html", context)


def view_of(request: RoleRequest, sheet_id: int) -> SheetView:
    """The sheet as this reader sees it now."""
    return viewed(request, access.enterable_sheet(request.viewer, sheet_id))


def viewed(request: RoleRequest, sheet: Sheet) -> SheetView:
    """As `view_of`, of a sheet that the reader may fetch."""
    language = reading_language()
    return sheet_view(sheet, viewer=request.viewer, today=request.clock.today(), language=language)


def period_context(request: RoleRequest, view: SheetView, **more: Any) -> dict[str, Any]:
    """All that a period's page shows.

    more  `calendar`: further values of the calendar (what was typed, or what a save did); anything else goes as it is
    """
    viewer, today = request.viewer, request.clock.today()
    typed = more.pop("calendar", {})
    sheet = access.sheet(viewer, view.id)
    estimate = preview(sheet, today=today)
    comments = thread(viewer, "sheet", view.id)
    money = money_of([view], today=today, paydays={view.id: estimate.payday}, reasons={view.id: view.returned_reason})[
        view.id
    ]
    is_paid = money.pay is not None and money.pay.payslip_id is not None
    kinds = page.kinds_of(viewer, view)
    return {
        "view": view,
        "month": page.month_name(view),
        "kind": kind_name(view.contract_kind),
        "recipients": [(row.id, page.row_name(row)) for row in page.switcher(viewer, view)],
        "money": money,
        "flow": state_words.flow(money),
        "calendar": page.calendar_of(
            view, kinds, comments, today=today, locked_note=page.whom_to_ask(viewer, view), **typed
        ),
        "days_form": days_form(view, kinds),
        "preview": None if is_paid else estimate,
        "sum_rows": page.sum_rows(estimate),
        "checks": page.checks_of(view, estimate),
        "problems": page.problem_notes(estimate),
        "card": estimate.card,
        "card_name": page.tax_words(view),
        "comments": drawn(comments),
        "comment_form": CommentForm(),
        "note_form": _note_form(view),
        "form": None,
        "summary": (),
        "history": history_words.events(history(sheet)),
        **more,
    }


def days_form(view: SheetView, kinds: list[DayKind], posted: QueryDict | None = None) -> DaysForm:
    """What the calendar posts; a number only where the rate asks for it, a trip only where the contract pays it."""
    return DaysForm(
        posted,
        days=[cell.day for cell in view.days],
        kinds=kinds,
        counted=bool(page.COUNTED & set(view.day_types)),
        trips=view.pays_trips,
    )


def _note_form(view: SheetView) -> NoteForm:
    return NoteForm(initial={"text": view.note, "version": view.version}, asks_for_email=view.asks_for_email)
