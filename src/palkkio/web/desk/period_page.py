"""The values of a period's page for staff: calendar, state, what is missing, comments with their marks, neighbours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from palkkio.core.viewer import Viewer
from palkkio.entries import access
from palkkio.entries.queries import history, neighbours, sheet_view
from palkkio.entries.queries.alerts import alerts_of_sheet, confirmation_of
from palkkio.entries.values import Neighbours, SheetView
from palkkio.messages.queries import thread
from palkkio.payroll.values import Missing, Preview
from palkkio.web import history_words, state_words
from palkkio.web.alert_words import words_of
from palkkio.web.contract_words import card_name, kind_name
from palkkio.web.desk.forms import AnswerForm
from palkkio.web.desk.queue_detail import estimate_of, sum_rows
from palkkio.web.desk.queue_search import COMMENTS, address_of_last, last_search
from palkkio.web.desk.threads import drawn
from palkkio.web.portal import period_page as shared
from palkkio.web.portal.forms import DaysForm
from palkkio.web.shift_words import days_of, hours_words
from palkkio.web.states import money_of
from palkkio.web.ui.values import Calendar, Check
from palkkio.web.ui.words import reading_language

if TYPE_CHECKING:
    from palkkio.messages.values import CommentRow
    from palkkio.web.doors import RoleRequest

MANY = 300  # a queue that is looked through in memory, where the database cannot say the neighbours


def view_of(request: RoleRequest, sheet_id: int) -> SheetView:
    """The sheet as this reader sees it now. Raises NotAllowed."""
    sheet = access.sheet(request.viewer, sheet_id)
    language = reading_language()
    return sheet_view(sheet, viewer=request.viewer, today=request.clock.today(), language=language)


def context_of(request: RoleRequest, view: SheetView, **more: Any) -> dict[str, Any]:
    """All that the page shows; `more` as in the portal: `calendar` is what was typed, or what a save did."""
    viewer, today = request.viewer, request.clock.today()
    typed = more.pop("calendar", {})
    sheet = access.sheet(viewer, view.id)
    estimate = estimate_of(sheet, today)
    comments = thread(viewer, "sheet", view.id)
    paydays = {view.id: estimate.payday} if estimate else {}
    money = money_of([view], today=today, paydays=paydays, reasons={view.id: view.returned_reason})[view.id]
    return {
        "view": view,
        "month": shared.month_name(view),
        "kind": kind_name(view.contract_kind),
        "money": money,
        "flow": state_words.desk_flow(money),
        "calendar": None if view.is_employment else calendar_of(viewer, view, comments, today=today, **typed),
        "shift_days": days_of(view) if view.is_employment else (),
        "hours": hours_words(view.hours),
        "alerts": words_of(alerts_of_sheet(viewer, sheet), view.period, names={}, shifts={})
        if view.is_employment
        else (),
        "confirmation": confirmation_of(sheet) if view.is_employment else "",
        "days_form": days_form(viewer, view),
        "estimate": estimate,
        "sum_rows": sum_rows(estimate) if estimate else [],
        "checks": checks_of(view, estimate) if estimate and view.state != "reviewed" else [],
        "problems": shared.problem_notes(estimate) if estimate else [],
        "card": estimate.card if estimate else None,
        "card_name": card_name(estimate.card.kind) if estimate and estimate.card else "",
        "why_not": why_not(view),
        "comments": drawn(comments, back=reverse("desk:period", args=[view.id]) + "#comments"),
        "answer_form": AnswerForm.for_thread(comments),
        "history": history_words.events(history(sheet)),
        "around": around(request, view.id),
        "queue_url": address_of_last(request),
        **more,
    }


def days_form(viewer: Viewer, view: SheetView, data: Any = None) -> DaysForm:
    """The fields of the calendar's panel; trips have a page of their own here."""
    return DaysForm(
        data,
        days=[cell.day for cell in view.days],
        kinds=shared.kinds_of(viewer, view),
        counted=bool(shared.COUNTED & set(view.day_types)),
        trips=False,
    )


def calendar_of(viewer: Viewer, view: SheetView, comments: Sequence[CommentRow], **more: Any) -> Calendar:
    """The carer's calendar with the desk's addresses; what is saved here is marked as the county's."""
    kinds = shared.kinds_of(viewer, view)
    calendar = shared.calendar_of(view, kinds, comments, **more)
    return replace(
        calendar,
        action=reverse("desk:save-days", args=[view.id]),
        previous=_moved(calendar.previous, view.previous_id),
        following=_moved(calendar.following, view.next_id),
    )


def _moved(link: tuple[str, str] | None, sheet_id: int | None) -> tuple[str, str] | None:
    return (link[0], reverse("desk:period", args=[sheet_id])) if link and sheet_id else None


def why_not(view: SheetView) -> list[str]:
    """Why the next step is not the reader's, in words, each once."""
    acts: tuple[str, ...]
    if view.state == "reviewed":
        acts = ("reopen",)
    else:
        acts = ("review",) if view.state == "confirmed" else ("confirm_on_behalf", "review")
    return list(dict.fromkeys(_(view.can.why[act]) for act in acts if act in view.can.why))


def checks_of(view: SheetView, estimate: Preview) -> list[Check]:
    """What is still missing before the period can be paid."""
    missing = set(estimate.missing)
    person = reverse("desk:person", args=[view.carer_id])
    found = [
        Check(_("Days are recorded") if not view.is_empty else _("No days are recorded"), not view.is_empty),
        Check(_("Confirmed") if view.state != "open" else _("Not confirmed"), view.state != "open"),
    ]
    gaps = (
        (Missing.TAX_CARD, _("Tax card is valid"), _("There is no tax card: the tax is 60 %")),
        (Missing.BANK_ACCOUNT, _("The account number is known"), _("Account number missing")),
        (Missing.IDENTITY_CODE, _("The identity code is known"), _("Identity code missing")),
    )
    for gap, met, unmet in gaps:
        found.append(Check(unmet, False, href=person) if gap in missing else Check(met, True))
    if Missing.RATE in missing:
        found.append(Check(_("An amount is missing or not confirmed"), False))
    if Missing.HOLD in missing:
        found.append(Check(_("Payment is on hold"), False, href=person))
    return found


def around(request: RoleRequest, sheet_id: int) -> Neighbours:
    """Previous and next in the queue that the reader came from."""
    search = last_search(request)
    viewer = request.viewer
    if search.view != COMMENTS and search.difference is None:
        return neighbours(viewer, sheet_id, order=search.order, view=search.view, **search.filters)
    found = list(search.sheets(viewer).values_list("pk", flat=True)[:MANY])
    if sheet_id not in found:
        return Neighbours(None, found[0] if found else None, 0, len(found))
    at = found.index(sheet_id)
    before = found[at - 1] if at else None
    after = found[at + 1] if at + 1 < len(found) else None
    return Neighbours(before, after, at + 1, len(found))
