"""Shifts of all assistants of one employer, as alerts and balances of decisions read them."""

from __future__ import annotations

from django.db.models import QuerySet

from palkkio.calculation.assistance.granted import Worked
from palkkio.calculation.facts import Shift
from palkkio.core.days import DateRange
from palkkio.core.viewer import Viewer
from palkkio.decisions import access as decisions
from palkkio.entries import models
from palkkio.entries.models import Sheet
from palkkio.entries.queries.shifts import midnight


def worked_of(viewer: Viewer, employer_id: int, days: DateRange | None = None) -> list[Worked]:
    """For the employer, who acts for them, and staff; never for an assistant (EMP-4).

    days  those on which the shifts begin; None: all there are
    Raises NotAllowed.
    """
    employer = decisions.employer(viewer, employer_id)
    sheets = Sheet.objects.filter(organisation_id=viewer.organisation_id, contract__employer_id=employer.pk)
    return worked_by(sheets, days)


def worked_by(sheets: QuerySet[Sheet], days: DateRange | None = None) -> list[Worked]:
    """Shifts of sheets that a viewer was allowed to fetch. One query."""
    rows = models.Shift.objects.filter(sheet__in=sheets).order_by("start_at", "pk")
    if days is not None and days.start is not None:
        rows = rows.filter(start_at__gte=midnight(days.start))
    if days is not None and days.end is not None:
        rows = rows.filter(start_at__lt=midnight(days.end))
    columns = ("pk", "sheet__contract__carer_id", "start_at", "end_at", "decision", "is_scheduled", "sheet__state")
    return [
        Worked(pk, assistant, Shift(start, end, decision, planned), state == Sheet.State.REVIEWED)
        for pk, assistant, start, end, decision, planned, state in rows.values_list(*columns)
    ]
