"""Alerts on the shift calendar: told from what stands now, never stored, so a changed decision changes them at once.

The employer and staff see all, the assistant those from own entries (EMP-4, EMP-5).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from palkkio.calculation.assistance.alert import Alert
from palkkio.calculation.assistance.alerts import (
    Terms,
    alerts_for_assistant,
    alerts_of,
    alerts_of_grants,
    beside_of,
    reach,
    sums_of,
)
from palkkio.calculation.assistance.granted import Granted, Worked
from palkkio.calculation.assistance.working_times import FURTHEST
from palkkio.contracts.queries import employment_terms
from palkkio.core.days import DateRange
from palkkio.core.viewer import Viewer
from palkkio.decisions.queries import decisions_of, grants_of
from palkkio.entries.models import Sheet
from palkkio.entries.queries.employers import worked_by
from palkkio.rates.queries import profile_of
from palkkio.rules import RateNotConfirmed, profile

if TYPE_CHECKING:
    from palkkio.decisions.models import Decision


@dataclass(frozen=True, slots=True)
class Household:
    """What an employer's calendar is told by: alerts on its days, shifts and grants around them."""

    alerts: tuple[Alert, ...]
    worked: Sequence[Worked]
    grants: Sequence[Granted]
    decisions: Sequence[Decision]


Reads = Callable[[Viewer, int, DateRange], Household]


def household(viewer: Viewer, employer_id: int, days: DateRange) -> Household:
    """All alerts on `days` for the employer and staff; the number of queries does not grow with shifts or assistants.

    Raises NotAllowed, for an assistant always.
    """
    decisions = decisions_of(viewer, employer_id)
    grants = grants_of(decisions)
    sheets = Sheet.objects.filter(organisation_id=viewer.organisation_id, contract__employer_id=employer_id)
    terms = _terms(sheets, days)
    worked = worked_by(sheets, reach(grants, days, beside_of(terms)))
    try:
        alerts = alerts_of(worked, grants, terms, days)
    except RateNotConfirmed:
        alerts = alerts_of_grants(worked, grants, days)  # working time and rest of such days are not known yet
    return Household(alerts, worked, grants, decisions)


def alerts_of_sheet(viewer: Viewer, sheet: Sheet, reads: Reads = household) -> tuple[Alert, ...]:
    """All alerts about shifts of one half month, for who approves it. Raises NotAllowed.

    reads  for many sheets of one employer and half month, which share what is read
    """
    employer_id = sheet.contract.employer_id
    if employer_id is None:
        return ()
    found = reads(viewer, employer_id, sheet.period)
    return about_sheet(found.alerts, sheet.shifts.values_list("pk", flat=True))


def about_sheet(alerts: Iterable[Alert], shift_ids: Iterable[int]) -> tuple[Alert, ...]:
    own = frozenset(shift_ids)
    return tuple(each for each in alerts if own & set(each.shifts))


def to_confirm(alerts: Iterable[Alert], organisation_id: int, *, today: date) -> bool:
    """Whether hours with these alerts are approved only with a written confirmation, by the payer's choice (R13)."""
    found = list(alerts)
    if not found:
        return False
    chosen = profile(profile_of(organisation_id)).choice("alert_confirmation", today).value
    if chosen == "granted":
        return any(not each.is_for_assistant for each in found)
    return chosen == "all"


def confirmation_of(sheet: Sheet) -> str:
    """What the employer said of the alerts of hours that are approved; for the employer and staff alone (EMP-4)."""
    if sheet.state != Sheet.State.REVIEWED:
        return ""
    approved = sheet.changes.filter(action="approve_shifts").order_by("-version").values_list("after", flat=True)
    return str((approved.first() or {}).get("confirmation", ""))


def own_alerts(sheet: Sheet) -> tuple[Alert, ...]:
    """What the assistant of the sheet sees: from own shifts for the same employer alone.

    The caller has checked that the viewer may see the sheet.
    """
    contract = sheet.contract
    own = Sheet.objects.filter(contract__carer_id=contract.carer_id, contract__employer_id=contract.employer_id)
    terms = _terms(own, sheet.period)
    worked = worked_by(own, reach((), sheet.period, beside_of(terms)))
    try:
        return alerts_for_assistant(worked, terms, sheet.period)
    except RateNotConfirmed:
        return ()


def _terms(sheets: QuerySet[Sheet], days: DateRange) -> Terms:
    """Terms of the employments on the days whose work is counted on `days`, and around them, by assistant."""
    start, end = sums_of(days).edges
    span = DateRange(start - FURTHEST, end + FURTHEST)
    around = sheets.filter(period__overlap=span)
    return employment_terms(dict(around.values_list("contract_id", "contract__carer_id").distinct()), span)
