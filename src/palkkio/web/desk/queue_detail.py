"""What stands beside the queue: the month of one sheet, its sums, the difference to the month before, comments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from palkkio.core.problems import WrongState
from palkkio.core.viewer import Viewer
from palkkio.entries import access
from palkkio.entries.queries import sheet_view
from palkkio.entries.values import SheetView
from palkkio.messages.queries import thread
from palkkio.messages.values import CommentRow
from palkkio.payroll.queries import preview
from palkkio.payroll.values import Preview
from palkkio.web import state_words
from palkkio.web.contract_words import kind_name
from palkkio.web.desk.estimates import gross_of
from palkkio.web.portal import period_page as shared
from palkkio.web.states import money_of
from palkkio.web.ui import wording
from palkkio.web.ui.values import Chip, MiniMonth, SumRow
from palkkio.web.ui.words import day_kind, period_name, reading_language

if TYPE_CHECKING:
    from palkkio.entries.models import Sheet


@dataclass(frozen=True, slots=True)
class Detail:
    """One sheet beside the queue; `estimate` is None where no schedule is set for the month."""

    view: SheetView
    href: str
    kind: str
    chip: Chip
    month: MiniMonth
    estimate: Preview | None
    rows: Sequence[SumRow]
    before: str
    comments: Sequence[CommentRow]
    pick: str


def detail_of(viewer: Viewer, sheet: Sheet, *, today: date) -> Detail:
    language = reading_language()
    view = sheet_view(sheet, viewer=viewer, today=today, language=language)
    estimate = estimate_of(sheet, today)
    marks = {cell.day: day_kind(cell.day_type) for cell in view.days if cell.day_type}
    return Detail(
        view=view,
        href=reverse("desk:period", args=[sheet.pk]),
        kind=kind_name(view.contract_kind),
        chip=state_words.desk_chip(money_of([view], today=today)[sheet.pk]),
        month=MiniMonth(view.first_day, marks, period_name(view.period)),
        estimate=estimate,
        rows=sum_rows(estimate) if estimate else [],
        before=_before(viewer, sheet, view),
        comments=[row for row in thread(viewer, "sheet", sheet.pk) if not row.is_processed and not row.is_staff],
        pick=f"{view.id}.{view.version}",
    )


def estimate_of(sheet: Sheet, today: date) -> Preview | None:
    """What the sheet would pay; None while the month has no payday."""
    try:
        return preview(sheet, today=today)
    except WrongState:
        return None


def sum_rows(estimate: Preview) -> list[SumRow]:
    """Lines, total and deductions as the carer sees them; only the account is not the reader's."""
    if not estimate.lines:
        return []
    rows = shared.sum_rows(estimate)
    return rows if estimate.net is None else [*rows[:-1], replace(rows[-1], name=_("To the account"))]


def _before(viewer: Viewer, sheet: Sheet, view: SheetView) -> str:
    """ "April: 8 days, 829,18 €; now +3 days, +292,65 €", "" when there was no month before."""
    if view.previous_id is None:
        return ""
    earlier = access.sheet(viewer, view.previous_id)
    if earlier.period.end != sheet.period.start:
        return ""
    gross = gross_of(viewer.organisation_id, [sheet, earlier])
    days = sum(1 for _day in sheet_days(earlier))
    was, now = gross[earlier.pk], gross[sheet.pk]
    name = capfirst(wording.month_only(earlier.period.edges[0], get_language()))
    parts = [_("%(month)s: %(n)s days") % {"month": name, "n": days}]
    change = [_("%(n)s days") % {"n": wording.signed(view.days_entered - days)}]
    if was is not None:
        parts.append(wording.euros(was))
    if was is not None and now is not None:
        change.append(f"{wording.signed(now - was, 2)} €")
    return _("%(before)s. Now %(change)s.") % {"before": ", ".join(parts), "change": ", ".join(change)}


def sheet_days(sheet: Sheet) -> list[date]:
    """Days that are entered on a sheet."""
    return list(sheet.entries.values_list("day", flat=True))
