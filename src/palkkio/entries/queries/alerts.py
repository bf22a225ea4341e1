"""Alerts on the shift calendar: told from what stands now, never stored, so a changed decision changes them at once.

The employer and staff see all, the assistant those from own entries (EMP-4, EMP-5).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from palkkio.calculation.assistance.alert import FROM_OWN_ENTRIES, Alert
from palkkio.calculation.assistance.alerts import (
    Terms,
    alerts_for_assistant,
    alerts_of,
    alerts_of_grants,
    beside_of,
    reach,
)
from palkkio.calculation.assistance.granted import Granted, Worked
from palkkio.calculation.assistance.working_times import FURTHEST
from palkkio.calculation.facts import AssistantTerms
from palkkio.contracts.queries import contracts_by_id, terms_facts
from palkkio.core.days import Dated, DateRange
from palkkio.core.viewer import Viewer
from palkkio.decisions.queries import granted
from palkkio.entries.models import Sheet
from palkkio.entries.queries.employers import worked_by, worked_of
from palkkio.rates.queries import profile_of
from palkkio.rules import RateNotConfirmed, profile


@dataclass(frozen=True, slots=True)
class Household:
    """What an employer's calendar is told by: alerts on its days, shifts and grants around them."""

    alerts: tuple[Alert, ...]
    worked: Sequence[Worked]
    grants: Sequence[Granted]


def household(viewer: Viewer, employer_id: int, days: DateRange) -> Household:
    """All alerts on `days` for the employer and staff; the number of queries does not grow with shifts or assistants.

    Raises NotAllowed, for an assistant always.
    """
    grants = granted(viewer, employer_id)
    terms = _terms(Sheet.objects.filter(contract__employer_id=employer_id), days)
    worked = worked_of(viewer, employer_id, reach(grants, days, beside_of(terms)))
    try:
        alerts = alerts_of(worked, grants, terms, days)
    except RateNotConfirmed:
        alerts = alerts_of_grants(worked, grants, days)  # working time and rest of such days are not known yet
    return Household(alerts, worked, grants)


def alerts_of_sheet(viewer: Viewer, sheet: Sheet) -> tuple[Alert, ...]:
    """All alerts about shifts of one half month, for who approves it. Raises NotAllowed."""
    employer_id = sheet.contract.employer_id
    if employer_id is None:
        return ()
    found = household(viewer, employer_id, sheet.period)
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
        return any(each.kind not in FROM_OWN_ENTRIES for each in found)
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
    start, end = sheet.period.edges
    contract = sheet.contract
    own = Sheet.objects.filter(contract__carer_id=contract.carer_id, contract__employer_id=contract.employer_id)
    terms = _terms(own, sheet.period)
    around = beside_of(terms)
    worked = worked_by(own, DateRange(start - around, end + around))
    try:
        return alerts_for_assistant(worked, terms, sheet.period)
    except RateNotConfirmed:
        return ()


def _terms(sheets: QuerySet[Sheet], days: DateRange) -> Terms:
    """Terms of the employments around `days`, by assistant."""
    start, end = days.edges
    span = DateRange(start - FURTHEST, end + FURTHEST)
    ids = set(sheets.filter(period__overlap=span).values_list("contract_id", flat=True))
    contracts = contracts_by_id(ids)
    found: dict[int, list[Dated[AssistantTerms]]] = defaultdict(list)
    for contract_id, pieces in terms_facts(contracts.values(), span).items():
        for piece in pieces:
            if piece.assistant is not None:
                found[contracts[contract_id].carer_id].append(Dated(piece.valid, piece.assistant))
    return found
