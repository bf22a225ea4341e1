"""Shifts of all assistants of one employer, as alerts and balances of decisions read them."""

from __future__ import annotations

from datetime import date, datetime, time

from palkkio.calculation.assistance.granted import Worked
from palkkio.calculation.facts import Shift
from palkkio.core.clock import HELSINKI
from palkkio.core.days import DateRange
from palkkio.core.viewer import Viewer
from palkkio.decisions import access as decisions
from palkkio.entries import models
from palkkio.entries.models import Sheet


def worked_of(viewer: Viewer, employer_id: int, days: DateRange | None = None) -> list[Worked]:
    """For the employer, who acts for them, and staff; never for an assistant (EMP-4). One query.

    days  those on which the shifts begin; None: all there are
    Raises NotAllowed.
    """
    employer = decisions.employer(viewer, employer_id)
    rows = models.Shift.objects.filter(
        organisation_id=viewer.organisation_id, sheet__contract__employer_id=employer.pk
    ).order_by("start_at", "pk")
    if days is not None and days.start is not None:
        rows = rows.filter(start_at__gte=_midnight(days.start))
    if days is not None and days.end is not None:
        rows = rows.filter(start_at__lt=_midnight(days.end))
    columns = ("pk", "sheet__contract__carer_id", "start_at", "end_at", "decision", "is_scheduled", "sheet__state")
    return [
        Worked(pk, assistant, Shift(start, end, decision, planned), state == Sheet.State.REVIEWED)
        for pk, assistant, start, end, decision, planned, state in rows.values_list(*columns)
    ]


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=HELSINKI)
